"""Variables of the program, and what an object of the program holds: layers, models, variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.declared import weight_shape
from keraslint.interpreter.keras.objects import KerasObject, keras_side
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.values import Arguments, Dict, Instance, OneOf, Sequence_, Tensor, Value
from keraslint.knowledge.layers.base import Weight
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

MAX_DEPTH = 4


class Variable(Tensor):
    """A ``keras.Variable``: a tensor that the layer or model which holds it counts."""

    __slots__ = ("weight",)

    def __init__(self, shape: Shape, dtype: str | Unknown, trainable: Value) -> None:
        super().__init__(TensorSpec(shape, dtype), "traced")
        known = trainable if isinstance(trainable, bool) else UNKNOWN
        self.weight = Weight(shape, known, "variable")


@external("keras.Variable")
def variable(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A variable is as large as the value it starts with; an initializer needs a shape."""
    from keraslint.interpreter.libraries.tensorflow_values import operand

    value = arguments.get(0, "initializer", UNKNOWN)
    start = UNKNOWN if isinstance(value, str) else operand(value).spec.shape
    shape = arguments.get(1, "shape", None)
    if isinstance(start, Unknown) and shape is not None:
        start = weight_shape(shape)
    return Variable(start, UNKNOWN, arguments.get(3, "trainable", True))


@dataclass
class Holdings:
    """What is found in the attributes of an instance, lists, tuples and dicts included.

    Attributes:
        parts: the layers and models.
        weights: the variables.
        open: whether there may be more, or others.
    """

    parts: list[KerasObject] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    open: bool = False


def holdings(instance: Instance) -> Holdings:
    """What Keras finds in an instance."""
    found = Holdings()
    for name, value in instance.attributes.items():
        before = len(found.parts) + len(found.weights)
        _collect(value, found, 0)
        found.open |= name in instance.maybe and before < len(found.parts) + len(found.weights)
    return found


def _collect(value: Value, found: Holdings, depth: int) -> None:
    side = keras_side(value)
    if side is not None:
        if not any(side is other for other in found.parts):
            found.parts.append(side)
    elif isinstance(value, Variable):
        if not any(value.weight is other for other in found.weights):
            found.weights.append(value.weight)
    elif depth < MAX_DEPTH:
        _collect_items(value, found, depth)


def _collect_items(value: Value, found: Holdings, depth: int) -> None:
    items: list[Value] = []
    if isinstance(value, Sequence_):
        items = value.items
    elif isinstance(value, tuple):
        items = list(value)
    elif isinstance(value, Dict):
        items = list(value.items.values())
    elif isinstance(value, OneOf):
        items = list(value.alternatives)
    before = len(found.parts) + len(found.weights)
    for item in items:
        _collect(item, found, depth + 1)
    loose = isinstance(value, OneOf) or getattr(value, "open", False) is True
    found.open |= loose and before < len(found.parts) + len(found.weights)
