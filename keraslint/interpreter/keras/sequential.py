"""``keras.Sequential``: a stack that grows, built as soon as its input is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.analysis import LayerRow, Place
from keraslint.interpreter.heap import State
from keraslint.interpreter.iteration import iterate
from keraslint.interpreter.keras.calling import refuse_call
from keraslint.interpreter.keras.convert import tensors_in, to_knowledge, to_nest
from keraslint.interpreter.keras.functional import InputObject, new_input
from keraslint.interpreter.keras.layers import LayerObject
from keraslint.interpreter.keras.masks import taken
from keraslint.interpreter.keras.models import (
    ModelObject,
    flavour_of,
    fresh_tensors,
    make_row,
    output_shapes,
)
from keraslint.interpreter.keras.objects import KerasObject, keras_side
from keraslint.interpreter.keras.refusals import (
    CYCLE,
    SEQUENTIAL,
    gives_back_input,
    refuse_sequential,
)
from keraslint.interpreter.keras.reporting import call_place, given, note_fault
from keraslint.interpreter.operations import Node
from keraslint.interpreter.values import (
    Arguments,
    Builtin,
    External,
    Function,
    List,
    OneOf,
    Sequence_,
    Tensor,
    Value,
    is_constant,
    is_disguised,
)
from keraslint.knowledge.construct import signature_of
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Layer
from keraslint.knowledge.layers.core import shape_of
from keraslint.tensors.dims import UNKNOWN, Unknown, differ
from keraslint.tensors.shapes import Shape, join_shapes
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


REMAINS = "a model with another layer below the one that it removes"


class SequentialObject(ModelObject):
    """A Sequential model.

    Attributes:
        stack: the layers added, as values of the program, without the input.
        results: what each gives, as far as the model is built.
        entry_tensor: the model's input, `None` while it has none.
        named: the layers by the names that they had when they were added.
        counted: how many of the stack are in there.
    """

    kind = "Sequential"

    def __init__(
        self, frame: Frame, name: Any, place: Place, class_name: str = "Sequential"
    ) -> None:
        super().__init__(frame, name, class_name, place)
        self.stack: list[Value] = []
        self.results: list[Value] = []
        self.entry_tensor: Tensor | None = None
        self.named: dict[str, KerasObject] = {}
        self.counted = 0
        self.listing = False
        self.called = False

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """Different stacks: what comes out is one of their outputs, through unknown layers."""
        merged = super().merge(states, join)
        merged["named"], merged["counted"] = {}, 0
        stacks = [state["stack"] for state in states]
        if all(len(s) == len(stacks[0]) and all(map(_is, s, stacks[0])) for s in stacks):
            return merged
        merged["complete"] = False
        ends = [_end(state) for state in states]
        merged["stack"] = max(stacks, key=len)
        merged["results"] = max((state["results"] for state in states), key=len)[:-1]
        merged["entry_tensor"] = next(
            (s["entry_tensor"] for s in states if s["entry_tensor"]), None
        )
        if merged["entry_tensor"] is not None:
            end = ends[0]
            for other in ends[1:]:
                end = join(end, other)
            merged["results"] = [
                *merged["results"],
                end if isinstance(end, Tensor) else _anything(),
            ]
        return merged

    def layer_values(self) -> list[Value]:
        """The layers without the input."""
        return list(self.stack)

    @property
    def output_value(self) -> Value:
        """What the last layer gives, `None` while unknown."""
        if self.entry_tensor is None:
            return None
        return self.results[-1] if self.results else self.entry_tensor

    def input_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it takes."""
        return None if self.entry_tensor is None else (self.entry_tensor.spec,)

    def output_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it gives."""
        value = self.output_value
        tensors = tensors_in(value) if value is not None else []
        return tuple(tensor.spec for tensor in tensors) or None

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """Methods that change the stack, tensors and shapes, then what all models have."""
        if name in self.attributes:
            return self.attributes[name]
        method = {"add": self._add, "pop": self._pop, "build": self._build}.get(name)
        if method is not None:
            return Builtin(name, method)
        if name in ("input", "output", "inputs", "outputs") and self.entry_tensor is not None:
            value = self.entry_tensor if name.startswith("input") else self.output_value
            return List(list(tensors_in(value))) if name.endswith("s") else value
        if name in ("input_shape", "output_shape") and self.entry_tensor is not None:
            value = self.entry_tensor if name == "input_shape" else self.output_value
            shapes = output_shapes(value)
            return shapes[0] if shapes is not None and len(shapes) == 1 else UNKNOWN
        return super().attribute(frame, name, node)

    def _add(self, frame: Frame, arguments: Arguments) -> Value:
        place = call_place(frame, frame.machine.current_call)
        self.add(frame, arguments.get(0, "layer", UNKNOWN), place)
        return None

    def add(self, frame: Frame, value: Value, place: Place, *, rebuild: bool = True) -> None:
        """Put a layer on top; refuse what is none."""
        frame.machine.heap.touch(self)
        fault = _refuse_layer(value)
        if fault is not None:
            note_fault(frame, fault, "keras.Sequential", place)
        if isinstance(value, Tensor) and value.node is not None and value.node.is_input:
            value = value.node.operation
        side = keras_side(value)
        if side is None:
            self._lose_track(value)
            return
        if isinstance(side, InputObject):
            self._set_input(frame, side, place)
            return
        if not self.stack and self.entry_tensor is None:
            self._adopt_input(frame, side)
        self._refuse_name(frame, side, place)
        self.stack.append(value)
        self.extend(frame, rebuild)

    def _lose_track(self, value: Value) -> None:
        self.complete = False
        if self.entry_tensor is not None:
            self.results.append(_anything())
            self.stack.append(value)

    def _set_input(self, frame: Frame, side: InputObject, place: Place) -> None:
        if self.entry_tensor is not None or self.stack:
            if self.entry_tensor is not None:
                fault = Fault(
                    FaultKind.INPUT_STRUCTURE, expected="one Input", found="a second Input"
                )
                note_fault(frame, fault, "keras.Sequential", place)
            return
        self.entry_tensor = side.tensor

    def _adopt_input(self, frame: Frame, side: KerasObject) -> None:
        """Take the input from the first layer: ``input_shape=``, or a model that knows its own."""
        layers = side.layers if isinstance(side, LayerObject) else []
        shapes = [_declared(layer) for layer in layers]
        if not shapes or None in shapes:
            return
        dims = _batched(frame, shapes[0], side)
        for other in shapes[1:]:
            dims = join_shapes(dims, dims if other == shapes[0] else _batched(frame, other, side))
        self.entry_tensor = new_input(
            frame, TensorSpec(dims, frame.machine.defaults.floatx), None, side.place
        )

    def _refuse_name(self, frame: Frame, side: KerasObject, place: Place) -> None:
        if self.counted > len(self.stack):
            self.named, self.counted = {}, 0
        for known in map(keras_side, self.stack[self.counted :]):
            if known is not None and isinstance(known.name, str):
                self.named.setdefault(known.name, known)
        self.counted = len(self.stack)
        other = self.named.get(side.name) if isinstance(side.name, str) else None
        if other is not None and other is not side and other.name == side.name:
            fault = Fault(FaultKind.DUPLICATE_NAME, found=side.name)
            note_fault(frame, fault, "keras.Sequential", side.place or place)

    def extend(self, frame: Frame, rebuild: bool) -> None:
        """Apply what is not applied yet, as far as there is an input."""
        if self.entry_tensor is None:
            side = keras_side(self.stack[0])
            specs = side.input_specs() if isinstance(side, ModelObject) else None
            if specs is None or len(specs) != 1 or len(self.stack) < 2:
                return  # the first layer does not tell the input
            self.entry_tensor = new_input(frame, specs[0], None, self.place)
        if self.listing:
            return
        again = self.stack[: len(self.results)]
        self.apply_rest(frame)
        self._refuse_cycle(frame)
        if rebuild:
            self._rebuild(frame, again)

    def _rebuild(self, frame: Frame, again: list[Value]) -> None:
        """Take the names that Keras takes when it makes the model anew, layers called again."""
        names = frame.machine.names
        frame.machine.heap.touch(names)
        names.take("functional")
        for side in map(keras_side, again if frame.machine.masks else ()):
            if isinstance(side, LayerObject):
                names.add(side.names_of_masks)

    def apply_rest(self, frame: Frame) -> None:
        """Apply the layers behind those that have a result."""
        while len(self.results) < len(self.stack):
            value = self.stack[len(self.results)]
            side = keras_side(value)
            current = self.results[-1] if self.results else self.entry_tensor
            if side is None:
                self.results.append(_anything())
                continue
            place = side.place or self.place
            self.results.append(side.call(frame, Arguments([current]), place))

    def _refuse_cycle(self, frame: Frame) -> None:
        """Note that Keras cannot make a model whose last layer gives back its own input."""
        if any(map(gives_back_input, tensors_in(self.results[-1]))):
            side = keras_side(self.stack[-1])
            place = call_place(frame, (side.place if side is not None else None) or self.place)
            note_fault(frame, CYCLE, "keras.Sequential", place)

    def _pop(self, frame: Frame, arguments: Arguments) -> Value:
        frame.machine.heap.touch(self)
        least = 1 if self.entry_tensor is not None else 2  # Keras looks at the layer that remains
        if len(self.stack) < least and self.complete:
            fault = Fault(FaultKind.INPUT_STRUCTURE, expected=REMAINS)
            place = call_place(frame, frame.machine.current_call)
            note_fault(frame, fault, "keras.Sequential.pop", place)
        if not self.stack:
            return UNKNOWN
        del self.results[len(self.stack) - 1 :]
        self.named, self.counted = {}, 0
        if self.entry_tensor is not None and len(self.stack) > 1:
            self._rebuild(frame, self.stack[:-1])
        elif frame.machine.keras2:
            self.entry_tensor = None  # without layers it forgets what it takes
        return self.stack.pop()

    def _build(self, frame: Frame, arguments: Arguments) -> Value:
        shape = to_knowledge(frame, arguments.get(0, "input_shape"))
        if isinstance(shape, list):
            shape = tuple(shape)
        if isinstance(shape, tuple) and self.stack and self.entry_tensor is None:
            self.build(frame, TensorSpec(_dims(shape), frame.machine.defaults.floatx))
        return None

    def build(self, frame: Frame, spec: TensorSpec) -> None:
        """Build a model that had no input so far."""
        frame.machine.heap.touch(self)
        self.entry_tensor = new_input(frame, spec, None, self.place)
        self.apply_rest(frame)
        self._refuse_cycle(frame)
        frame.machine.names.take("functional")

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Apply the stack to a tensor; the first call builds a model that had no input."""
        place = call_place(frame, node)
        value = arguments.get(0, "inputs", UNKNOWN)
        tensors = tuple(tensors_in(value))
        fault = refuse_call(arguments, node)
        if fault is not None:
            note_fault(frame, fault, "keras.Sequential", place, tensors=tensors)
            return UNKNOWN
        if self.entry_tensor is None and isinstance(value, Tensor) and self.stack:
            if isinstance(value.spec.shape, Unknown):
                return self._pass_through(frame, value, place, arguments)
            self.build(frame, value.spec)
            result = self.output_value
        else:
            result = self.replay(frame, value, place)
        if result is None:
            return UNKNOWN
        graph_node = Node(self, tensors, place, (value,), {})
        graph_node.masks = taken(arguments)
        return fresh_tensors(frame, to_nest(result), graph_node, place, flavour_of(arguments))

    def _pass_through(
        self, frame: Frame, value: Value, place: Place, arguments: Arguments
    ) -> Value:
        current = value
        for item in self.stack:
            side = keras_side(item)
            current = (
                UNKNOWN
                if side is None
                else side.call(frame, Arguments([current]), side.place or place)
            )
        return current

    def replay(self, frame: Frame, value: Value, place: Place) -> Value:
        """The output for another input, nothing noted; its own for the same shape."""
        if not isinstance(value, Tensor) or self.entry_tensor is None:
            return None
        own, found = self.entry_tensor.spec.shape, value.spec.shape
        if own == found:
            return self.output_value
        if value.flavour == "keras" and _contradicts(own, found):
            fault = Fault(
                FaultKind.INPUT_DIMENSION, input=0, expected=own, found=found, model=self.name
            )
            note_fault(frame, fault, "keras.Sequential", place, tensors=(value,))
            return None
        machine = frame.machine
        machine.replaying += 1
        machine.catching += 1
        try:
            return self.rerun(frame, [Tensor(value.spec, "traced")], place)
        finally:
            machine.replaying -= 1
            machine.catching -= 1

    def rerun(self, frame: Frame, inputs: list[Tensor], place: Place) -> Value:
        """The output for another input, with whatever the layers say to it."""
        current: Value = inputs[0]
        for item in self.stack:
            side = keras_side(item)
            current = UNKNOWN if side is None else side.call(frame, Arguments([current]), place)
        return current

    def rows(self) -> tuple[LayerRow, ...]:
        """One row per layer; the first takes the model's input."""
        rows = []
        inbound, value = "input", self.entry_tensor
        for index, item in enumerate(self.stack):
            side = keras_side(item)
            if side is None:
                continue
            result = self.results[index] if index < len(self.results) else None
            inputs = output_shapes(value) or ()
            rows.append(make_row(side, (inbound,) if inbound else (), inputs, result))
            inbound, value = str(side.name), result
        return tuple(rows)

    def last_layers(self) -> tuple[LayerRow | None, ...]:
        """The last layer."""
        return self.rows()[-1:]


