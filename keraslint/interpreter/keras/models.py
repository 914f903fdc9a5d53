"""Models: what Sequential and Functional have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.analysis import LayerRow, ModelRecord, Place
from keraslint.interpreter.heap import State
from keraslint.interpreter.keras.convert import from_nest, tensors_in, to_nest
from keraslint.interpreter.keras.layers import LayerObject
from keraslint.interpreter.keras.objects import KerasObject, keras_side, merged
from keraslint.interpreter.keras.protocol import protocol_method
from keraslint.interpreter.keras.reporting import provenance_of
from keraslint.interpreter.operations import Node
from keraslint.interpreter.values import Arguments, Builtin, Dict, List, Tensor, Value
from keraslint.knowledge.layers.base import Weight
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec, flatten

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


class ModelObject(KerasObject):
    """A model made by the program.

    Attributes:
        complete: whether every layer of it is known.
        variables: names it is kept in, the first one first.
        builders: functions it was made in, innermost first.
        subclass: the class of the program that it is one of, if its base makes it what it is.
        compiled: the last ``compile``, `None` if there was none, `UNKNOWN` if there may have been.
    """

    kind = "Model"

    def __init__(self, frame: Frame, name: Any, class_name: str, place: Place) -> None:
        super().__init__(name, class_name, place)
        self.complete = True
        self.variables: list[str] = []
        self.entry = frame.machine.entry
        self.provenance = provenance_of(frame)
        self.builders = _builders(frame)
        self.compiled: Any = None
        self.subclass: Any = None
        if not frame.machine.replaying:
            frame.machine.recorder.models.append(self)

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """Compiled in one way or another: nothing is known of that any more."""
        merged = super().merge(states, join)
        first = states[0]["compiled"]
        same = all(state["compiled"] is first for state in states)
        return {**merged, "compiled": first if same else UNKNOWN}

    def note_variable(self, name: str, frame: Frame) -> None:
        """Remember a name it is bound to (empty: it is returned)."""
        qualified = f"{frame.qualname}.{name}" if frame.qualname else name
        if name and frame.scope.kind in ("module", "function") and qualified not in self.variables:
            self.variables.append(qualified)

    def give_away(self, frame: Frame) -> None:
        """What gets hold of it may compile it."""
        frame.machine.heap.touch(self)
        self.compiled = UNKNOWN

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """Attributes and methods that all models have."""
        from keraslint.interpreter.keras.training import METHODS, training_method

        if name == "layers":
            return List(self.layer_values(), open=not self.complete)
        if name == "get_layer":
            return Builtin(name, self._get_layer)
        if name in METHODS:
            return training_method(self, name)
        if name in ("summary", "load_weights", "save", "save_weights", "export"):
            return Builtin(name, lambda frame, arguments: None)
        if name in ("weights", "trainable_weights", "variables"):
            return UNKNOWN
        if name in ("get_config", "to_json"):
            return protocol_method(self, name)
        return super().attribute(frame, name, node)

    def _get_layer(self, frame: Frame, arguments: Arguments) -> Value:
        name = arguments.get(0, "name")
        index = arguments.keywords.get("index")
        layers = self.layer_values()
        if isinstance(index, int) and self.complete and -len(layers) <= index < len(layers):
            return layers[index]
        for value in layers:
            side = keras_side(value)
            if side is not None and isinstance(name, str) and side.name == name:
                return value
        return UNKNOWN

    def layer_values(self) -> list[Value]:
        """The layers as the program's ``model.layers`` lists them."""
        return []

    def parts(self) -> list[KerasObject]:
        """The layer side of every layer."""
        return [side for side in map(keras_side, self.layer_values()) if side is not None]

    def weights(self) -> tuple[tuple[int, Weight], ...] | None:
        """The weights of all layers; unknown if not all layers are known."""
        return merged(self.parts()) if self.complete else None

    def freeze(self, trainable: Value) -> None:
        """What its constructor does with ``trainable``: the layers inside keep their own."""
        if trainable is not None:
            self.trainable = bool(trainable) if isinstance(trainable, (bool, int)) else UNKNOWN

    def trainable_params(self) -> int | None:
        """The number of weights that are trained: none where the model itself is frozen."""
        if self.trainable is True:
            return super().trainable_params()
        return 0 if self.trainable is False and self.weights() is not None else None

    def input_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it takes, `None` while unknown."""
        return None

    def output_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it gives, `None` while unknown."""
        return None

    def rows(self) -> tuple[LayerRow, ...]:
        """Its layers as a table lists them."""
        return ()

    def last_layers(self) -> tuple[LayerRow | None, ...]:
        """The layers that give its outputs."""
        return ()

    @property
    def qualnames(self) -> tuple[str, ...]:
        """What it can be asked for by."""
        variables = [name.rpartition(".")[2] for name in self.variables]
        return tuple(dict.fromkeys([*self.variables, *variables, *self.builders]))

    def record(self) -> ModelRecord:
        """Everything about it as it is now."""
        inputs, outputs = self.input_specs(), self.output_specs()
        total, trained = self.params(), self.trainable_params()
        if inputs is None:
            total = trained = None
        keras_name = str(self.name)
        variables = [name.rpartition(".")[2] for name in self.variables]
        assert self.place is not None
        return ModelRecord(
            name=variables[0] if variables else keras_name,
            keras_name=keras_name,
            qualnames=self.qualnames,
            kind=self.kind,
            entry=self.entry,
            place=self.place,
            inputs=_shapes(inputs),
            outputs=_shapes(outputs),
            layers=self.rows(),
            total_params=total,
            trainable_params=trained,
            non_trainable_params=None if total is None or trained is None else total - trained,
            complete=self.complete,
        )


