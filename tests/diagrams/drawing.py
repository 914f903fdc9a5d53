"""Models from source text, and what the tests look at in pictures of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from keraslint.analysis import Analysis, ModelRecord
from keraslint.diagrams import Failure
from keraslint.diagrams.display import Bounds, Line, Picture, Rect, Text, extent, flat
from keraslint.engine import analyse_bytes, analyse_file
from keraslint.refusals import failures

EXAMPLES = sorted(Path("docs/examples").glob("*.py"))
CARDS = ("card", "error")


def analysed(code: str, filename: str = "model.py") -> Analysis:
    return analyse_bytes(filename, code.encode())


def model(code: str, name: str = "model") -> ModelRecord:
    return next(m for m in analysed(code).models if name in m.qualnames)


def with_failures(code: str, name: str = "model") -> tuple[ModelRecord, list[Failure]]:
    analysis = analysed(code)
    found = next(m for m in analysis.models if name in m.qualnames)
    return found, list(failures(analysis))


@cache
def example(name: str) -> Analysis:
    return analyse_file(f"docs/examples/{name}.py")


def application(name: str) -> ModelRecord:
    return model(f"from keras.applications import {name}\nmodel = {name}(weights=None)\n")


def sequential(*layers: str, shape: str) -> ModelRecord:
    inner = ", ".join(f"L.{layer}" for layer in layers)
    return model(
        "from keras import Input, Sequential, layers as L\n"
        f"model = Sequential([Input({shape}), {inner}])\n"
    )


def cards(picture: Picture) -> list[Bounds]:
    """The boxes of the cards, without those behind a card that show that it is repeated."""
    found = [
        Bounds(r.x, r.y, r.x + r.width, r.y + r.height)
        for r in flat(picture.items)
        if isinstance(r, Rect) and r.role in CARDS and r.radius
    ]
    return [box for box in found if box.moved(-4, -2) not in found and not _behind(box, found)]


def _behind(box: Bounds, found: list[Bounds]) -> bool:
    return box.moved(-8, -4) in found


def texts(picture: Picture) -> Iterator[tuple[Text, Bounds]]:
    for item in flat(picture.items):
        if isinstance(item, Text):
            (left, top), (right, bottom) = extent(item)
            yield item, Bounds(left, top, right, bottom)


def edges(picture: Picture) -> Iterator[Line]:
    for item in flat(picture.items):
        if isinstance(item, Line) and item.role in {"flow", "shortcut", "error-flow", "unknown"}:
            yield item


def overlap(a: Bounds, b: Bounds) -> bool:
    """Whether two boxes have more in common than an edge."""
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def within(inner: Bounds, outer: Bounds) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def crosses(line: Line, box: Bounds) -> bool:
    """Whether a line of level and upright strokes runs through the inside of a box."""
    for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
        stroke = Bounds(min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1)
        inside = Bounds(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)
        if overlap(stroke, inside):
            return True
    return False
