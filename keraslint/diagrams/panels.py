"""The cards of a graph, and where they stand: a panel for a model, and one in each cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from keraslint.diagrams import links, measure, words
from keraslint.diagrams.files import bend, single_file, u_shape
from keraslint.diagrams.language import say
from keraslint.diagrams.layout import Layout, Size, layout
from keraslint.diagrams.network import Node
from keraslint.diagrams.options import MARGIN, WIDEST, Options
from keraslint.diagrams.ranking import SPACE
from keraslint.diagrams.sheet import Sheet, Unit
from keraslint.diagrams.traits import Traits, traits

ROOM = WIDEST - 2 * MARGIN
TALLEST = 900
TITLE, LINE = 11, 9
PAD = 8
LANE_CARD, LEAST_CARD, MOST_CARD = 264, 96, 220
U_CARD = (ROOM - 52) // 2
SIDE_TEXT = 168
BADGE = 16
MOST_LINES = 4
BEHIND = 4
CLUSTER_PAD, CLUSTER_TITLE, LINE_OF_TITLE = 10, 18, 12


@dataclass(frozen=True, slots=True)
class Card:
    """A unit before it has a place: its lines and roles, and what lies inside.

    Attributes:
        title: its lines.
        size: of the title.
        start: for a cluster, where its title begins.
    """

    unit: Unit
    said: Traits
    title: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    width: int
    height: int
    url: str | None = None
    inner: Panel | None = None
    start: int = PAD
    size: int = TITLE

    @property
    def head(self) -> int:
        """How tall the title of a cluster is."""
        return CLUSTER_TITLE + LINE_OF_TITLE * (len(self.title) - 1)


@dataclass(frozen=True, slots=True)
class Panel:
    """A sheet that is laid out.

    Attributes:
        entries, exits: for a node outside, where edges from or to it pass the border.
        lane: whether it is a single file of cards.
        sideways: whether it goes from left to right.
    """

    sheet: Sheet
    cards: list[Card]
    layout: Layout
    entries: dict[int, int]
    exits: dict[int, int]
    lane: bool = False
    sideways: bool = False


def panel_of(seen: Sheet, options: Options, room: int, *, outermost: bool = False) -> Panel:
    """Lay a sheet out.

    Args:
        seen: the cards and clusters, and the edges between them.
        options: how to draw.
        room: the width to keep within.
        outermost: whether it is the whole picture, which may be a single file or a U.
    """
    sideways = options.direction == "right"
    if outermost and seen.lane and not sideways:
        return _file(seen, options)
    widest = _widest(seen, room)
    cards = [
        _card(unit, seen, options, most) for unit, most in zip(seen.units, widest, strict=True)
    ]
    sources = list(dict.fromkeys(source for source, _ in seen.entries))
    targets = list(dict.fromkeys(target for _, target in seen.exits))
    shift = len(sources)
    sizes = [Size(1, 0)] * shift
    sizes += [_size_of(card, seen, sideways=sideways) for card in cards]
    sizes += [Size(1, 0)] * (1 if targets else 0)
    edges = [(a + shift, b + shift) for a, b in seen.edges]
    edges += [(sources.index(source), unit + shift) for source, unit in seen.entries]
    end = shift + len(cards)
    edges += [(unit + shift, end) for unit in dict.fromkeys(unit for unit, _ in seen.exits)]
    pinned = (shift, 1 if targets else 0)
    placed = _fitting(sizes, edges, TALLEST if sideways else room, pinned)
    routes = placed.routes.items()
    entries = {sources[a]: route[0][0] for (a, _), route in routes if a < shift}
    ends = [route[-1][0] for (_, b), route in routes if b == end]
    exits = dict.fromkeys(targets, ends[0] if ends else 0)
    if sideways:
        placed = placed.turned()
    return Panel(seen, cards, placed, entries, exits, sideways=sideways)


def _size_of(card: Card, seen: Sheet, *, sideways: bool) -> Size:
    """A card as the layout takes it, which goes from top to bottom."""
    ports = _ports(card, seen)
    if sideways:
        return Size(card.height, card.width, *ports)
    return Size(card.width, card.height, *ports)


def _fitting(
    sizes: list[Size], edges: list[tuple[int, int]], room: int, pinned: tuple[int, int]
) -> Layout:
    """The layout that keeps within the room; the narrowest one if none does."""
    layouts = []
    for narrower in range(0, room * 3 // 4, room // 8):
        placed = layout(sizes, edges, room - narrower, pinned)
        if placed.width <= room:
            return placed
        layouts.append(placed)
    return min(layouts, key=lambda placed: placed.width)


def _file(seen: Sheet, options: Options) -> Panel:
    """Units that follow each other: in a U if they make one, otherwise below each other."""
    shape = bend(len(seen.units), seen.edges)
    if shape is not None and not seen.again:
        cards = [_card(unit, seen, options, U_CARD) for unit in seen.units]
        sizes = [(card.width, card.height) for card in cards]
        return Panel(seen, cards, u_shape(sizes, seen.edges, shape), {}, {})
    cards = [_card(unit, seen, options, LANE_CARD, lane=True) for unit in seen.units]
    sizes = [(card.width, card.height) for card in cards]
    return Panel(seen, cards, single_file(sizes, [*seen.edges, *seen.again]), {}, {}, lane=True)


def _ports(card: Card, seen: Sheet) -> tuple[dict[int, int] | None, dict[int, int] | None]:
    """Where edges pass the border of a cluster."""
    if card.inner is None:
        return None, None
    border = card.head if card.inner.sideways else CLUSTER_PAD
    owner = {index: i for i, unit in enumerate(seen.units) for index in unit.members}
    shift = len(dict.fromkeys(source for source, _ in seen.entries))
    outside = list(dict.fromkeys(source for source, _ in seen.entries))
    entries = {}
    for source, x in card.inner.entries.items():
        at = owner[source] + shift if source in owner else outside.index(source)
        entries[at] = x + border
    end = shift + len(seen.units)
    exits = {
        owner[target] + shift if target in owner else end: x + border
        for target, x in card.inner.exits.items()
    }
    return entries, exits


def _widest(seen: Sheet, room: int) -> list[int]:
    """How wide each card may be so that those that will be beside each other fit."""
    row_of: list[int] = []
    for i in range(len(seen.units)):
        sources = [a for a, b in seen.edges if b == i]
        row_of.append(max((row_of[a] + 1 for a in sources), default=0))
    beside = [row_of.count(row) for row in row_of]
    return [min(max((room - SPACE * (n - 1)) // n, LEAST_CARD), MOST_CARD) for n in beside]


def _card(unit: Unit, seen: Sheet, options: Options, widest: int, *, lane: bool = False) -> Card:
    said = traits(unit.part, seen.nodes)
    if unit.inside is not None:
        return _cluster(unit, said, options)
    node = unit.part if isinstance(unit.part, Node) else None
    room = widest - 2 * PAD
    badge = measure.width(times(said), LINE) + 18 if said.count > 1 else 0
    size = _size(said.title, room - badge)
    title = tuple(measure.wrap(said.title, room - badge, size, 3, " · "))
    lines = list(_lines(said, node, room, lane=lane))
    if node is not None and node.again:
        names = [seen.nodes[i].row.name if i != node.index else say("itself") for i in node.again]
        lines.append(
            (measure.fit(say("shared: again after {}", ", ".join(names)), room, LINE), "note")
        )
    width = widest
    if not lane:
        long = max(
            [measure.widest(title, size) + badge, *(measure.width(text, LINE) for text, _ in lines)]
        )
        width = max(min(long + 2 * PAD, widest), 64) // 2 * 2
    height = 2 * PAD + 12 * len(title) + 13 * len(lines)
    if lane:
        height = max(height, 38)
    url = links.page_of(node.row.class_name, options.links) if node else None
    if node is not None and node.failure is not None:
        url = node.failure.url or None
    return Card(unit, said, title, tuple(lines), width, height, url, size=size)


def _size(title: str, room: int) -> int:
    """The size of a card's title: smaller if a word of it would not fit."""
    words_ = (piece for word in title.split(" · ") for piece in measure.pieces(word, room, TITLE))
    return TITLE if all(measure.width(word, TITLE) <= room for word in words_) else LINE