def _shapes(specs: tuple[TensorSpec, ...] | None) -> tuple[Shape, ...] | None:
    return None if specs is None else tuple(spec.shape for spec in specs)


def _builders(frame: Frame) -> list[str]:
    names = []
    current: Frame | None = frame
    while current is not None:
        if current.qualname:
            names.append(current.qualname)
        current = current.parent
    return names


def output_shapes(value: Value) -> tuple[Shape, ...] | None:
    """The shapes of a result; `None` if it is not known what it consists of."""
    tensors = tensors_in(value)
    if not tensors:
        return None
    return tuple(tensor.spec.shape for tensor in tensors)


def make_row(
    side: KerasObject, inbound: tuple[str, ...], inputs: tuple[Shape, ...], result: Value
) -> LayerRow:
    """A layer as a row of a model's table."""
    nested = side.rows() if isinstance(side, ModelObject) else ()
    layer = side.layer if isinstance(side, LayerObject) else None
    built = layer is None or layer.built or result is not None or not layer.has_weights
    return LayerRow(
        name=str(side.name),
        class_name=side.kind if isinstance(side, ModelObject) else side.class_name,
        inbound=inbound,
        inputs=inputs,
        outputs=output_shapes(result),
        params=side.params() if built else None,
        trainable_params=side.trainable_params() if built else None,
        place=side.place,
        provenance=side.provenance,
        arguments=dict(layer.arguments) if layer is not None else {},
        operation=layer,
        rows=nested,
    )


def fresh_tensors(frame: Frame, specs: Any, node: Node, place: Place, flavour: str) -> Value:
    """New tensors for a nest of specs, as outputs of ``node``."""

    def make(spec: TensorSpec, index: int) -> Tensor:
        return Tensor(spec, flavour, node=node, index=index, place=place)

    result = from_nest(specs, make)
    node.outputs = tuple(tensors_in(result))
    return result


def map_tensors(value: Value, mapping: dict[int, Value]) -> Value:
    """The same nest with tensors replaced by what stands for them."""
    if isinstance(value, Tensor):
        return mapping.get(id(value), value)
    if isinstance(value, tuple):
        return tuple(map_tensors(item, mapping) for item in value)
    if isinstance(value, List):
        return List([map_tensors(item, mapping) for item in value.items], open=value.open)
    if isinstance(value, Dict):
        return Dict({k: map_tensors(v, mapping) for k, v in value.items.items()}, open=value.open)
    return value


def flavour_of(arguments: Arguments) -> str:
    """``keras`` if a call is on symbolic tensors, else ``traced``."""
    values = [*arguments.positional, *arguments.keywords.values()]
    symbolic = any(t.flavour == "keras" for value in values for t in tensors_in(value))
    return "keras" if symbolic else "traced"


def leaves(value: Value) -> list[Any]:
    """The leaves of a call argument as specs."""
    return list(flatten(to_nest(value)))
