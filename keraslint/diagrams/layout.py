"""The second half of a layered layout: where in its row each box stands, and how edges run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from keraslint.diagrams.display import Bounds, Point
from keraslint.diagrams.ranking import SPACE, Place, Ranking, rank

HEAD, TRACK = 12, 7
"""Room for an arrow head above a box, and for each track of edges between rows."""
ROUNDS, WEIGHT_OF_LANE = 10, 3
WOBBLE = 14
APART = 3


@dataclass(frozen=True, slots=True)
class Size:
    """A box before it has a place.

    Attributes:
        entries: for a source, where its edge enters the box at the top, from the left.
        exits: for a target, where its edge leaves it at the bottom.
    """

    width: int
    height: int
    entries: Mapping[int, int] | None = None
    exits: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where boxes stand and edges run.

    Attributes:
        boxes: in the order in which they were given.
        routes: for each edge, its corners.
    """

    boxes: tuple[Bounds, ...]
    routes: dict[tuple[int, int], tuple[Point, ...]]
    width: int
    height: int

    def turned(self) -> Layout:
        """The same from left to right instead of from top to bottom."""
        boxes = tuple(Bounds(box.top, box.left, box.bottom, box.right) for box in self.boxes)
        routes = {edge: tuple((y, x) for x, y in route) for edge, route in self.routes.items()}
        return Layout(boxes, routes, self.height, self.width)


