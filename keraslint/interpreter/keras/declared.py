"""Shapes as programs write them and get them: of ``build``, ``compute_output_shape``, weights."""

from __future__ import annotations

from keraslint.interpreter.values import Dict, List, Sequence_, Tensor, Value
from keraslint.knowledge.arguments import as_dim
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec


def shape_value(value: Value) -> Value:
    """The shape that Keras hands to ``build`` for an input: a tuple, or a list of them."""
    if isinstance(value, Tensor):
        shape: Shape = value.spec.shape
        return shape
    if isinstance(value, (List, tuple)):
        items = value.items if isinstance(value, List) else value
        opened = isinstance(value, List) and value.open
        return List([shape_value(item) for item in items], open=opened)
    if isinstance(value, Dict):
        return Dict({key: shape_value(item) for key, item in value.items.items()}, open=value.open)
    return UNKNOWN


def declared_tensors(shape: Value) -> Value:
    """The tensors of declared shapes: one, or a list of them; `UNKNOWN` where any is not known."""
    items = shape.items if isinstance(shape, Sequence_) and not shape.open else shape
    if not isinstance(items, (tuple, list)) or not items:
        return UNKNOWN
    if all(isinstance(item, Unknown) for item in items):
        return UNKNOWN  # sizes, or shapes
    if all(isinstance(item, (int, Expr, Unknown, type(None))) for item in items):
        return Tensor(TensorSpec(weight_shape(shape), UNKNOWN))
    inner = [declared_tensors(item) for item in items]
    return UNKNOWN if any(isinstance(item, Unknown) for item in inner) else List(inner)


def weight_shape(value: Value) -> Shape:
    """A value as a shape, unknown if it is none."""
    if isinstance(value, (int, float)):
        return (as_dim(value),)
    items = value.items if isinstance(value, List) and not value.open else value
    if not isinstance(items, (tuple, list)):
        return UNKNOWN
    return tuple(as_dim(item) for item in items)
