"""Tensors as boxes: the rank decides the picture. The batch axis is never drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from keraslint.diagrams.axes import Axis
from keraslint.diagrams.display import Bounds, Item, Line, Point, Polygon, Rect, Text

BAR, SQUARE, UNKNOWN_SIDE = 14, 16, 64
LABEL = 9
STACKED = 3
STEP_OF_STACK = 9


@dataclass(frozen=True, slots=True)
class Box:
    """A tensor, its front face with the upper left corner at the origin.

    Attributes:
        axes: those behind the batch, in the order of the layout.
        down, across, back: the axes that are drawn in these directions, where there are any.
        piled: the axis along which boxes are stacked, for rank 5.
        rank: the tensor's rank, `None` if it is not known.
        wrong: whether it is unknown because of an error.
    """

    axes: tuple[Axis, ...]
    rank: int | None
    wrong: bool = False

    @property
    def drawn(self) -> bool:
        """Whether its axes are drawn at all."""
        return self.rank in {2, 3, 4, 5}

    @property
    def down(self) -> Axis | None:
        """The axis drawn downwards."""
        if self.rank == 2:
            return self.axes[0] if self.axes[0].kind == "space" else None
        return self._face[0] if self.drawn else None

    @property
    def across(self) -> Axis | None:
        """The axis drawn from left to right."""
        if self.rank == 2:
            return None if self.down else self.axes[0]
        return self._face[1] if self.drawn else None

    @property
    def back(self) -> Axis | None:
        """The axis drawn into the picture."""
        return self._channel if self.rank in {4, 5} else None

    @property
    def piled(self) -> Axis | None:
        """The axis along which boxes are stacked."""
        return next(iter(self._spatial)) if self.rank == 5 else None

    @property
    def _channel(self) -> Axis | None:
        return next((axis for axis in self.axes if axis.kind == "channel"), None)

    @property
    def _spatial(self) -> list[Axis]:
        return [axis for axis in self.axes if axis.kind == "space"]

    @property
    def _face(self) -> tuple[Axis, Axis]:
        if self.rank == 3:
            return self.axes[0], self.axes[1]
        first, second = self._spatial[-2:]
        return first, second

    @property
    def width(self) -> int:
        """Of the front face."""
        if not self.drawn:
            return SQUARE if self.rank in {0, 1} else UNKNOWN_SIDE
        return self.across.length if self.across else SQUARE

    @property
    def height(self) -> int:
        """Of the front face."""
        if not self.drawn:
            return SQUARE if self.rank in {0, 1} else UNKNOWN_SIDE
        return self.down.length if self.down else BAR

    @property
    def depth(self) -> Point:
        """How far the back is to the right of the front and above it."""
        return (0, 0) if self.back is None else oblique(self.back.length)

    @property
    def face(self) -> Bounds:
        """The front face."""
        return Bounds(0, 0, self.width, self.height)

    def items(self) -> Iterator[Item]:
        """The box without its labels."""
        if not self.drawn:
            yield from self._plain()
            return
        if self.piled is not None:
            for level in range(STACKED - 1, 0, -1):
                shift = level * STEP_OF_STACK
                yield from self._cuboid(-shift, shift)
        yield from self._cuboid(0, 0)

    def _plain(self) -> Iterator[Item]:
        if self.rank in {0, 1}:
            yield Rect(0, 0, self.width, self.height, "face")
            yield from outline(self.face, "edge", "edge")
            return
        role = "unknown-error" if self.wrong else "unknown"
        yield Rect(0, 0, self.width, self.height, role)
        text = "?" if self.rank is None else f"rank {self.rank}"
        size = 24 if self.rank is None else LABEL + 2
        written = "wrong-strong" if self.wrong else "note"
        x, y = self.face.centre
        yield Text(x, y + size // 3, text, written, size, "middle")

    def _cuboid(self, x: int, y: int) -> Iterator[Item]:
        face = self.face.moved(x, y)
        across, down = _edge(self.across), _edge(self.down)
        dx, dy = self.depth
        if self.back is not None:
            back = face.moved(dx, dy)
            top = ((face.left, face.top), (back.left, back.top), (back.right, back.top))
            yield Polygon((*top, (face.right, face.top)), "top")
            side = ((face.right, face.top), (back.right, back.top), (back.right, back.bottom))
            yield Polygon((*side, (face.right, face.bottom)), "side")
        yield Rect(face.left, face.top, face.width, face.height, "face")
        yield from self._grid(face)
        yield from outline(face, across, down)
        if self.back is not None:
            depth = _edge(self.back)
            yield Line(((back.left, back.top), (back.right, back.top)), across)
            yield Line(((back.right, back.top), (back.right, back.bottom)), down)
            for corner in (
                (face.left, face.top),
                (face.right, face.top),
                (face.right, face.bottom),
            ):
                yield Line((corner, (corner[0] + dx, corner[1] + dy)), depth)

    def _grid(self, face: Bounds) -> Iterator[Item]:
        """One line for each step of a matrix, each position of a bar of steps."""
        if self.rank not in {2, 3}:
            return
        down, across = self.down, self.across
        if down is not None and down.kind == "space" and down.true:
            assert isinstance(down.size, int)
            for i in range(1, down.size):
                y = face.top + down.span(i, 0)[0]
                yield Line(((face.left, y), (face.right, y)), "grid")
        elif across is not None and across.kind == "space" and across.true:
            assert isinstance(across.size, int)
            for i in range(1, across.size):
                x = face.left + across.span(i, 0)[0]
                yield Line(((x, face.top), (x, face.bottom)), "grid")

    def labels(self, left: int, below: int, top: int = 0) -> Iterator[Item]:
        """The names and sizes of the axes, beyond what stands out on the left, below and above."""
        if not self.drawn:
            return
        pile = (STACKED - 1) * STEP_OF_STACK if self.piled is not None else 0
        x, y = self.face.centre
        if self.down is not None:
            yield Text(
                -max(left, pile) - 5,
                y + pile,
                self.down.label,
                self.down.kind,
                LABEL,
                "middle",
                True,
            )
        if self.across is not None:
            below = max(below, pile) + self.height + 12
            yield Text(x - pile, below, self.across.label, self.across.kind, LABEL, "middle")
        dx, dy = self.depth
        if self.back is not None:
            right = self.width + dx
            yield Text(right, min(dy, top) - 4, self.back.label, self.back.kind, LABEL, "end")
        if self.piled is not None:
            yield Text(x - pile, below + 11, self.piled.label, self.piled.kind, LABEL, "middle")


def outline(face: Bounds, across: str, down: str) -> Iterator[Item]:
    """The edges of a face, the horizontal and the vertical ones in their roles."""
    if across == down == "edge":
        corners = ((face.left, face.top), (face.right, face.top), (face.right, face.bottom))
        yield Line((*corners, (face.left, face.bottom), (face.left, face.top)), "edge")
        return
    for y in (face.top, face.bottom):
        yield Line(((face.left, y), (face.right, y)), across)
    for x in (face.left, face.right):
        yield Line(((x, face.top), (x, face.bottom)), down)


def oblique(length: int) -> Point:
    """Where a point goes that is ``length`` further back: to the right and up."""
    return length * 4 // 5, -length * 11 // 20


def _edge(axis: Axis | None) -> str:
    return "edge" if axis is None or axis.known else "edge-unknown"
