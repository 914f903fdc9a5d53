"""The shapes of products of arrays: ``matmul``, ``dot``, ``tensordot``, ``outer``, ``einsum``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.libraries.array_shapes import (
    Undefined,
    axes,
    broadcast,
    flatten,
    integer,
    items_of,
    meet,
)
from keraslint.interpreter.values import Sequence_
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, differ
from keraslint.tensors.shapes import Shape


def matmul(a: Shape, b: Shape) -> Shape:
    """``a @ b``: the last axis with the one before the last, leading axes broadcast."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    if not a or not b:
        raise Undefined
    left = a if len(a) > 1 else (1, *a)
    right = b if len(b) > 1 else (*b, 1)
    _contract(left[-1], right[-2])
    lead = broadcast(left[:-2], right[:-2])
    if isinstance(lead, Unknown):
        return UNKNOWN
    rows = () if len(a) == 1 else (left[-2],)
    columns = () if len(b) == 1 else (right[-1],)
    return (*lead, *rows, *columns)


def dot(a: Shape, b: Shape) -> Shape:
    """``np.dot``: the last axis with the one before the last, the others side by side."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    if not a or not b:
        return a + b
    at = max(len(b) - 2, 0)
    _contract(a[-1], b[at])
    return (*a[:-1], *b[:at], *b[at + 1 :])


def outer(a: Shape, b: Shape) -> Shape:
    """``np.outer`` of the flattened arrays."""
    left, right = flatten(a), flatten(b)
    return UNKNOWN if isinstance(left, Unknown) or isinstance(right, Unknown) else left + right


def tensordot(a: Shape, b: Shape, which: Any = 2) -> Shape:
    """A sum over the given axes of both, the others side by side."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    if isinstance(which, (tuple, Sequence_)):
        pair = items_of(which)
        if len(pair) != 2 or None in pair:
            raise Undefined
        left, right = axes(pair[0], len(a)), axes(pair[1], len(b))
    else:
        n = integer(which)
        if not 0 <= n <= min(len(a), len(b)):
            raise Undefined
        left, right = tuple(range(len(a) - n, len(a))), tuple(range(n))
    if len(left) != len(right):
        raise Undefined
    for i, j in zip(left, right, strict=True):
        _contract(a[i], b[j])
    kept = [dim for i, dim in enumerate(a) if i not in left]
    return (*kept, *(dim for j, dim in enumerate(b) if j not in right))


def _contract(a: Dim, b: Dim) -> None:
    if differ(a, b):
        raise Undefined


def einsum(equation: Any, shapes: list[Shape]) -> Shape:
    """Einstein's sum convention; an ellipsis stands for broadcast axes."""
    if not isinstance(equation, str):
        raise Undefined
    inputs, arrow, output = equation.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if len(terms) != len(shapes):
        raise Undefined
    if not arrow:
        output = _implicit_output(terms)
    sizes: dict[str, Dim] = {}
    spread: list[Shape] = []
    complete = True
    for term, shape in zip(terms, shapes, strict=True):
        if isinstance(shape, Unknown):
            complete = False
        else:
            _note_sizes(term, shape, sizes, spread)
    if "..." in output and not complete:
        return UNKNOWN
    middle = broadcast(*spread) if spread else ()
    return _einsum_output(output, sizes, middle, "".join(terms))


def _implicit_output(terms: list[str]) -> str:
    letters = "".join(terms).replace("...", "")
    once = "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))
    return ("..." if any("..." in term for term in terms) else "") + once


def _note_sizes(
    term: str, shape: tuple[Dim, ...], sizes: dict[str, Dim], spread: list[Shape]
) -> None:
    before, dots, after = term.partition("...")
    if len(before) + len(after) > len(shape) or (not dots and len(before) != len(shape)):
        raise Undefined
    end = len(shape) - len(after)
    if dots:
        spread.append(shape[len(before) : end])
    for letter, dim in [*zip(before, shape, strict=False), *zip(after, shape[end:], strict=True)]:
        known = sizes.get(letter, dim)
        sizes[letter] = dim if known == 1 else known if dim == 1 else meet(known, dim)


def _einsum_output(output: str, sizes: dict[str, Dim], middle: Shape, letters: str) -> Shape:
    before, dots, after = output.partition("...")
    if isinstance(middle, Unknown) and dots:
        return UNKNOWN
    if any(letter not in letters for letter in before + after):
        raise Undefined
    inner = middle if dots and not isinstance(middle, Unknown) else ()
    left = [sizes.get(letter, UNKNOWN) for letter in before]
    return (*left, *inner, *(sizes.get(letter, UNKNOWN) for letter in after))
