"""The display list: what a picture is made of, in whole units, before any file format.

The origin is the upper left corner, x grows to the right and y downwards. What something looks
like is a matter of its role (`keraslint.diagrams.theme`), not of the shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from keraslint.diagrams.measure import width

Anchor = Literal["start", "middle", "end"]
Point: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box, its corners rounded by ``radius``."""

    x: int
    y: int
    width: int
    height: int
    role: str
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape."""

    points: tuple[Point, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through points, with an arrow head at its end if it is an ``arrow``."""

    points: tuple[Point, ...]
    role: str
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is its baseline. ``upright`` text is read from below."""

    x: int
    y: int
    text: str
    role: str
    size: int
    anchor: Anchor = "start"
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Items that lead to a page."""

    url: str
    items: tuple[Item, ...]


Item: TypeAlias = "Rect | Polygon | Line | Text | Link"


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture.

    Attributes:
        title: what it shows, in a few words.
        description: the same for those who cannot see it, in sentences with the shapes.
        items: from back to front.
    """

    width: int
    height: int
    title: str
    description: str
    items: tuple[Item, ...]

    @property
    def linked(self) -> bool:
        """Whether it holds links."""
        return any(isinstance(item, Link) for item in self.items)


def move(items: Iterable[Item], dx: int, dy: int) -> Iterator[Item]:
    """The same items elsewhere."""
    for item in items:
        if isinstance(item, Link):
            yield replace(item, items=tuple(move(item.items, dx, dy)))
        elif isinstance(item, (Polygon, Line)):
            yield replace(item, points=tuple((x + dx, y + dy) for x, y in item.points))
        else:
            yield replace(item, x=item.x + dx, y=item.y + dy)


def flat(items: Iterable[Item]) -> Iterator[Rect | Polygon | Line | Text]:
    """All items, those inside links as well."""
    for item in items:
        if isinstance(item, Link):
            yield from flat(item.items)
        else:
            yield item


@dataclass(frozen=True, slots=True)
class Bounds:
    """The stretch that something takes up."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The middle."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    def moved(self, dx: int, dy: int) -> Bounds:
        """The same elsewhere."""
        return Bounds(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


def bounds(items: Iterable[Item]) -> Bounds:
    """What items take up, text by its estimate."""
    corners = [corner for item in flat(items) for corner in _corners(item)]
    if not corners:
        return Bounds(0, 0, 0, 0)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def _corners(item: Rect | Polygon | Line | Text) -> tuple[Point, ...]:
    if isinstance(item, Rect):
        return ((item.x, item.y), (item.x + item.width, item.y + item.height))
    if isinstance(item, (Polygon, Line)):
        return item.points
    return extent(item)


def extent(text: Text) -> tuple[Point, Point]:
    """Two corners of the box of a text."""
    long = width(text.text, text.size)
    back = {"start": 0, "middle": long // 2, "end": long}[text.anchor]
    ascent, descent = text.size * 4 // 5, text.size // 4
    if text.upright:
        start = text.y + back
        return ((text.x - ascent, start - long), (text.x + descent, start))
    start = text.x - back
    return ((start, text.y - ascent), (start + long, text.y + descent))


def stack(pictures: list[Picture], gap: int = 24) -> Picture:
    """Several pictures as one, from top to bottom."""
    if len(pictures) == 1:
        return pictures[0]
    items: list[Item] = []
    y = 0
    for picture in pictures:
        items += move(picture.items, 0, y)
        y += picture.height + gap
    return Picture(
        max((picture.width for picture in pictures), default=0),
        max(y - gap, 0),
        "; ".join(picture.title for picture in pictures),
        " ".join(picture.description for picture in pictures),
        tuple(items),
    )
