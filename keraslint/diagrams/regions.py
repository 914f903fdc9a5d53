"""Where on two boxes a window and its result stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from keraslint.diagrams.axes import Axis
from keraslint.diagrams.boxes import Box
from keraslint.diagrams.display import Bounds
from keraslint.diagrams.windows import WHOLE, Patch, Window, effective

PHASES = (28, 72)
"""How far along an axis the windows of neighbouring layers stand, in hundredths."""
SIDEWAYS = 24
"""How far from the left on an image, which leaves room for the label on the right."""
OVERHANG = 4
THINNEST = 4
FRAME = 10

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a box.

    Attributes:
        cells: on the front face, one by one if there are gaps between them.
        hull: around all of them.
        depth: how far it reaches back, 0 for a flat box.
        whole: whether it is all of the box.
        cut: the numbers of its positions down and across, 0 where they are not drawn.
    """

    cells: tuple[Bounds, ...]
    hull: Bounds
    depth: int = 0
    whole: bool = False
    cut: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """The regions of a window: where it reads, where it writes, and its next position."""

    source: Region
    target: Region
    following: tuple[Bounds, ...] = ()


def regions(window: Window, source: Box, target: Box, phase: int) -> Pair | None:
    """Where a window stands on the boxes; `None` if one of them is not drawn."""
    if not source.drawn or not target.drawn:
        return None
    if window.frame:
        return _framed(window, source, target)
    if window.on_target:
        turned = replace(window, source=window.target, target=window.source, padding=())
        pair = _slid(turned, target, source, PHASES[phase % 2])
        return Pair(pair.target, pair.source, pair.following)
    return _slid(window, source, target, PHASES[phase % 2])


def _slid(window: Window, source: Box, target: Box, at: int) -> Pair:
    reads: dict[str, list[Span]] = {}
    writes: dict[str, list[Span]] = {}
    offsets: dict[str, int] = {}
    inner, outer = _spatial(source), _spatial(target)
    for i, axis in enumerate(inner):
        other = outer[i] if i < len(outer) else None
        count = _count(window.source, i)
        if count is WHOLE:
            reads[axis.name] = [(0, axis.length)]
            continue
        stride = window.strides[i] if i < len(window.strides) else 1
        spread = window.dilation[i] if i < len(window.dilation) else 1
        before = window.padding[i][0] if i < len(window.padding) else 0
        place = SIDEWAYS if source.rank != 3 and axis == source.across else at
        index = _index(axis, other, place, stride)
        start = index * stride - before
        reads[axis.name] = _taps(axis, start, count, spread, place)
        offsets[axis.name] = axis.cell(effective(count, spread)) * stride
        if stride == 1 or (other is not None and other.size == 1):
            offsets[axis.name] = 0
    for i, axis in enumerate(outer):
        count = _count(window.target, i)
        if count is WHOLE:
            writes[axis.name] = [(0, axis.length)]
            continue
        stride = window.strides[i] if i < len(window.strides) else 1
        place = SIDEWAYS if target.rank != 3 and axis == target.across else at
        index = _index(inner[i] if i < len(inner) else axis, axis, place, stride)
        writes[axis.name] = _taps(axis, index, count, 1, place)
    read = _region(source, window.source, reads, at)
    return Pair(read, _region(target, window.target, writes, at), _next(source, read, offsets))


def _count(patch: Patch, i: int) -> int | None:
    return patch.spatial[i] if i < len(patch.spatial) else WHOLE


def _spatial(box: Box) -> list[Axis]:
    return [axis for axis in box.axes if axis.kind == "space"]


def _index(axis: Axis, other: Axis | None, at: int, stride: int) -> int:
    """Which position of the output is shown."""
    size = other.size if other is not None else axis.size
    if not isinstance(size, int):
        size = (axis.size if isinstance(axis.size, int) else 100) // stride
    return max(size - 1, 0) * at // 100


