"""Shapes, counts and values as pictures say them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from keraslint.diagrams import language
from keraslint.knowledge.values import ArrayValue, Callable_, ClassObject, KerasObject, NumpyScalar
from keraslint.tensors.dims import Dim, Expr, Unknown
from keraslint.tensors.shapes import Shape

TIMES = " × "


def shape(given: Shape) -> str:
    """A shape: a dynamic first axis is the batch."""
    if isinstance(given, Unknown):
        return "?"
    dims = [dim(size) for size in given]
    if given and given[0] is None:
        dims[0] = "batch"
    return f"({dims[0]},)" if len(dims) == 1 else f"({', '.join(dims)})"


def shapes(given: tuple[Shape, ...] | None) -> str:
    """All the shapes that a layer gives."""
    return "?" if not given else ", ".join(map(shape, given))


def dim(size: Dim) -> str:
    """One dim: a number, ``None``, ``?`` or an expression."""
    return str(size)


def product(sizes: Iterable[Dim], times: str = "×") -> str:
    """Sizes to be multiplied; a compound expression in brackets."""
    return times.join(
        f"({size})" if isinstance(size, Expr) and " " in str(size) else dim(size) for size in sizes
    )


def params(number: int | None) -> str:
    """A number of weights."""
    return count("?" if number is None else number, "param")


def sizes(value: Any) -> str:
    """One size for all axes, or one for each: ``3``, ``3×3``."""
    if isinstance(value, (tuple, list)):
        return "×".join(map(sizes, value))
    return plain(value)


def plain(value: Any) -> str:
    """A value in one word."""
    if isinstance(value, NumpyScalar):
        return str(value.value)
    if isinstance(value, Callable_):
        return value.name.rpartition(".")[2]
    if isinstance(value, (KerasObject, ClassObject)):
        return value.path.rpartition(".")[2]
    if isinstance(value, ArrayValue):
        return "array"
    if isinstance(value, (tuple, list)):
        return f"({', '.join(map(plain, value))})"
    if isinstance(value, (str, int, float, Expr, Unknown)) or value is None:
        return str(value)
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else "…"


def count(number: int | str, noun: str) -> str:
    """A number of things, in the language of the picture."""
    return language.count(number, noun)