def layout(
    sizes: Sequence[Size],
    edges: Sequence[tuple[int, int]],
    room: int,
    pinned: tuple[int, int] = (0, 0),
) -> Layout:
    """Lay boxes out from top to bottom. The same input gives the same layout, always.

    Args:
        sizes: of the boxes, in topological order.
        edges: from a box to a later one.
        room: the width to keep within, where a single row allows it.
        pinned: how many of the first boxes stay in the first row, and of the last in the last row.
    """
    edges = sorted(set(edges))
    ranking = rank([size.width for size in sizes], edges, room, pinned)
    _spread(ranking)
    left = min((p.centre - p.width // 2 for p in ranking.places), default=0)
    for place in ranking.places:
        place.centre -= left
    ports = _Ports(ranking, sizes)
    rows = _levels(ranking, sizes, ports)
    boxes = tuple(
        Bounds(x, rows.tops[p.row], x + size.width, rows.tops[p.row] + size.height)
        for size, p in zip(sizes, ranking.places, strict=False)
        for x in (p.centre - size.width // 2,)
    )
    routes = {
        edge: _route(way, ranking.places, ports, boxes, rows) for edge, way in ranking.ways.items()
    }
    width = max((p.centre + (p.width + 1) // 2 for p in ranking.places), default=0)
    height = max((box.bottom for box in boxes), default=0)
    return Layout(boxes, routes, width, height)


def _spread(ranking: Ranking) -> None:
    """Give every place a centre: near those it is joined to, without overlaps."""
    places = ranking.places
    for row in ranking.rows:
        _settle([places[i] for i in row], [0] * len(row))
    for turn in range(ROUNDS):
        rows = ranking.rows if turn % 2 == 0 else ranking.rows[::-1]
        for row in rows:
            wanted = [_wish(places, places[i], turn) for i in row]
            _settle([places[i] for i in row], wanted)


def _wish(places: Sequence[Place], place: Place, turn: int) -> int:
    """Where a place would best be; a lane straight below or above the lane that it goes on."""
    near = place.above if turn % 2 == 0 else place.below
    if not near or turn >= ROUNDS - 2:
        near = place.above + place.below
    if place.lane:
        near = [j for j in near if places[j].lane] or near
    centres = [places[j].centre for j in near]
    return sum(centres) // len(centres) if centres else place.centre


def _settle(row: Sequence[Place], wanted: Sequence[int]) -> None:
    """The centres closest to those wanted that keep the order and the distances.

    With the least distances taken off, this is the regression to a rising sequence. Lanes weigh
    more than boxes, since they should be straight.
    """
    offsets = [0]
    for a, b in pairwise(row):
        offsets.append(offsets[-1] + (a.width + b.width + 1) // 2 + SPACE)
    blocks: list[tuple[int, int, int]] = []
    for place, want, offset in zip(row, wanted, offsets, strict=True):
        weight = WEIGHT_OF_LANE if place.lane else 1
        block = ((want - offset) * weight, weight, 1)
        while blocks and blocks[-1][0] * block[1] >= block[0] * blocks[-1][1]:
            before = blocks.pop()
            block = (before[0] + block[0], before[1] + block[1], before[2] + block[2])
        blocks.append(block)
    settled = [total // weight for total, weight, n in blocks for _ in range(n)]
    for place, value, offset in zip(row, settled, offsets, strict=True):
        place.centre = value + offset


class _Ports:
    """Where edges leave and enter places."""

    def __init__(self, ranking: Ranking, sizes: Sequence[Size]) -> None:
        self.places = ranking.places
        self.sizes = sizes
        self.out: dict[tuple[int, int], int] = {}
        self.into: dict[tuple[int, int], int] = {}
        for edge, way in ranking.ways.items():
            for a, b in pairwise(way):
                start = self._side(a, b, edge[1], out=True)
                end = self._side(b, a, edge[0], out=False)
                self.out[a, b], self.into[a, b] = self._straight(a, b, start, end)

    def _straight(self, a: int, b: int, start: int, end: int) -> tuple[int, int]:
        """The ends of a joint, brought in line if they nearly are and one of them can move."""
        source, target = self.places[a], self.places[b]
        if abs(start - end) > WOBBLE:
            return start, end
        if not target.lane and not self.sizes[b].entries and len(target.above) == 1:
            return start, start
        if not source.lane and not self.sizes[a].exits and len(source.below) == 1:
            return end, end
        return start, end

    def _side(self, at: int, to: int, end: int, *, out: bool) -> int:
        place = self.places[at]
        if place.lane:
            return place.centre
        fixed = self.sizes[at].exits if out else self.sizes[at].entries
        if fixed is not None and end in fixed:
            return place.centre - place.width // 2 + fixed[end]
        near = place.below if out else place.above
        near = sorted(near, key=lambda j: (self.places[j].centre, j))
        step = min(18, place.width // (len(near) + 1))
        return place.centre + (2 * near.index(to) - len(near) + 1) * step // 2


@dataclass(frozen=True, slots=True)
class _Rows:
    """The top and height of each row, and below it the track of each joint."""

    tops: list[int]
    heights: list[int]
    tracks: list[dict[tuple[int, int], int]]

    def level(self, row: int, joint: tuple[int, int]) -> int:
        """How far down a joint below a row crosses over."""
        return self.tops[row] + self.heights[row] + TRACK * (self.tracks[row][joint] + 1)


def _levels(ranking: Ranking, sizes: Sequence[Size], ports: _Ports) -> _Rows:
    places = ranking.places
    rows = _Rows([], [], [])
    y = 0
    for row in ranking.rows:
        height = max((sizes[i].height for i in row if not places[i].lane), default=0)
        joints = [(i, j) for i in row for j in places[i].below]
        tracks, count = _tracks(joints, ports)
        rows.tops.append(y)
        rows.heights.append(height)
        rows.tracks.append(tracks)
        y += height + TRACK * (count + 1) + HEAD
    return rows


def _tracks(
    joints: Sequence[tuple[int, int]], ports: _Ports
) -> tuple[dict[tuple[int, int], int], int]:
    """Which horizontal track each joint takes; those of the same source may share one."""
    spans = []
    for joint in joints:
        start, end = ports.out[joint], ports.into[joint]
        if start != end:
            spans.append((min(start, end), max(start, end), joint))
    tracks: dict[tuple[int, int], int] = {}
    used: list[list[tuple[int, int]]] = []
    for low, high, joint in sorted(spans, key=lambda span: (_order(span, ports), span)):
        free = (
            number
            for number, track in enumerate(used)
            if all(high < a - APART or low > b + APART for a, b in track)
        )
        tracks[joint] = next(free, len(used))
        if tracks[joint] == len(used):
            used.append([])
        used[tracks[joint]].append((low, high))
    return tracks, len(used)


def _order(span: tuple[int, int, tuple[int, int]], ports: _Ports) -> int:
    """Edges to the right are best drawn from right to left, the others the other way round."""
    low, high, joint = span
    return -high if ports.into[joint] > ports.out[joint] else low


def _route(
    way: Sequence[int],
    places: Sequence[Place],
    ports: _Ports,
    boxes: Sequence[Bounds],
    rows: _Rows,
) -> tuple[Point, ...]:
    first, last = way[0], way[-1]
    points = [(ports.out[first, way[1]], boxes[first].bottom)]
    for joint in pairwise(way):
        start, end = ports.out[joint], ports.into[joint]
        if start != end:
            y = rows.level(places[joint[0]].row, joint)
            points += [(start, y), (end, y)]
    points.append((ports.into[way[-2], last], boxes[last].top))
    return _straightened(points)


def _straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """The corners without those that are none."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0]):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