def _taps(axis: Axis, start: int, count: int, spread: int, at: int) -> list[Span]:
    """The positions of a window on one axis, those without gaps together."""
    starts = [start + i * spread for i in range(count)] if spread > 1 else [start]
    each = 1 if spread > 1 else count
    extent = effective(count, spread)
    if axis.scaled(extent):
        return [_thick(axis.span(first, each)) for first in starts]
    cell = axis.cell(extent)
    origin = (axis.length - extent * cell) * at // 100
    return [
        _thick((origin + (first - start) * cell, origin + (first - start + each) * cell))
        for first in starts
    ]


def _thick(span: Span) -> Span:
    """A stretch that can be seen."""
    return span if span[1] - span[0] >= 2 else (span[0], span[0] + 2)


def _region(box: Box, patch: Patch, spans: dict[str, list[Span]], at: int) -> Region:
    channel = next((axis for axis in box.axes if axis.kind == "channel"), None)
    depth = 0
    if channel is not None:
        part = _channels(channel, patch.channels, at, deep=box.back is not None)
        spans = {**spans, channel.name: [part]}
        depth = part[1] if box.back is not None else 0
    down = spans.get(box.down.name, [(0, box.height)]) if box.down else [(0, box.height)]
    across = spans.get(box.across.name, [(0, box.width)]) if box.across else [(0, box.width)]
    cells = tuple(Bounds(x0, y0, x1, y1) for (y0, y1), (x0, x1) in product(down, across))
    hull = Bounds(across[0][0], down[0][0], across[-1][1], down[-1][1])
    counts = {axis.name: _count(patch, i) for i, axis in enumerate(_spatial(box))}
    cut = (_cut(box.down, down, counts), _cut(box.across, across, counts))
    whole = hull == box.face and patch.channels is WHOLE
    return Region(cells, hull, depth, whole, cut)


def _channels(axis: Axis, count: int | None, at: int, deep: bool) -> Span:
    """The stretch of some channels: from the front, or somewhere on a flat box."""
    if count is WHOLE or not isinstance(axis.size, int) or count >= axis.size:
        return (0, axis.length)
    part = max(axis.length * count // max(axis.size, 1), THINNEST)
    start = 0 if deep else (axis.length - part) * at // 100
    return (start, start + part)


def _cut(axis: Axis | None, spans: list[Span], counts: dict[str, int | None]) -> int:
    count = counts.get(axis.name) if axis is not None else None
    if count is None or len(spans) > 1:
        return 0
    return count if (spans[0][1] - spans[0][0]) // count >= 3 else 0


def _next(box: Box, read: Region, offsets: dict[str, int]) -> tuple[Bounds, ...]:
    """Where the window stands next along each axis on which it does not just move on by one."""
    found = []
    for axis, sideways in ((box.across, True), (box.down, False)):
        offset = offsets.get(axis.name, 0) if axis is not None else 0
        if offset:
            found.append(read.hull.moved(offset, 0) if sideways else read.hull.moved(0, offset))
    return tuple(found)


def _framed(window: Window, source: Box, target: Box) -> Pair:
    """The smaller of two boxes within the larger."""
    framed = source if window.framed == "source" else target
    face = framed.face
    left, top, right, bottom = face.left, face.top, face.right, face.bottom
    for i, axis in enumerate(_spatial(framed)):
        before, after = (_border(axis, n) for n in window.frame[i])
        if axis == framed.down:
            top, bottom = top + before, bottom - after
        elif axis == framed.across:
            left, right = left + before, right - after
    inner = Bounds(left, top, max(right, left + 2), max(bottom, top + 2))
    small = Region((inner,), inner)
    other = target if framed is source else source
    large = Region((other.face,), other.face, whole=True)
    return Pair(small, large) if framed is source else Pair(large, small)


def _border(axis: Axis, count: int) -> int:
    if axis.true:
        return axis.span(0, count)[1]
    return min(FRAME + count, axis.length // 4) if count else 0
