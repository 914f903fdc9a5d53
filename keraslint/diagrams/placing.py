"""Where the tensors and cards of a chain stand, and the beams and arrows between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain as chain_

from keraslint.diagrams import marks, words
from keraslint.diagrams.boxes import LABEL, Box
from keraslint.diagrams.cards import Card, card_of
from keraslint.diagrams.chains import Chain, Step, Stop
from keraslint.diagrams.display import Bounds, Item, Line, Polygon, Text, bounds, flat, move
from keraslint.diagrams.measure import DOT, width, wrap
from keraslint.diagrams.options import MARGIN, WIDEST, Options
from keraslint.diagrams.regions import Pair, regions
from keraslint.diagrams.windows import Window

SHAPE, CAPTION = 10, 9
CARD_ACROSS, CARD_FAILED, CARD_DOWN = 112, 168, 250
GAP, FLOW = 10, 18
ABOVE_SHAPE, BELOW_SHAPE = 14, 22
MOST_GAP = 26
COLUMN_GAP, NARROW_GAP = 36, 14
"""Between the tensors and the cards of a picture that flows down."""


@dataclass(slots=True)
class Drawn:
    """A tensor with its marks and labels, its face at the origin, and where it then goes."""

    stop: Stop
    items: list[Item]
    marks: list[Item] = field(default_factory=list)
    x: int = 0
    y: int = 0

    @property
    def bounds(self) -> Bounds:
        """What it takes up, in its place."""
        return bounds([*self.items, *self.marks]).moved(self.x, self.y)

    @property
    def face(self) -> Bounds:
        """Its front face, in its place."""
        return self.stop.box.face.moved(self.x, self.y)


@dataclass(frozen=True, slots=True)
class Placed:
    """A chain as items."""

    items: list[Item]

    @property
    def bounds(self) -> Bounds:
        """What they take up."""
        return bounds(self.items)


def drawn_stops(chain: Chain, *, narrow: bool) -> list[Drawn]:
    """The tensors, each with the mark of the step before and the window of the step after.

    Args:
        chain: the tensors and what is between them.
        narrow: whether nothing may stand beside a box that can stand below it.
    """
    found = [Drawn(stop, list(stop.box.items())) for stop in chain.stops]
    windows: list[Window | None] = [None] * len(found)
    for i, step in enumerate(chain.steps):
        pair = pair_of(chain, i)
        if pair is not None and step.window is not None:
            windows[i] = step.window
            _mark(found[i], found[i + 1], step.window, pair)
    for drawn, read in zip(found, windows, strict=True):
        left, below = marks.margins(drawn.stop.box, read, list(flat(drawn.marks)))
        window = bounds(mark for mark in flat(drawn.marks) if mark.role == "kernel")
        drawn.marks += drawn.stop.box.labels(left, below, window.top)
        if narrow:
            drawn.marks = list(_below(drawn))
    return found


def _below(drawn: Drawn) -> Iterator[Item]:
    """The marks, with a label beside the box moved below it."""
    for mark in drawn.marks:
        if isinstance(mark, Text) and mark.role == "strong" and mark.x > drawn.stop.box.width:
            y = drawn.bounds.bottom + LABEL + 2
            yield Text(drawn.stop.box.width // 2, y, mark.text, mark.role, mark.size, "middle")
        else:
            yield mark


def _mark(source: Drawn, target: Drawn, window: Window, pair: Pair) -> None:
    """Draw a window on one of two tensors and its result on the other."""
    before, after = source.stop.box, target.stop.box
    window = _free(window, before if window.on_target else after)
    source.marks += marks.padding(before, window)
    if window.framed == "source":
        source.marks += marks.frame(pair.source)
    elif window.framed == "target":
        target.marks += marks.frame(pair.target)
    elif window.on_target:
        source.marks += marks.result(before, pair.source)
        target.marks += marks.kernel(after, pair.target, window, pair.following)
    elif window.label:
        source.marks += marks.kernel(before, pair.source, window, pair.following)
        target.marks[:0] = marks.result(after, pair.target)


def _free(window: Window, steps: Box) -> Window:
    """The window without the ways that it cannot go, since there is but one position."""
    spatial = [axis for axis in steps.axes if axis.kind == "space"]
    free = [at for at in window.slides if abs(at) >= len(spatial) or spatial[abs(at)].size != 1]
    return replace(window, slides=tuple(free))


def pair_of(chain: Chain, i: int) -> Pair | None:
    """Where the window of a step stands, if the step has one that works."""
    step = chain.steps[i]
    if step.window is None or step.failed:
        return None
    return regions(step.window, chain.stops[i].box, chain.stops[i + 1].box, i)


def across(chain: Chain, options: Options, results: bool) -> Placed:
    """From left to right: tensors with their shapes below, cards between them."""
    stops = drawn_stops(chain, narrow=False)
    rooms = [CARD_FAILED if step.failed else CARD_ACROSS for step in chain.steps]
    cards = [
        _cards(step, room, options, results) for step, room in zip(chain.steps, rooms, strict=True)
    ]
    middle = max(stop.face.height for stop in stops) // 2
    widths = [max(drawn.bounds.width, 2 * _half(drawn.stop)) for drawn in stops]
    free = options.width - 2 * MARGIN - sum(widths) - sum(map(_width, cards))
    gap = min(max(free // (2 * len(cards) or 1), GAP), MOST_GAP)
    x = 0
    columns: list[int] = []
    for i, (drawn, wide) in enumerate(zip(stops, widths, strict=True)):
        area = drawn.bounds
        drawn.x = x + (wide - area.width) // 2 - area.left
        drawn.y = middle - drawn.stop.box.height // 2
        columns.append(x + wide // 2)
        x += wide + gap
        if i < len(cards):
            x += _width(cards[i]) + gap
    items = _tensors(chain, stops, downwards=False)
    lowest = max(drawn.bounds.bottom for drawn in stops)
    for i, (step, row) in enumerate(zip(chain.steps, cards, strict=True)):
        wide = _width(row)
        left = _right_edge(stops[i], columns[i]) + GAP // 2
        right = _left_edge(stops[i + 1], columns[i + 1]) - GAP // 2
        top = middle - _height(row) // 2 - 6
        items += _stacked(row, (left + right - wide) // 2, top, wide)
        below = top + _height(row) + 12
        role = "error-flow" if step.failed else "flow"
        items.append(Line(((left, below), (right, below)), role, arrow=True))
        lowest = max(lowest, below)
    for drawn, column in zip(stops, columns, strict=True):
        items += _caption(drawn.stop, column, lowest + 18)
    return Placed(items)


def _right_edge(drawn: Drawn, column: int) -> int:
    return max(drawn.bounds.right, column + _half(drawn.stop))


def _left_edge(drawn: Drawn, column: int) -> int:
    return min(drawn.bounds.left, column - _half(drawn.stop))


def _half(stop: Stop) -> int:
    return max(width(text, size) for text, size in _captions(stop)) // 2


def down(chain: Chain, options: Options, results: bool) -> Placed:
    """From top to bottom: tensors on the left, their shapes and the cards on the right."""
    stops = drawn_stops(chain, narrow=False)
    middle, column = _columns(stops, options)
    if options.width - 2 * MARGIN - column < CARD_ACROSS:
        stops = drawn_stops(chain, narrow=True)
        middle, column = _columns(stops, options)
    room = options.width - 2 * MARGIN - column
    cards = [_cards(step, min(CARD_DOWN, room), options, results) for step in chain.steps]
    levels = _levels(stops, cards)
    flow: list[Item] = []
    for drawn, level in zip(stops, levels, strict=True):
        drawn.x = middle - drawn.face.centre[0]
        drawn.y = level - drawn.bounds.centre[1]
        flow += _shortened(drawn.stop, column, level, room)
    for i, (step, row) in enumerate(zip(chain.steps, cards, strict=True)):
        first, last = levels[i] + BELOW_SHAPE, levels[i + 1] - ABOVE_SHAPE
        top = (first + last - _height(row)) // 2
        flow += _stacked(row, column, top, min(max(_width(row), CARD_ACROSS), room))
        role, line = "error-flow" if step.failed else "flow", column + 16
        flow.append(Line(((line, first), (line, top)), role))
        flow.append(Line(((line, top + _height(row)), (line, last)), role, arrow=True))
    return Placed([*_tensors(chain, stops, downwards=True), *flow])


def _columns(stops: Sequence[Drawn], options: Options) -> tuple[int, int]:
    """Where the middle of the tensors is, and where the cards begin."""
    middle = max(drawn.face.centre[0] - drawn.bounds.left for drawn in stops)
    right = max(drawn.bounds.right - drawn.face.centre[0] for drawn in stops)
    return middle, middle + right + (COLUMN_GAP if options.width >= WIDEST else NARROW_GAP)


def _levels(stops: Sequence[Drawn], cards: Sequence[Sequence[Card]]) -> list[int]:
    """How far down the middle of each tensor is: neither the boxes touch nor the cards."""
    levels = [0]
    for i, row in enumerate(cards):
        boxes = (stops[i].bounds.height + stops[i + 1].bounds.height) // 2 + FLOW
        between = BELOW_SHAPE + FLOW + _height(row) + FLOW + ABOVE_SHAPE
        levels.append(levels[-1] + max(boxes, between))
    return levels


def _cards(step: Step, room: int, options: Options, results: bool) -> list[Card]:
    return [card_of(node, room, options.links, results=results) for node in step.nodes]


def _width(cards: Sequence[Card]) -> int:
    return min(max(card.width for card in cards), CARD_DOWN + 60)


def _height(cards: Sequence[Card]) -> int:
    return sum(card.height + 6 for card in cards) - 6


def _stacked(cards: Sequence[Card], x: int, y: int, wide: int) -> Iterator[Item]:
    for card in cards:
        yield from card.items(x, y, wide)
        y += card.height + 6


def _captions(stop: Stop) -> list[tuple[str, int]]:
    return [(words.shape(stop.shape), SHAPE), (stop.caption, CAPTION)]


def _caption(stop: Stop, x: int, y: int) -> Iterator[Item]:
    role = "wrong-strong" if stop.wrong else "strong"
    yield Text(x, y, words.shape(stop.shape), role, SHAPE, "middle")
    if stop.caption:
        yield Text(x, y + 13, stop.caption, "note", CAPTION, "middle")


def _shortened(stop: Stop, x: int, y: int, room: int) -> Iterator[Item]:
    """The shape and the caption, wrapped where they are too long."""
    role = "wrong-strong" if stop.wrong else "strong"
    lines = wrap(words.shape(stop.shape), room, SHAPE)
    for i, line in enumerate(lines):
        yield Text(x, y + 13 * i, line, role, SHAPE)
    for i, line in enumerate(wrap(stop.caption, room, CAPTION, separator=DOT), len(lines)):
        yield Text(x, y + 13 * i, line, "note", CAPTION)


def _tensors(chain: Chain, stops: Sequence[Drawn], *, downwards: bool) -> list[Item]:
    """The boxes, beams between them, and on top what marks the ends of the beams.

    A beam passes behind flat boxes, where it would cover all that the window does not.
    """
    solid = [move(drawn.items, drawn.x, drawn.y) for drawn in stops if drawn.stop.box.back]
    flat_ = [move(drawn.items, drawn.x, drawn.y) for drawn in stops if not drawn.stop.box.back]
    marks_ = [move(drawn.marks, drawn.x, drawn.y) for drawn in stops]
    beams = list(_beams(chain, stops, downwards=downwards))
    return [*chain_(*solid), *beams, *chain_(*flat_, *marks_)]


def _beams(chain: Chain, stops: Sequence[Drawn], *, downwards: bool) -> Iterator[Item]:
    for i in range(len(chain.steps)):
        pair = pair_of(chain, i)
        if pair is None:
            continue
        source = pair.source.hull.moved(stops[i].x, stops[i].y)
        target = pair.target.hull.moved(stops[i + 1].x, stops[i + 1].y)
        yield _beam(source, target, downwards=downwards)


def _beam(source: Bounds, target: Bounds, *, downwards: bool) -> Polygon:
    if downwards:
        points = (
            (source.left, source.bottom),
            (source.right, source.bottom),
            (target.right, target.top),
            (target.left, target.top),
        )
    else:
        points = (
            (source.right, source.top),
            (target.left, target.top),
            (target.left, target.bottom),
            (source.right, source.bottom),
        )
    return Polygon(points, "beam")