def _is(a: Value, b: Value) -> bool:
    return a is b


def _end(state: State) -> Value:
    results = state["results"]
    return results[-1] if results else state["entry_tensor"] or _anything()


def _anything() -> Tensor:
    return Tensor(TensorSpec(UNKNOWN, UNKNOWN), "keras")


def _has_input_dim(layer: Any) -> bool:
    """Whether ``input_dim`` is an argument of the layer itself, as of ``Embedding``."""
    return any(parameter.name == "input_dim" for parameter in signature_of(type(layer)).parameters)


def _contradicts(own: Shape, found: Shape) -> bool:
    if isinstance(own, Unknown) or isinstance(found, Unknown):
        return False
    a = own[:-1] if own[-1:] == (1,) else own
    b = found[:-1] if found[-1:] == (1,) else found
    return any(
        m is not None and n is not None and differ(m, n) for m, n in zip(a[1:], b[1:], strict=False)
    )


def _declared(layer: Layer) -> Any:
    """What a layer says of its input by ``input_shape=`` or ``input_dim=``, `None` if nothing."""
    shape = layer.arguments.get("input_shape")
    size = layer.arguments.get("input_dim")
    if shape is None and size is not None and not _has_input_dim(layer):
        return (size,)
    return shape


def _batched(frame: Frame, shape: Any, side: KerasObject) -> Shape:
    """``input_shape=`` with the batch in front; a fault at the argument if it is no shape."""
    try:
        dims = shape_of(shape, "input_shape")
    except Fault as fault:
        made = side if isinstance(side, LayerObject) else None
        note_fault(
            frame,
            fault,
            made.dotted if made else "keras.Sequential",
            side.place or call_place(frame, None),
            site=made.site if made else None,
            arguments=made.given if made else None,
        )
        return UNKNOWN
    return dims if isinstance(dims, Unknown) else (None, *dims)


