"""Reading the shape that a comment states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from keraslint.tensors.dims import Expr, Unknown
from keraslint.tensors.shapes import Shape, show

BATCH = frozenset(("none", "batch", "batch_size", "batchsize", "bs", "n", "b", "?", "-1"))
NOTHING = frozenset(("?", "-1", ":", "..."))

_LABEL = re.compile(r"\boutput[ _-]?shape\b|输出形状|\boutput[ _]dim(?:ension)?s\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:is|are|becomes|[:\uff1a=]+)?\s*", re.IGNORECASE)
_PLAIN_LABEL = re.compile(r"(?<!#)#+\s*shape\s*(?:[:\uff1a=]+\s*)?(?=[(\[])", re.IGNORECASE)
_ARROW = re.compile(r"(?:->|=>|→|⇒|-->)\s*(?:outputs? )?(?=[(\[])")
_BARE = re.compile(r"(?<!#)#+\s*(?=\()")
_SIMPLE = re.compile(r"None|\?|-1|\d+|[^\W\d]\w*(?: ?[-+*/]{1,2} ?\w+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A shape in a comment.

    Attributes:
        start: where its text begins in the comment.
        end: where its text ends.
        dims: its dims as written; of several tensors, one tuple for each.
    """

    start: int
    end: int
    dims: tuple[tuple[str, ...], ...]


def stated(comment: str) -> Stated | None:
    """The output shape that a comment states, if it states one."""
    for label in _LABEL.finditer(comment):
        between = _BETWEEN.match(comment, label.end())
        assert between is not None
        if found := _shapes(comment, between.end()):
            return found
    plain = _PLAIN_LABEL.match(comment)
    if plain and (found := _to_the_end(comment, plain.end())):
        return found
    *_, arrow = (None, *_ARROW.finditer(comment))
    if arrow is not None:
        return _to_the_end(comment, arrow.end())
    bare = _BARE.match(comment)
    found = _to_the_end(comment, bare.end()) if bare else None
    return found if found and all(_has_batch(dims) for dims in found.dims) else None


def contradicts(dims: tuple[str, ...], shape: Shape) -> bool:
    """Whether a stated shape cannot be this one. It may leave the batch out."""
    if isinstance(shape, Unknown) or "..." in dims:
        return False
    if len(dims) == len(shape) and not _differ(dims, shape):
        return False
    return _has_batch(dims) or len(dims) != len(shape) - 1 or _differ(("batch", *dims), shape)


def corrected(dims: tuple[str, ...], shape: tuple[object, ...]) -> str:
    """The shape as the comment should state it, with as much as possible of what it says."""
    if not _has_batch(dims) and len(dims) == len(shape) - 1:
        return _joined([_kept(d, dim, 1) for d, dim in zip(dims, shape[1:], strict=True)])
    if len(dims) == len(shape):
        pairs = enumerate(zip(dims, shape, strict=True))
        return _joined([_kept(d, dim, axis) for axis, (d, dim) in pairs])
    first = _kept(dims[0], shape[0], 0) if dims and shape and _has_batch(dims) else None
    return _joined([first or str(shape[0]), *map(str, shape[1:])]) if shape else "()"


def text_of(shapes: tuple[Shape, ...]) -> str:
    """Shapes as a comment states them: one alone, several in brackets."""
    return show(shapes[0]) if len(shapes) == 1 else f"[{', '.join(map(show, shapes))}]"


def _kept(written: str, dim: object, axis: int) -> str:
    return str(dim) if _differs(written, dim, axis) else written


def _joined(dims: list[str]) -> str:
    return f"({dims[0]},)" if len(dims) == 1 else f"({', '.join(dims)})"


def _differ(dims: tuple[str, ...], shape: tuple[object, ...]) -> bool:
    pairs = enumerate(zip(dims, shape, strict=True))
    return any(_differs(written, dim, axis) for axis, (written, dim) in pairs)


def _differs(written: str, dim: object, axis: int) -> bool:
    if isinstance(dim, (Expr, Unknown)) or dim is None or written in NOTHING:
        return False
    if axis == 0 and written.lower() in BATCH:
        return False
    if written == "None":
        return True
    return written.isdecimal() and int(written) != dim


def _has_batch(dims: tuple[str, ...]) -> bool:
    return bool(dims) and dims[0].lower() in BATCH


def _to_the_end(comment: str, start: int) -> Stated | None:
    found = _shapes(comment, start)
    if found is None or comment[found.end :].strip(" \t.,;"):
        return None
    return found if all(_SIMPLE.fullmatch(d) for dims in found.dims for d in dims) else None


def _shapes(comment: str, start: int) -> Stated | None:
    """The shape that begins at an offset, or the list of shapes."""
    opening = comment[start : start + 1]
    one = _dims(comment, start) if opening == "(" else None
    if one is not None:
        return Stated(start, one[1], (one[0],))
    if opening != "[":
        return None
    dims = []
    offset = start + 1
    while (found := _dims(comment, offset)) is not None:
        dims.append(found[0])
        between = re.compile(r"\s*,?\s*").match(comment, found[1])
        assert between is not None
        offset = between.end()
    if not dims or comment[offset : offset + 1] != "]":
        return None
    return Stated(start, offset + 1, tuple(dims))


def _dims(comment: str, start: int) -> tuple[tuple[str, ...], int] | None:
    """The dims of the tuple that begins at an offset, and where it ends."""
    if comment[start : start + 1] != "(":
        return None
    depth = 0
    cuts = [start]
    for offset in range(start, len(comment)):
        character = comment[offset]
        depth += (character in "([") - (character in ")]")
        if depth == 1 and character == ",":
            cuts.append(offset)
        if depth == 0:
            cuts.append(offset)
            parts = [comment[a + 1 : b].strip() for a, b in pairwise(cuts)]
            if not parts[-1]:
                parts.pop()
            is_tuple = len(cuts) > 2 and all(parts)
            return (tuple(parts), offset + 1) if is_tuple else None
    return None
