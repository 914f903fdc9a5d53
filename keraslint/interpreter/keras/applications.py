"""The pretrained models of ``keras.applications``: their layers made and applied as Keras does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.analysis import Place
from keraslint.interpreter.keras.convert import to_knowledge
from keraslint.interpreter.keras.functional import FunctionalObject, new_input
from keraslint.interpreter.keras.functions import source_inputs
from keraslint.interpreter.keras.layers import LayerObject, apply
from keraslint.interpreter.keras.reporting import call_place, given, note_fault, provenance_of
from keraslint.interpreter.keras.sequential import SequentialObject
from keraslint.interpreter.values import Arguments, List, OneOf, Tensor, Value
from keraslint.knowledge.api import Api
from keraslint.knowledge.applications import GIVEN, Blueprint, Entry, blueprint, names
from keraslint.knowledge.applications.catalogue import defaults
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


def call_application(frame: Frame, path: str, arguments: Arguments, node: Any) -> Value:
    """Build one of the models; preprocessing and other helpers are not followed here."""
    name = path.rpartition(".")[2]
    if name not in names():
        return UNKNOWN
    place = call_place(frame, node)
    parameters = tuple(defaults(name))
    found = given(frame, arguments, parameters)
    values = dict(zip(parameters, arguments.positional, strict=False)) | arguments.keywords
    source = values.get("input_tensor")
    known: dict[str, Any] = {
        key: UNKNOWN if isinstance(value, OneOf) else to_knowledge(frame, value)
        for key, value in values.items()
    }
    if arguments.open:
        known = {**dict.fromkeys(parameters, UNKNOWN), **known}
    if isinstance(source, Tensor):
        known["input_tensor"] = source.spec
    try:
        _check_names(name, arguments)
        plan = blueprint(name, known)
    except Fault as fault:
        note_fault(frame, fault, path, place, arguments=found)
        return UNKNOWN
    return Builder(frame, plan, source, place).model()


def _check_names(name: str, arguments: Arguments) -> None:
    """Refuse arguments that the function does not have.

    Raises:
        Fault: an unknown keyword, or too many positional ones.
    """
    parameters = tuple(defaults(name))
    symbol = Api.load("keras3").resolve(f"keras.applications.{name}")
    if symbol is None or symbol.signature is None or symbol.signature.accepts_kwargs:
        return
    for keyword in arguments.keywords:
        if keyword not in parameters:
            raise Fault(FaultKind.UNKNOWN_ARGUMENT, argument=keyword, expected=parameters)
    if len(arguments.positional) > len(parameters):
        raise Fault(FaultKind.EXTRA_POSITIONAL, found=len(arguments.positional))


class Builder:
    """Makes the parts of a blueprint and applies them."""

    def __init__(self, frame: Frame, plan: Blueprint, source: Value, place: Place) -> None:
        self.frame = frame
        self.plan = plan
        self.source = source
        self.place = place
        self.made: list[Value] = []

    def model(self) -> FunctionalObject:
        """The model with all its layers."""
        for entry in self.plan.entries:
            self.made.append(self._apply(entry))
        inputs = self._input()
        output: Value = Tensor(TensorSpec(UNKNOWN, UNKNOWN), "keras")
        if self.plan.output is not None:
            output = self.made[self.plan.output]
        name = self.plan.name
        if name is None:
            name = self.frame.machine.names.take("functional")
        model = FunctionalObject(self.frame, name, self.place, inputs, output)
        model.complete = model.complete and self.plan.complete
        return model

    def _input(self) -> Value:
        if self.plan.input != GIVEN:
            return self.made[self.plan.input]
        found = source_inputs(self.source)
        return found[0] if found and len(found) == 1 else List(list(found or []))

    def _apply(self, entry: Entry) -> Value:
        inbound = [self.source if i == GIVEN else self.made[i] for i in entry.inbound]
        if entry.operator is not None:
            return self._operate(entry, inbound)
        if entry.class_name == "InputLayer":
            return new_input(self.frame, _input_spec(entry), entry.name, self.place)
        value = inbound[0] if len(inbound) == 1 else List(inbound)
        if entry.inner:
            return self._sequential(entry, value)
        return apply(self.frame, self._layer(entry), Arguments([value]), self.place)

    def _operate(self, entry: Entry, inbound: list[Value]) -> Value:
        from keraslint.interpreter.tensors import operate

        assert entry.operator is not None
        operands = [*inbound, entry.arguments["other"]] if len(inbound) == 1 else inbound
        return operate(self.frame, entry.operator, operands[0], operands[1], self.place)

    def _layer(self, entry: Entry) -> LayerObject:
        layer = entry.layer()
        name: Any = entry.name
        if name is None:
            name = self.frame.machine.names.take_for(entry.class_name)
        made = LayerObject(name, entry.class_name, self.place, [layer])
        made.provenance = provenance_of(self.frame)
        return made

    def _sequential(self, entry: Entry, value: Value) -> Value:
        name: Any = entry.name
        if name is None:
            name = self.frame.machine.names.take("sequential")
        model = SequentialObject(self.frame, name, self.place)
        self.frame.machine.recorder.models.remove(model)
        for inner in entry.inner:
            model.add(self.frame, self._layer(inner), self.place, rebuild=False)
        return model.call(self.frame, Arguments([value]), self.place)


def _input_spec(entry: Entry) -> TensorSpec:
    shape = entry.arguments.get("shape", entry.arguments.get("batch_shape", UNKNOWN))
    if isinstance(shape, Unknown):
        return TensorSpec(UNKNOWN)
    return TensorSpec((None, *shape) if "shape" in entry.arguments else tuple(shape))
