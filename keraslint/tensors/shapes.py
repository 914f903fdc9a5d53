"""Shapes: tuples of dims, batch first, or `UNKNOWN` where not even the rank is known."""

from __future__ import annotations

from typing import TypeAlias

from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ, join, product

Shape: TypeAlias = "tuple[Dim, ...] | Unknown"


def rank(shape: Shape) -> int | None:
    """The number of axes, `None` if unknown."""
    return None if isinstance(shape, Unknown) else len(shape)


def unknown(n: int) -> tuple[Dim, ...]:
    """A shape of rank ``n`` of which nothing else is known."""
    return (UNKNOWN,) * n


def join_shapes(a: Shape, b: Shape) -> Shape:
    """What is known of a shape that is one of two."""
    if isinstance(a, Unknown) or isinstance(b, Unknown) or len(a) != len(b):
        return UNKNOWN
    return tuple(join(m, n) for m, n in zip(a, b, strict=True))


def size(shape: Shape) -> Dim:
    """The number of elements."""
    return UNKNOWN if isinstance(shape, Unknown) else product(shape)


class BroadcastError(Exception):
    """Two shapes that can never be broadcast; ``axis`` counts from the right, from -1."""

    def __init__(self, axis: int) -> None:
        super().__init__(axis)
        self.axis = axis


def broadcast(a: Shape, b: Shape) -> Shape:
    """The shape of an elementwise operation as ``keras.ops`` has it: a dynamic dim beside n is n.

    Raises:
        BroadcastError: two dims that are certainly different and neither is 1.
    """
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    n = max(len(a), len(b))
    a = (1,) * (n - len(a)) + a
    b = (1,) * (n - len(b)) + b
    return tuple(_broadcast_dim(x, y, i - n) for i, (x, y) in enumerate(zip(a, b, strict=True)))


def _broadcast_dim(a: Dim, b: Dim, axis: int) -> Dim:
    if a == 1:
        return b
    if b == 1:
        return a
    if isinstance(a, int) and isinstance(b, int):
        if a != b:
            raise BroadcastError(axis)
        return a
    if a is None and isinstance(b, int):
        return b
    if b is None and isinstance(a, int):
        return a
    return join(a, b)


def show_dim(dim: Dim) -> str:
    """A dim for people: a number, ``None``, ``?``, or the expression."""
    return str(dim)


def show(shape: Shape) -> str:
    """A shape for people, as Python writes a tuple; ``?`` for an unknown rank."""
    if isinstance(shape, Unknown):
        return "?"
    inner = ", ".join(show_dim(dim) for dim in shape)
    return f"({inner},)" if len(shape) == 1 else f"({inner})"


def dim_to_json(dim: Dim) -> int | str | None:
    """A dim for machines: an integer, null where Keras shows None, or a string."""
    if isinstance(dim, Unknown):
        return "?"
    return dim.text() if isinstance(dim, Expr) else dim


def shape_to_json(shape: Shape) -> list[int | str | None] | None:
    """A shape for machines: a list of dims, null if not even the rank is known."""
    return None if isinstance(shape, Unknown) else [dim_to_json(dim) for dim in shape]


def certainly_different(a: Shape, b: Shape) -> bool:
    """Whether no value makes the two shapes equal."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return False
    return len(a) != len(b) or any(differ(m, n) for m, n in zip(a, b, strict=True))
