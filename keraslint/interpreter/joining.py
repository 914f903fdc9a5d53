"""What is known of a value that is one of two."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.heap import Mutable
from keraslint.interpreter.values import OneOf, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.shapes import join_shapes
from keraslint.tensors.specs import TensorSpec

_SAFE = (int, float, complex, str, bytes, type(None), type(...))


def join(a: Value, b: Value) -> Value:
    """Equal values stay, tensors keep the dims they share, others become a bounded `OneOf`."""
    if a is b or same(a, b):
        return a
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return join_tensors(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        return tuple(join(x, y) for x, y in zip(a, b, strict=True))
    return one_of([*alternatives(a), *alternatives(b)])


def widen(a: Value, b: Value) -> Value:
    """Like `join`, for values that a loop changes: different constants become unknown."""
    if a is b or same(a, b):
        return a
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return join_tensors(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        return tuple(widen(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, _CHANGING) and isinstance(b, _CHANGING) and not _has_objects(a, b):
        return UNKNOWN
    return join(a, b)


def _has_objects(*values: Value) -> bool:
    """Whether something known by other names too, which may change, is among the alternatives."""
    return any(isinstance(item, Mutable) for value in values for item in alternatives(value))


_CHANGING = (int, float, complex, str, bytes, Expr, OneOf, tuple)


def same(a: Value, b: Value) -> bool:
    """Whether two values are certainly the same constant."""
    plain: Any = object
    if type(a) is not type(b):
        return False
    if isinstance(a, _SAFE):
        return bool(a == b)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(x is y or same(x, y) for x, y in zip(a, b, strict=True))
    return (
        type(a).__hash__ is not plain.__hash__
        and type(a).__eq__ is not plain.__eq__
        and bool(a == b)
    )


def alternatives(value: Value) -> tuple[Value, ...]:
    """The values that a value may be."""
    return value.alternatives if isinstance(value, OneOf) else (value,)


def one_of(values: list[Value]) -> Value:
    """One of several values: merged where they are alike, unknown where they are too many."""
    kept: list[Value] = []
    tensor: Tensor | None = None
    for value in values:
        if isinstance(value, Unknown):
            return UNKNOWN
        if isinstance(value, Tensor):
            tensor = value if tensor is None or tensor is value else join_tensors(tensor, value)
        elif not any(value is other or same(value, other) for other in kept):
            kept.append(value)
            if len(kept) > OneOf.LIMIT:
                return UNKNOWN
    if tensor is not None:
        kept.append(tensor)
    if len(kept) == 1:
        return kept[0]
    return OneOf(tuple(kept)) if len(kept) <= OneOf.LIMIT else UNKNOWN


def join_tensors(a: Tensor, b: Tensor) -> Tensor:
    """A tensor that is one of two: the dims they share, and their origin if it is the same."""
    shape = join_shapes(a.spec.shape, b.spec.shape)
    dtype = a.spec.dtype if a.spec.dtype == b.spec.dtype else UNKNOWN
    flavour = a.flavour if a.flavour == b.flavour else "traced"
    return Tensor(TensorSpec(shape, dtype), flavour, place=a.place)
