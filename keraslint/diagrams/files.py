"""Layouts for units that follow each other one by one: in a single file, or bent to a U."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from keraslint.diagrams.display import Bounds, Point
from keraslint.diagrams.layout import Layout

Edge = tuple[int, int]

GAP, LANE, FIRST_LANE = 20, 9, 24
ARMS, RISE = 52, 26
NEST = 2
"""How many edges must lie within each other for a U."""


def single_file(sizes: Sequence[tuple[int, int]], edges: Sequence[Edge]) -> Layout:
    """Boxes below each other; edges that pass some by, or lead back, run on the right."""
    boxes: list[Bounds] = []
    y = 0
    for width, height in sizes:
        boxes.append(Bounds(0, y, width, y + height))
        y += height + GAP
    routes: dict[Edge, tuple[Point, ...]] = {}
    long = [edge for edge in edges if edge[1] - edge[0] != 1]
    lanes = _lanes(long)
    starts = dict(_numbered(long, 0))
    ends = dict(_numbered(long, 1))
    for edge in edges:
        source, target = boxes[edge[0]], boxes[edge[1]]
        if edge not in lanes:
            x = source.centre[0]
            routes[edge] = ((x, source.bottom), (x, target.top))
            continue
        x = source.right + FIRST_LANE + LANE * lanes[edge]
        leaves = source.bottom - 9 - starts[edge] * _step(source, starts, edge, 0)
        enters = target.top + 9 + ends[edge] * _step(target, ends, edge, 1)
        routes[edge] = (
            (source.right, leaves), (x, leaves), (x, enters), (target.right, enters)
        )  # fmt: skip
    width = max((x for route in routes.values() for x, _ in route), default=0)
    width = max([width, *(box.right for box in boxes)])
    return Layout(tuple(boxes), routes, width, max(y - GAP, 0))


def _lanes(edges: Sequence[Edge]) -> dict[Edge, int]:
    """A lane for each edge; shorter ones are closer to the boxes."""
    lanes: dict[Edge, int] = {}
    taken: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: (abs(edge[1] - edge[0]), edge)):
        free = (
            number
            for number, others in enumerate(taken)
            if all(max(edge) < min(other) or min(edge) > max(other) for other in others)
        )
        lanes[edge] = next(free, len(taken))
        if lanes[edge] == len(taken):
            taken.append([])
        taken[lanes[edge]].append(edge)
    return lanes


def _step(box: Bounds, numbers: dict[Edge, int], edge: Edge, side: int) -> int:
    """How far apart the edges at the side of a box are, so that all of them meet it."""
    count = sum(other[side] == edge[side] for other in numbers)
    return min(6, max((box.height - 18) // count, 1))


def _numbered(edges: Sequence[Edge], side: int) -> list[tuple[Edge, int]]:
    """Each edge with a number among those at the same box."""
    seen: dict[int, int] = {}
    numbered = []
    for edge in sorted(edges, key=lambda edge: abs(edge[1] - edge[0])):
        numbered.append((edge, seen.get(edge[side], 0)))
        seen[edge[side]] = seen.get(edge[side], 0) + 1
    return numbered


@dataclass(frozen=True, slots=True)
class Bend:
    """A chain whose skips lie within each other.

    Attributes:
        skips: from the outermost to the innermost.
        count: the number of units.
    """

    skips: tuple[Edge, ...]
    count: int

    @property
    def rows(self) -> dict[int, int]:
        """The row of each unit; the two ends of a skip share theirs."""
        rows: dict[int, int] = {}
        left, right = self.skips[0]
        row = max(left, self.count - 1 - right)
        for number, (left, right) in enumerate(self.skips):
            rows[left] = rows[right] = row
            if number + 1 < len(self.skips):
                inner_left, inner_right = self.skips[number + 1]
                for i, unit in enumerate(range(left + 1, inner_left), start=1):
                    rows[unit] = row + i
                step = max(inner_left - left, right - inner_right)
                for i, unit in enumerate(range(inner_right + 1, right), start=1):
                    rows[unit] = row + step - i
                row += step
        for i, unit in enumerate(range(left + 1, right), start=1):
            rows[unit] = row + i
        first, last = self.skips[0]
        for unit in range(first):
            rows[unit] = rows[first] - (first - unit)
        for unit in range(last + 1, self.count):
            rows[unit] = rows[last] - (unit - last)
        return rows

    def arm(self, unit: int) -> int:
        """-1 for the way down, 1 for the way up, 0 at the bottom."""
        left, right = self.skips[-1]
        return -1 if unit <= left else 1 if unit >= right else 0


def bend(count: int, edges: Sequence[Edge]) -> Bend | None:
    """The U that a single file of units makes, if its skips lie within each other."""
    skips = sorted(edge for edge in edges if edge[1] - edge[0] > 1)
    nested = all(outer[0] < inner[0] and inner[1] < outer[1] for outer, inner in pairwise(skips))
    return Bend(tuple(skips), count) if nested and len(skips) >= NEST else None


def u_shape(sizes: Sequence[tuple[int, int]], edges: Sequence[Edge], shape: Bend) -> Layout:
    """One arm down, one arm up, the skips between them from left to right."""
    rows = shape.rows
    tops, heights = _tops(sizes, rows)
    widest = max(width for width, _ in sizes)
    boxes = []
    for unit, (width, height) in enumerate(sizes):
        arm = shape.arm(unit)
        middle = widest // 2 if arm < 0 else widest + ARMS + widest // 2
        if arm == 0:
            middle = widest + ARMS // 2
        top = tops[rows[unit]] + (heights[rows[unit]] - height) // 2
        boxes.append(Bounds(middle - width // 2, top, middle - width // 2 + width, top + height))
    skips = frozenset(shape.skips)
    routes = {
        edge: _across(boxes, edge) if edge in skips else _along(boxes, edge, shape)
        for edge in edges
    }
    height = max(box.bottom for box in boxes)
    return Layout(tuple(boxes), routes, 2 * widest + ARMS, height)


def _tops(
    sizes: Sequence[tuple[int, int]], rows: dict[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    heights: dict[int, int] = {}
    for unit, row in rows.items():
        heights[row] = max(heights.get(row, 0), sizes[unit][1])
    tops: dict[int, int] = {}
    y = 0
    for row in sorted(heights):
        tops[row] = y
        y += heights[row] + RISE
    return tops, heights


def _across(boxes: Sequence[Bounds], edge: Edge) -> tuple[Point, ...]:
    source, target = boxes[edge[0]], boxes[edge[1]]
    y = source.centre[1]
    return ((source.right, y), (target.left, y))


def _along(boxes: Sequence[Bounds], edge: Edge, shape: Bend) -> tuple[Point, ...]:
    source, target = boxes[edge[0]], boxes[edge[1]]
    arms = shape.arm(edge[0]), shape.arm(edge[1])
    x, y = source.centre
    if arms == (1, 1):
        return ((x, source.top), (x, target.bottom))
    if arms == (-1, 0):
        return ((x, source.bottom), (x, target.centre[1]), (target.left, target.centre[1]))
    if arms == (0, 1):
        return ((source.right, y), (target.centre[0], y), (target.centre[0], target.bottom))
    return ((x, source.bottom), (x, target.top))
