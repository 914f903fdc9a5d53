"""The first half of a layered layout: which row each box is in, and their order in it.

An edge over several rows becomes a lane of its own in the rows between, shared by all edges from
the same box. So no edge ever runs through a box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

LANE = 12
"""The width of a lane."""
SPACE = 14
"""Between neighbours in a row."""
SWEEPS = 8


@dataclass(slots=True)
class Place:
    """A box, or a lane for edges from a box.

    Attributes:
        unit: the box it is, or whose edges it is a lane for.
        lane: whether it is a lane.
        row: its row.
        width: its width.
        centre: where its middle is.
        above, below: the places it is joined to in the rows next to it, by index.
    """

    unit: int
    lane: bool
    row: int
    width: int
    centre: int = 0
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Ranking:
    """Places in rows, and for each edge the places it goes through."""

    places: list[Place]
    rows: list[list[int]]
    ways: dict[tuple[int, int], list[int]]


def rank(
    widths: Sequence[int],
    edges: Sequence[tuple[int, int]],
    room: int,
    pinned: tuple[int, int] = (0, 0),
) -> Ranking:
    """Put boxes into rows and order them.

    Args:
        widths: of the boxes, which are in topological order.
        edges: from a box to a later one.
        room: how wide a row may be; a box that finds no room goes to a later row.
        pinned: how many of the first boxes stay in the first row, and of the last in the last row.
    """
    row_of = _pinned(_rows(widths, edges, room, pinned), pinned)
    places = [Place(i, False, row_of[i], width) for i, width in enumerate(widths)]
    ways: dict[tuple[int, int], list[int]] = {}
    lanes: dict[tuple[int, int], int] = {}
    for source, target in edges:
        way = [source]
        for row in range(row_of[source] + 1, row_of[target]):
            if (source, row) not in lanes:
                lanes[source, row] = len(places)
                places.append(Place(source, True, row, LANE))
            way.append(lanes[source, row])
        way.append(target)
        ways[source, target] = way
        for a, b in pairwise(way):
            if b not in places[a].below:
                places[a].below.append(b)
                places[b].above.append(a)
    rows: list[list[int]] = [[] for _ in range(max((p.row for p in places), default=-1) + 1)]
    for i, place in enumerate(places):
        rows[place.row].append(i)
    return Ranking(places, _ordered(places, rows), ways)


def _pinned(row_of: list[int], pinned: tuple[int, int]) -> list[int]:
    first, last = pinned
    inner = row_of[first : len(row_of) - last]
    bottom = max(inner, default=0) + 1
    row_of = [*([0] * first), *inner, *([bottom] * last)]
    kept = {row: n for n, row in enumerate(sorted(set(row_of)))}
    return [kept[row] for row in row_of]


def _rows(
    widths: Sequence[int],
    edges: Sequence[tuple[int, int]],
    room: int,
    pinned: tuple[int, int],
) -> list[int]:
    needs: list[list[int]] = [[] for _ in widths]
    uses: list[list[int]] = [[] for _ in widths]
    for source, target in edges:
        needs[target].append(source)
        uses[source].append(target)
    row_of: list[int] = []
    taken: dict[int, int] = {}
    for i, width in enumerate(widths):
        start = 1 if pinned[0] and i >= pinned[0] else 0
        row = max((row_of[source] + 1 for source in needs[i]), default=start)
        while taken.get(row, 0) and taken[row] + SPACE + width > room:
            row += 1
        row_of.append(row)
        taken[row] = taken.get(row, -SPACE) + SPACE + width
    for i in reversed(range(pinned[0], len(widths))):
        if needs[i] or not uses[i]:
            continue
        row = min(row_of[target] for target in uses[i]) - 1
        if row > row_of[i] and taken.get(row, -SPACE) + SPACE + widths[i] <= room:
            taken[row_of[i]] -= SPACE + widths[i]
            taken[row] = taken.get(row, -SPACE) + SPACE + widths[i]
            row_of[i] = row
    return row_of


def _ordered(places: list[Place], rows: list[list[int]]) -> list[list[int]]:
    """The rows in an order with few crossings: barycentres, down and up in turn."""
    best, fewest = [list(row) for row in rows], crossings(places, rows)
    current = [list(row) for row in rows]
    for sweep in range(SWEEPS):
        if not fewest:
            break
        downwards = sweep % 2 == 0
        for row in current if downwards else reversed(current):
            position = {i: n for level in current for n, i in enumerate(level)}

            def barycentre(i: int, at: dict[int, int] = position, down: bool = downwards) -> float:
                near = places[i].above if down else places[i].below
                return sum(at[j] for j in near) / len(near) if near else at[i]

            row.sort(key=lambda i: (barycentre(i), i))
        found = crossings(places, current)
        if found < fewest:
            best, fewest = [list(row) for row in current], found
    return best


def crossings(places: Sequence[Place], rows: Sequence[Sequence[int]]) -> int:
    """How many pairs of joints between neighbouring rows cross."""
    total = 0
    for above, below in pairwise(rows):
        position = {i: n for n, i in enumerate(below)}
        ends = [end for i in above for end in sorted(position[j] for j in places[i].below)]
        total += sum(1 for n, end in enumerate(ends) for other in ends[n + 1 :] if other < end)
    return total
