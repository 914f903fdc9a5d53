"""Windows and results as they are drawn on boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.diagrams.boxes import LABEL, Box, oblique
from keraslint.diagrams.display import Bounds, Item, Line, Polygon, Rect, Text, bounds
from keraslint.diagrams.language import say
from keraslint.diagrams.measure import width
from keraslint.diagrams.regions import OVERHANG, Region
from keraslint.diagrams.windows import Pairs, Window, effective

ARROW = 20
LEAST_HEIGHT = 11
SLACK = 3


def result(box: Box, region: Region) -> Iterator[Item]:
    """The part of the output that one window makes."""
    if region.whole and box.rank != 2:
        return
    for cell in region.cells:
        yield from solid(cell, region.depth, "result")


def frame(region: Region) -> Iterator[Item]:
    """What is left inside a border, or stood there before."""
    hull = region.hull
    yield Rect(hull.left, hull.top, hull.width, hull.height, "kernel-next")


def kernel(box: Box, region: Region, window: Window, following: Sequence[Bounds]) -> Iterator[Item]:
    """A window with its label, its next positions and the ways it goes."""
    next_ones = [Rect(f.left, f.top, f.width, f.height, "kernel-next") for f in following]
    if box.back is None:
        yield from next_ones
    for cell in region.cells:
        yield from solid(_overhanging(box, cell), region.depth, "kernel")
    yield from _grid(region)
    if box.back is not None:
        yield from next_ones
    yield from _arrows(box, region, window, following)
    yield from _label(box, region, window, lower=bool(following))


def _overhanging(box: Box, cell: Bounds) -> Bounds:
    """A band over the whole width stands out a little on both sides."""
    if box.rank != 3:
        return cell
    if cell.width == box.width and cell.height < box.height:
        return Bounds(cell.left - OVERHANG, cell.top, cell.right + OVERHANG, cell.bottom)
    if cell.height == box.height and cell.width < box.width:
        return Bounds(cell.left, cell.top - OVERHANG, cell.right, cell.bottom + OVERHANG)
    return cell


def solid(face: Bounds, depth: int, role: str) -> Iterator[Item]:
    """A box with that face, reaching back."""
    if depth:
        dx, dy = oblique(depth)
        back = face.moved(dx, dy)
        top = ((face.left, face.top), (back.left, back.top), (back.right, back.top))
        yield Polygon((*top, (face.right, face.top)), role)
        side = ((face.right, face.top), (back.right, back.top), (back.right, back.bottom))
        yield Polygon((*side, (face.right, face.bottom)), role)
    yield Rect(face.left, face.top, face.width, face.height, role)


def _grid(region: Region) -> Iterator[Item]:
    hull = region.hull
    down, across = region.cut
    for i in range(1, down):
        y = hull.top + hull.height * i // down
        yield Line(((hull.left, y), (hull.right, y)), "kernel-grid")
    for i in range(1, across):
        x = hull.left + hull.width * i // across
        yield Line(((x, hull.top), (x, hull.bottom)), "kernel-grid")


def _arrows(
    box: Box, region: Region, window: Window, following: Sequence[Bounds]
) -> Iterator[Item]:
    """The ways the window goes, beyond its next positions."""
    spatial = [axis for axis in box.axes if axis.kind == "space"]
    reach = region.hull
    for next_ in following:
        reach = Bounds(
            reach.left, reach.top, max(reach.right, next_.right), max(reach.bottom, next_.bottom)
        )
    for slide in window.slides:
        axis = spatial[abs(slide) if slide >= 0 else 0] if spatial else None
        if axis is None:
            continue
        if axis == box.down:
            yield _downwards(box, region.hull, reach.bottom, back=slide < 0)
        elif axis == box.across:
            right = max(reach.right, region.hull.right + oblique(region.depth)[0])
            yield _sideways(box, region.hull, right, back=slide < 0)


def _downwards(box: Box, hull: Bounds, reach: int, back: bool) -> Item:
    if box.rank in {2, 3}:
        x = -OVERHANG - 6
        ends = (hull.top - ARROW, hull.centre[1]) if back else (hull.centre[1], hull.bottom + ARROW)
        top, bottom = ends
    else:
        x, top, bottom = hull.centre[0], reach + 2, reach + ARROW
    points = ((x, bottom), (x, top)) if back else ((x, top), (x, bottom))
    return Line(points, "kernel-arrow", arrow=True)


def _sideways(box: Box, hull: Bounds, reach: int, back: bool) -> Item:
    if box.rank in {2, 3}:
        y = box.height + OVERHANG + 6
        left, right = hull.centre[0], hull.right + ARROW
    else:
        y, left, right = hull.centre[1], reach + 2, reach + ARROW
    points = ((right, y), (left, y)) if back else ((left, y), (right, y))
    return Line(points, "kernel-arrow", arrow=True)


def _label(box: Box, region: Region, window: Window, *, lower: bool) -> Iterator[Item]:
    if not window.label:
        return
    hull, size = region.hull, LABEL
    long = width(window.label, size)
    x, y = hull.centre[0], _middle(region)
    inside = hull.width >= long + 4 and hull.height >= LEAST_HEIGHT and len(region.cells) == 1
    if inside and (box.back is None or region.hull == box.face):
        yield Text(x, y + size // 3, window.label, "strong", size, "middle")
    elif box.back is not None:
        yield _beneath(box, hull, window.label, long, lower=lower)
    else:
        beside = hull.right if box.rank == 3 and len(region.cells) == 1 else box.width
        yield Text(beside + OVERHANG + 4, y + size // 3, window.label, "strong", size)


def _middle(region: Region) -> int:
    """The middle of a window, between the lines in it; of its last part if there are gaps."""
    hull, count = region.cells[-1], max(region.cut[0], 1)
    row = count // 2
    return hull.top + hull.height * (2 * row + 1) // (2 * count)


def _beneath(box: Box, hull: Bounds, label: str, long: int, *, lower: bool) -> Text:
    """The label of a window on an image: below its right end, clear of the arrows.

    Where it does not fit on the face, it stands beside the box.
    """
    right, middle, y = hull.right + 4, hull.centre[0] + 6, hull.bottom + 12
    places = [(right, y)] if lower else [(right, hull.bottom + 5), (right, y), (middle, y)]
    for x, y in places:
        if x + long <= box.width + SLACK and y <= box.height - SLACK:
            return Text(x, y, label, "strong", LABEL)
    beside = box.width + box.depth[0] + OVERHANG + 4
    return Text(beside, hull.bottom + LABEL, label, "strong", LABEL)


def margins(
    box: Box, window: Window | None, drawn: Sequence[Rect | Polygon | Line | Text]
) -> tuple[int, int]:
    """How far the padding, arrows and labels of a window stand out on the left and below.

    Args:
        box: a tensor.
        window: that of the layer that reads it.
        drawn: all marks on the box.
    """
    left, below = 0, 0
    if window is not None and not window.on_target:
        (_, below), (left, _) = _zeros(box, window, window.padding)
        if box.rank in {2, 3} and window.slides:
            along = next((axis for axis in box.axes if axis.kind == "space"), None)
            if along == box.down:
                left = max(left, OVERHANG + 10)
            else:
                below = max(below, OVERHANG + 10)
    if box.back is not None:
        told = [mark for mark in drawn if mark.role == "kernel-arrow" or isinstance(mark, Text)]
        beneath = [mark for mark in told if bounds([mark]).left < box.width]
        below = max(below, bounds(beneath).bottom - box.height)
    return left, below


def padding(box: Box, window: Window) -> Iterator[Item]:
    """The zeros around a box, dashed."""
    down, across = _zeros(box, window, window.padding)
    above, below = down
    left, right = across
    if not any((above, below, left, right)):
        return
    if box.rank == 3:
        yield from _bands(box, (above, below), (left, right))
    else:
        yield Rect(-left, -above, box.width + left + right, box.height + above + below, "padding")


def _bands(box: Box, down: tuple[int, int], across: tuple[int, int]) -> Iterator[Item]:
    above, below = down
    left, right = across
    if above:
        yield Rect(0, -above, box.width, above, "padding")
        yield Text(box.width + 6, LABEL - above, say("0-pad"), "note", LABEL)
    if below:
        yield Rect(0, box.height, box.width, below, "padding")
    if left:
        yield Rect(-left, 0, left, box.height, "padding")
    if right:
        yield Rect(box.width, 0, right, box.height, "padding")


def _zeros(box: Box, window: Window, pairs: Pairs) -> tuple[tuple[int, int], tuple[int, int]]:
    """How far the zeros reach above and below, left and right."""
    reach = {"down": (0, 0), "across": (0, 0)}
    spatial = [axis for axis in box.axes if axis.kind == "space"]
    for i, (before, after) in enumerate(pairs[: len(spatial)]):
        axis = spatial[i]
        count = window.source.spatial[i] or 1
        cell = axis.cell(effective(count, window.dilation[i]))
        ends = (before * cell, after * cell)
        if axis.true:
            ends = (axis.span(0, before)[1], axis.span(0, after)[1])
        if axis == box.down:
            reach["down"] = ends
        elif axis == box.across:
            reach["across"] = ends
    return reach["down"], reach["across"]