def _lines(said: Traits, node: Node | None, room: int, *, lane: bool) -> Iterator[tuple[str, str]]:
    if said.summary:
        for text in measure.wrap(said.summary, room, LINE, MOST_LINES, " · "):
            yield text, "note"
    if node is not None and node.failure is not None:
        failure = node.failure
        yield measure.fit(f"✖ {failure.code} {failure.expected}", room, LINE), "wrong"
        for text in measure.wrap(say("got {}", failure.found), room, LINE, most=3):
            yield text, "wrong"
        yield measure.fit(failure.where, room, LINE), "note"
        yield measure.fit(say("→ {} unknown from here on", said.shapes), room, LINE), "wrong"
        return
    if lane:
        return
    if node is not None and len(node.row.inputs) > 1 and not node.row.rows:
        for shape in node.row.inputs[:4]:
            yield measure.fit(words.shape(shape), room, LINE), "note"
        yield from _shapes(f"→ {said.shapes}", room)
    else:
        yield from _shapes(said.shapes, room)
    if said.params or said.params is None:
        yield measure.fit(words.params(said.params), room, LINE), "note"


def _shapes(text: str, room: int) -> Iterator[tuple[str, str]]:
    """Shapes in lines of their own where one line is not enough for them."""
    joined = text.replace("), (", "),|(")
    for line in measure.wrap(joined, room, LINE, MOST_LINES, "|"):
        yield line.rstrip("|").replace("|", " "), "text"


def _cluster(unit: Unit, said: Traits, options: Options) -> Card:
    assert unit.inside is not None
    inner = panel_of(unit.inside, options, ROOM - 2 * CLUSTER_PAD)
    title = said.title
    if isinstance(unit.part, Node):
        title = f"{unit.part.row.name} ({unit.part.row.class_name})"
    badge = measure.width(times(said), LINE) + 18 if said.count > 1 else 0
    width = inner.layout.width + 2 * CLUSTER_PAD
    start, room = _clear(inner, width - badge, title)
    short = measure.widest(measure.pieces(title, 1, LINE), LINE) - room
    width, room = width + max(short, 0), room + max(short, 0)
    lines = tuple(measure.wrap(title, room, LINE, most=MOST_LINES))
    card = Card(unit, said, lines, (), width, 0, None, inner, start)
    return replace(card, height=inner.layout.height + card.head + CLUSTER_PAD)


def _clear(inner: Panel, end: int, title: str) -> tuple[int, int]:
    """Where the title of a cluster is clear of the edges that come in, and how much room it has."""
    passing = sorted(x + CLUSTER_PAD for x in inner.entries.values())
    if not passing or inner.sideways:
        return PAD, end - 2 * PAD
    stretches = ((PAD, passing[0] - 2 * PAD), (passing[-1] + PAD, end - passing[-1] - 2 * PAD))
    fitting = [stretch for stretch in stretches if stretch[1] >= measure.width(title, LINE)]
    return fitting[0] if fitting else stretches[1]


def times(said: Traits) -> str:
    """How often something is repeated, as a badge says it."""
    return f"× {said.count}"
