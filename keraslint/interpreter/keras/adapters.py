"""A layer or model of the program in the shape the knowledge room expects of a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import from_nest, to_nest
from keraslint.interpreter.keras.layers import LayerObject
from keraslint.interpreter.keras.objects import KerasObject
from keraslint.interpreter.values import Arguments, Tensor, Value
from keraslint.knowledge.layers.base import Call, Layer, Weight
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import Nest, TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


class ProgramLayer(Layer):
    """A layer whose work the interpreter does: a custom layer or a model inside a wrapper."""

    def __init__(self, frame: Frame, side: KerasObject, value: Value) -> None:
        self.frame = frame
        self.side = side
        self.value = value
        super().__init__({"name": side.name, "trainable": True})

    @property
    def name(self) -> str:
        """The class name."""
        return self.side.class_name

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Applying it builds it."""
        self._run(call)
        weights = self.side.weights()
        return (Weight(UNKNOWN),) if weights is None else tuple(weight for _, weight in weights)

    def output(self, call: Call) -> Nest:
        """What the program's own code makes of the input."""
        return to_nest(self._run(call))

    def _run(self, call: Call) -> Value:
        def make(spec: TensorSpec, index: int) -> Tensor:
            return Tensor(spec, "traced")

        positional = [from_nest(nest, make) for nest in call.positional]
        keywords = {name: from_nest(nest, make) for name, nest in call.keywords.items()}
        return self.side.call(self.frame, Arguments(positional, keywords), None)


def adapt(frame: Frame, side: KerasObject, value: Value) -> Any:
    """What a wrapper gets as the layer inside."""
    if isinstance(side, LayerObject):
        return UNKNOWN if side.layer is None else side.layer
    return ProgramLayer(frame, side, value)
