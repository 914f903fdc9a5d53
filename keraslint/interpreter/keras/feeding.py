"""What a training method puts into a model, and what the model makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.analysis import Data, DataSource, FaultRecord, Feed, GivenArgument, Place
from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.functional import FunctionalObject
from keraslint.interpreter.keras.models import ModelObject
from keraslint.interpreter.keras.objects import keras_side
from keraslint.interpreter.keras.reporting import stack_of
from keraslint.interpreter.keras.sequential import SequentialObject
from keraslint.interpreter.values import Arguments, List, Tensor, Value
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.training import ModelKind, data_reaching
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

RECURRENT = frozenset(("Bidirectional", "GRU", "LSTM", "RNN", "SimpleRNN"))
ALIKE = frozenset(("Dropout", "GaussianDropout", "GaussianNoise", "Masking", "SpatialDropout1D"))
"""Layers that do not care how many features there are, and leave them as they are."""

Outputs = tuple[Shape, ...] | None
Outcome = tuple[FaultRecord | None, Outputs]


class Feeder:
    """Puts the data of one call into a model without a trace.

    Attributes:
        frame: where the call stands.
        model: the model.
        call: the call.
    """

    def __init__(self, frame: Frame, model: ModelObject, call: Place) -> None:
        self.frame = frame
        self.model = model
        self.call = call

    def feeds(self, given: dict[str, GivenArgument], labels: Any) -> tuple[Feed, ...]:
        """The data in the arguments of the call; ``labels`` are those beside ``x``."""
        found = []
        if "x" in given:
            found.append(self._feed(given["x"], labels))
        if "validation_data" in given:
            found.append(self._feed(given["validation_data"], UNKNOWN))
        return tuple(found)

    def _feed(self, argument: GivenArgument, labels: Any) -> Feed:
        x, y, known = argument.known, labels, argument.known
        source = known if isinstance(known, DataSource) else None
        if source is not None:
            x, y = split(source.element)
        elif argument.name == "validation_data":
            x, y = split(tuple(known) if isinstance(known, (tuple, list)) else UNKNOWN)
        refusal, outputs = self._flow(x, argument.value)
        return Feed(argument.name, x, y, source, refusal, outputs)

    def _flow(self, x: Any, place: Place) -> Outcome:
        core = core_of(self.model)
        inputs = leaves(core, x, place)
        if isinstance(inputs, Fault):
            return self._refused(inputs, (), place), None
        specs = core.input_specs()
        if specs is None and inputs:
            return self._first_call(inputs)
        if (
            not inputs
            or specs is None
            or not isinstance(core, (FunctionalObject, SequentialObject))
        ):
            return None, shapes_of(self.model.output_specs())
        functional = isinstance(core, FunctionalObject)
        if len(specs) != len(inputs):
            fault = Fault(FaultKind.INPUT_STRUCTURE, expected=len(specs), found=len(inputs))
            return (self._refused(fault, inputs, place) if functional else None), None
        reaching: list[Shape] = []
        for index, (spec, tensor) in enumerate(zip(specs, inputs, strict=True)):
            try:
                kind: ModelKind = "functional" if functional else "sequential"
                reaching.append(data_reaching(kind, spec.shape, tensor.spec.shape))
            except Fault as fault:
                fault.input = index
                return self._refused(fault, inputs, place), None
        if all(a == spec.shape for a, spec in zip(reaching, specs, strict=True)):
            return None, shapes_of(core.output_specs())
        if len(inputs) == 1 and (wrong := _other_features(core, specs[0].shape, reaching[0])):
            return self._refused(wrong, inputs, place), None
        return self._try(core, [shaped(t, a) for t, a in zip(inputs, reaching, strict=True)])

    def _refused(self, fault: Fault, inputs: Any, place: Place) -> FaultRecord:
        return FaultRecord(
            fault,
            f"keras.{self.model.kind}",
            place,
            self.call,
            self.frame.machine.entry,
            tuple(tensor.spec for tensor in inputs),
            tuple(tensor.place for tensor in inputs),
            stack=stack_of(self.frame),
        )

    def _try(self, core: FunctionalObject | SequentialObject, inputs: list[Tensor]) -> Outcome:
        """Run a model that is built on other shapes than its own, and undo all of it."""
        if _may_spread(core):
            return None, None
        machine = self.frame.machine
        mark, counts = machine.recorder.mark(), dict(machine.names.counts)
        known = len(machine.recorder.faults)
        machine.heap.push()
        try:
            result = self._run(core, inputs) if core.complete else UNKNOWN
            faults = machine.recorder.faults[known:]
        except Fault as fault:
            return self._refused(fault, inputs, self.call), None
        finally:
            machine.heap.pop()
            machine.recorder.rollback(mark)
            machine.names.counts = counts
        if faults:
            return faults[0], None
        return None, shapes_of(tuple(tensor.spec for tensor in tensors_in(result)))

    def _run(self, core: FunctionalObject | SequentialObject, inputs: list[Tensor]) -> Value:
        """The output for data; a model inside is strict about them, as it is not about symbols.

        Raises:
            Fault: a model inside does not take them.
        """
        if isinstance(core, FunctionalObject):
            return core.rerun(self.frame, inputs, self.call)
        current: Value = inputs[0]
        for item in core.stack:
            side = keras_side(item)
            if isinstance(side, FunctionalObject) and isinstance(current, Tensor):
                current = self._inside(side, current)
            elif side is not None:
                current = side.call(self.frame, Arguments([current]), self.call)
            else:
                current = UNKNOWN
        return current

    def _inside(self, model: FunctionalObject, tensor: Tensor) -> Value:
        specs = model.input_specs()
        if specs is None or len(specs) != 1 or not model.complete:
            return model.call(self.frame, Arguments([tensor]), self.call)
        shape = data_reaching("functional", specs[0].shape, tensor.spec.shape)
        return model.rerun(self.frame, [shaped(tensor, shape)], self.call)

    def _first_call(self, inputs: list[Tensor]) -> Outcome:
        """Build a model with its first data; what is not their fault is noted as ever."""
        faults = self.frame.machine.recorder.faults
        known = len(faults)
        value = inputs[0] if len(inputs) == 1 else List(list(inputs))
        self.model.call(self.frame, Arguments([value]), self.model.place)
        origins = {self.model.place, *(tensor.place for tensor in inputs)}
        if len(faults) > known and blamed(faults[known]) in origins:
            refusal = faults[known]
            del faults[known:]
            return refusal, None
        core = core_of(self.model)
        if len(faults) == known and isinstance(core, SequentialObject) and len(inputs) == 1:
            refused = self._try(core, [shaped(inputs[0], inputs[0].spec.shape)])[0]
            if refused is not None:
                return refused, None
        return None, shapes_of(self.model.output_specs())


def _may_spread(core: ModelObject) -> bool:
    """Whether a layer has a value for each channel: it makes that many of a single one."""
    pending = [*core.rows()]
    while pending:
        row = pending.pop()
        scale = row.arguments.get("scale")
        if row.class_name == "Normalization" or not isinstance(scale, (int, float, type(None))):
            return True
        pending += row.rows
    return False


def _other_features(core: ModelObject, wanted: Shape, found: Shape) -> Fault | None:
    """The refusal of steps with another number of features than a recurrent layer has weights for.

    On symbolic tensors Keras does not mind; with data the cell fails.
    """
    if isinstance(wanted, Unknown) or isinstance(found, Unknown) or not wanted or not found:
        return None
    sizes = (wanted[-1], found[-1])
    if sizes[0] == sizes[1] or not all(isinstance(size, int) for size in sizes):
        return None
    rows = [row for row in core.rows() if not row.is_operation]
    name = rows[0].name if rows and rows[0].class_name == "InputLayer" else None
    for row in rows[1:] if name is not None else rows:
        if name is not None and row.inbound != (name,):
            continue
        if row.class_name in RECURRENT:
            return Fault(FaultKind.INPUT_DIMENSION, input=0, expected=wanted, found=found, axis=-1)
        if row.class_name not in ALIKE:
            return None
        name = row.name
    return None


def core_of(model: ModelObject) -> ModelObject:
    """The model whose layers do the work."""
    inner = getattr(model, "inner", None)
    if not isinstance(inner, ModelObject):
        return model
    from keraslint.interpreter.classes import lookup

    instance: Any = getattr(model, "instance", None)
    return inner if lookup(instance.cls, "call") is None else model


def blamed(record: FaultRecord) -> Place | None:
    """Where the tensor to blame was made."""
    index = record.fault.input
    return record.origins[index] if index is not None and index < len(record.origins) else None


def split(element: Any) -> tuple[Any, Any]:
    """A batch as inputs and labels; `None` for labels that are not there."""
    if isinstance(element, tuple) and len(element) in (1, 2, 3):
        return element[0], element[1] if len(element) > 1 else None
    if isinstance(element, (tuple, list, Unknown)):
        return UNKNOWN, UNKNOWN
    return element, None


def leaves(model: ModelObject, x: Any, place: Place) -> list[Tensor] | Fault | None:
    """The tensors of data in the order of a model's inputs, their batch dynamic.

    Returns:
        `None` if they are not all known, and the fault if one is missing.
    """
    if isinstance(x, dict):
        names = [tensor.name for tensor in inputs_of(model)]
        if not names or not all(isinstance(name, str) for name in names):
            return None
        missing = [name for name in names if name not in x]
        if missing:
            return Fault(FaultKind.INPUT_STRUCTURE, missing=missing[0], found=tuple(sorted(x)))
        x = [x[name] for name in names]
    items = x if isinstance(x, (list, tuple)) else [x]
    if not all(isinstance(item, Data) for item in items):
        return None
    return [batch_of(item, place) for item in items]


def inputs_of(model: ModelObject) -> list[Tensor]:
    """The inputs of a functional model, if they are not in a structure of their own."""
    if not isinstance(model, FunctionalObject) or not isinstance(model.inputs, (Tensor, List)):
        return []
    return tensors_in(model.inputs)


def batch_of(data: Data, place: Place) -> Tensor:
    """Data as they come into a model, in batches."""
    shape = UNKNOWN if data.facts.get("ragged") else data.spec.shape
    if not isinstance(shape, Unknown) and shape:
        shape = (None, *shape[1:])
    return Tensor(TensorSpec(shape, data.spec.dtype), "keras", place=data.place or place)


def shaped(tensor: Tensor, shape: Shape) -> Tensor:
    """The same tensor in another shape."""
    return Tensor(tensor.spec.with_shape(shape), "traced", place=tensor.place)


def shapes_of(specs: tuple[TensorSpec, ...] | None) -> Outputs:
    """The shapes of tensors, `None` if there are none."""
    return tuple(spec.shape for spec in specs) if specs else None