def _dims(shape: tuple[Any, ...]) -> Shape:
    from keraslint.knowledge.arguments import as_dim

    return tuple(as_dim(dim) for dim in shape)


def _refuse_layer(value: Value) -> Fault | None:
    """The refusal of what is certainly no layer."""
    if isinstance(value, (Unknown, OneOf)) or is_disguised(value) or keras_side(value) is not None:
        return None
    if isinstance(value, Tensor):
        is_input = value.node is None or value.node.is_input
        known = value.flavour == "keras" and not is_input
        return (
            Fault(FaultKind.ARGUMENT_TYPE, argument="layer", expected="a layer", found="a tensor")
            if known
            else None
        )
    if is_constant(value) or isinstance(value, (tuple, Sequence_, Function)):
        return Fault(
            FaultKind.ARGUMENT_TYPE, argument="layer", expected="a layer", found=_kind(value)
        )
    if isinstance(value, External) and value.path.startswith("keras.layers."):
        return Fault(
            FaultKind.ARGUMENT_TYPE,
            argument="layer",
            expected="a layer",
            found=f"the class {value.name}",
        )
    return None


def _kind(value: Value) -> str:
    if value is None:
        return "None"
    return {"List": "a list", "Function": "a function"}.get(
        type(value).__name__, f"a {type(value).__name__}"
    )


def make_sequential(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """``keras.Sequential(layers=None, trainable=True, name=None)``."""
    place = call_place(frame, node)
    found = given(frame, arguments, SEQUENTIAL)
    try:
        refuse_sequential(frame, arguments)
    except Fault as fault:
        note_fault(frame, fault, "keras.Sequential", place, arguments=found)
    name = arguments.get(2, "name")
    if name is None:
        name = frame.machine.names.take("sequential")
    model = SequentialObject(frame, name if isinstance(name, str) else UNKNOWN, place)
    model.freeze(arguments.get(1, "trainable", True))
    fill(frame, model, arguments.get(0, "layers"), place)
    return model


def fill(frame: Frame, model: SequentialObject, layers: Value, place: Place) -> None:
    """Add the layers of a list, building once at the end."""
    if layers is None:
        return
    items = iterate(frame, layers)
    if items is None:
        model.complete = False
        return
    model.listing = True
    for item in items:
        model.add(frame, item, place, rebuild=False)
    model.listing = False
    if model.stack:
        model.extend(frame, rebuild=True)
