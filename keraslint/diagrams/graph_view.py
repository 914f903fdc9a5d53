"""The graph view: cards from top to bottom, edges between them, what repeats drawn once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keraslint.diagrams import links, measure, words
from keraslint.diagrams.axes import SIDE
from keraslint.diagrams.display import Anchor, Bounds, Item, Line, Link, Picture, Rect, Text, move
from keraslint.diagrams.files import bend, single_file, u_shape
from keraslint.diagrams.layout import Layout, Size, layout
from keraslint.diagrams.legend import Entry, heading, legend
from keraslint.diagrams.network import Node
from keraslint.diagrams.opening import arranged, levels
from keraslint.diagrams.options import MARGIN, WIDEST, Options
from keraslint.diagrams.ranking import SPACE
from keraslint.diagrams.sheet import Sheet, Unit, sheet
from keraslint.diagrams.traits import Traits, traits
from keraslint.tensors.shapes import Shape

ROOM = WIDEST - 2 * MARGIN
TITLE, LINE = 11, 9
PAD = 8
LANE_CARD, LEAST_CARD, MOST_CARD = 264, 96, 220
U_CARD = (ROOM - 52) // 2
SIDE_TEXT = 168
BADGE = 16
BEHIND = 4
CLUSTER_PAD, CLUSTER_TITLE = 10, 18


@dataclass(frozen=True, slots=True)
class Card:
    """A unit before it has a place: its lines and roles, and what lies inside."""

    unit: Unit
    said: Traits
    title: str
    lines: tuple[tuple[str, str], ...]
    width: int
    height: int
    url: str | None = None
    inner: Panel | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A sheet that is laid out.

    Attributes:
        entries, exits: for a node outside, where edges from or to it pass the border.
    """

    sheet: Sheet
    cards: list[Card]
    layout: Layout
    entries: dict[int, int]
    exits: dict[int, int]
    lane: bool = False


def draw(nodes: Sequence[Node], title: str, options: Options) -> Picture:
    """A picture of the graph of a model."""
    root = arranged(nodes, options.collapse)
    depth = levels(root, options.collapse)
    seen = sheet(nodes, root, depth)
    panel = _panel(seen, options, ROOM, outermost=True)
    cards = len(panel.cards)
    layers = words.count(len(nodes), "layer")
    subtitle = f"{layers} as {words.count(cards, 'card')}" if cards < len(nodes) else ""
    items, top = heading(title, subtitle, MARGIN, ROOM)
    top += 8
    left = MARGIN + SIDE_TEXT if panel.lane else MARGIN
    if not panel.lane:
        left += max((ROOM - panel.layout.width) // 2, 0)
    items += move(_drawn(panel), left, top)
    if panel.lane:
        items += move(_sides(panel), left, top)
    y = top + panel.layout.height + 24
    key, tall = legend(_entries(panel), MARGIN, y, ROOM)
    bottom = y + tall + 6
    width = max(WIDEST, left + panel.layout.width + MARGIN)
    return Picture(width, bottom, title, _sentence(panel), (*items, *key))


def _panel(seen: Sheet, options: Options, room: int, *, outermost: bool = False) -> Panel:
    if outermost and seen.lane:
        return _file(seen, options)
    widest = _widest(seen, room)
    cards = [
        _card(unit, seen, options, most) for unit, most in zip(seen.units, widest, strict=True)
    ]
    sources = list(dict.fromkeys(source for source, _ in seen.entries))
    targets = list(dict.fromkeys(target for _, target in seen.exits))
    shift = len(sources)
    sizes = [Size(1, 0)] * shift
    sizes += [Size(card.width, card.height, *_ports(card, seen)) for card in cards]
    sizes += [Size(1, 0)] * (1 if targets else 0)
    edges = [(a + shift, b + shift) for a, b in seen.edges]
    edges += [(sources.index(source), unit + shift) for source, unit in seen.entries]
    end = shift + len(cards)
    edges += [(unit + shift, end) for unit in dict.fromkeys(unit for unit, _ in seen.exits)]
    pinned = (shift, 1 if targets else 0)
    placed = layout(sizes, edges, room, pinned)
    routes = placed.routes.items()
    entries = {sources[a]: route[0][0] for (a, _), route in routes if a < shift}
    ends = [route[-1][0] for (_, b), route in routes if b == end]
    return Panel(seen, cards, placed, entries, dict.fromkeys(targets, ends[0] if ends else 0))


def _file(seen: Sheet, options: Options) -> Panel:
    """Units that follow each other: in a U if they make one, otherwise below each other."""
    shape = bend(len(seen.units), seen.edges)
    if shape is not None:
        cards = [_card(unit, seen, options, U_CARD) for unit in seen.units]
        sizes = [(card.width, card.height) for card in cards]
        return Panel(seen, cards, u_shape(sizes, seen.edges, shape), {}, {})
    cards = [_card(unit, seen, options, LANE_CARD, lane=True) for unit in seen.units]
    sizes = [(card.width, card.height) for card in cards]
    return Panel(seen, cards, single_file(sizes, seen.edges), {}, {}, lane=True)


def _ports(card: Card, seen: Sheet) -> tuple[dict[int, int] | None, dict[int, int] | None]:
    """Where edges pass the border of a cluster."""
    if card.inner is None:
        return None, None
    owner = {index: i for i, unit in enumerate(seen.units) for index in unit.members}
    shift = len(dict.fromkeys(source for source, _ in seen.entries))
    outside = list(dict.fromkeys(source for source, _ in seen.entries))
    entries = {}
    for source, x in card.inner.entries.items():
        at = owner[source] + shift if source in owner else outside.index(source)
        entries[at] = x + CLUSTER_PAD
    end = shift + len(seen.units)
    exits = {
        owner[target] + shift if target in owner else end: x + CLUSTER_PAD
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
    badge = measure.width(_times(said), LINE) + 18 if said.count > 1 else 0
    title = measure.fit(said.title, room - badge, TITLE)
    lines = list(_lines(said, node, room, lane=lane))
    width = widest
    if not lane:
        long = max(
            [measure.width(title, TITLE) + badge, *(measure.width(text, LINE) for text, _ in lines)]
        )
        width = max(min(long + 2 * PAD, widest), 64) // 2 * 2
    height = 2 * PAD + 12 + 13 * len(lines)
    if lane:
        height = max(height, 38)
    url = links.page_of(node.row.class_name, options.links) if node else None
    if node is not None and node.failure is not None:
        url = node.failure.url or None
    return Card(unit, said, title, tuple(lines), width, height, url)


def _lines(said: Traits, node: Node | None, room: int, *, lane: bool) -> Iterator[tuple[str, str]]:
    if said.summary:
        for text in measure.wrap(said.summary, room, LINE, separator=" · "):
            yield text, "note"
    if node is not None and node.failure is not None:
        failure = node.failure
        yield measure.fit(f"✖ {failure.code} {failure.expected}", room, LINE), "wrong"
        for text in measure.wrap(f"got {failure.found}", room, LINE, most=3):
            yield text, "wrong"
        yield measure.fit(failure.where, room, LINE), "note"
        yield measure.fit(f"→ {said.shapes} unknown from here on", room, LINE), "wrong"
        return
    if lane:
        return
    if node is not None and len(node.row.inputs) > 1 and not node.row.rows:
        for shape in node.row.inputs[:4]:
            yield measure.fit(words.shape(shape), room, LINE), "note"
        yield measure.fit(f"→ {said.shapes}", room, LINE), "text"
    else:
        yield measure.fit(said.shapes, room, LINE), "text"
    if said.params or said.params is None:
        yield measure.fit(words.params(said.params), room, LINE), "note"


def _cluster(unit: Unit, said: Traits, options: Options) -> Card:
    assert unit.inside is not None
    inner = _panel(unit.inside, options, ROOM - 2 * CLUSTER_PAD)
    title = said.title
    if isinstance(unit.part, Node):
        title = f"{unit.part.row.name} ({unit.part.row.class_name})"
    long = measure.width(title, LINE) + measure.width(_times(said), LINE) + 40
    width = max(inner.layout.width, long) + 2 * CLUSTER_PAD
    height = inner.layout.height + CLUSTER_TITLE + CLUSTER_PAD
    return Card(unit, said, measure.fit(title, ROOM - 60, LINE), (), width, height, None, inner)


def _times(said: Traits) -> str:
    return f"× {said.count}"


def _drawn(panel: Panel) -> Iterator[Item]:
    shift = len(panel.entries)
    for i, card in enumerate(panel.cards):
        box = panel.layout.boxes[i + shift]
        inner = list(_drawn_card(card, box, lane=panel.lane))
        if card.url is None:
            yield from inner
        else:
            yield Link(card.url, tuple(inner))
    for edge, route in panel.layout.routes.items():
        target = edge[1] - shift
        leaves = target == len(panel.cards)
        if edge[0] < shift:
            route = ((route[0][0], -CLUSTER_TITLE), *route)
        if leaves:
            route = (*route, (route[-1][0], panel.layout.height + CLUSTER_PAD))
        arrow = not leaves and panel.cards[target].inner is None
        yield Line(route, _role(panel, edge), arrow=arrow)


def _role(panel: Panel, edge: tuple[int, int]) -> str:
    shift = len(panel.entries)
    target = edge[1] - shift
    if target < len(panel.cards):
        node = panel.cards[target].unit.part
        if isinstance(node, Node) and node.failure is not None:
            return "error-flow"
        if _failed(panel, edge[0] - shift):
            return "unknown"
    return "shortcut" if (edge[0] - shift, target) in panel.sheet.skips else "flow"


def _failed(panel: Panel, unit: int) -> bool:
    node = panel.cards[unit].unit.part if unit >= 0 else None
    return isinstance(node, Node) and node.failure is not None


def _drawn_card(card: Card, box: Bounds, *, lane: bool) -> Iterator[Item]:
    if card.inner is not None:
        yield from _drawn_cluster(card, box)
        return
    node = card.unit.part if isinstance(card.unit.part, Node) else None
    role = "error" if node is not None and node.failure is not None else "card"
    if card.said.count > 1:
        for back in (2 * BEHIND, BEHIND):
            yield Rect(box.left + back, box.top + back // 2, box.width, box.height, "card", 6)
    yield Rect(box.left, box.top, box.width, box.height, role, 6)
    y = box.top + PAD + 10
    if lane:
        yield Text(box.left + PAD, y, card.title, "strong", TITLE)
    else:
        at = box.centre[0] if card.said.count == 1 else box.left + PAD
        anchor: Anchor = "middle" if card.said.count == 1 else "start"
        yield Text(at, y, card.title, "strong", TITLE, anchor)
    for i, (text, line_role) in enumerate(card.lines):
        base = y + 14 + 13 * i
        if lane or card.said.count > 1:
            yield Text(box.left + PAD, base, text, line_role, LINE)
        else:
            yield Text(box.centre[0], base, text, line_role, LINE, "middle")
    if card.said.count > 1:
        yield from _badge(card.said, box)
    if card.said.shortcut:
        yield from _bracket(card.said, box)


def _badge(said: Traits, box: Bounds) -> Iterator[Item]:
    text = _times(said)
    width = measure.width(text, LINE) + 10
    left = box.right - width - 5
    yield Rect(left, box.top + 5, width, BADGE, "badge", 8)
    yield Text(left + width // 2, box.top + 5 + 11, text, "strong", LINE, "middle")


def _bracket(said: Traits, box: Bounds) -> Iterator[Item]:
    """A shortcut past the layers of a closed group."""
    out = box.right + (2 * BEHIND if said.count > 1 else 0)
    role = "shortcut" if said.shortcut == "identity" else "shortcut-projected"
    top, bottom = box.top + 8, box.bottom - 8
    points = ((out, top), (out + 9, top), (out + 9, bottom), (out, bottom))
    yield Line(points, role)


def _drawn_cluster(card: Card, box: Bounds) -> Iterator[Item]:
    assert card.inner is not None
    yield Rect(box.left, box.top, box.width, box.height, "cluster", 8)
    start, room = _clear(card, box.width)
    name = measure.fit(card.title, room, LINE)
    yield Text(box.left + start, box.top + 13, name, "strong", LINE)
    if card.said.count > 1:
        yield from _badge(card.said, box)
    yield from move(_drawn(card.inner), box.left + CLUSTER_PAD, box.top + CLUSTER_TITLE)


def _clear(card: Card, width: int) -> tuple[int, int]:
    """Where the title of a cluster is clear of the edges that come in, and how much room it has."""
    assert card.inner is not None
    end = width - PAD
    if card.said.count > 1:
        end -= measure.width(_times(card.said), LINE) + 18
    passing = sorted(x + CLUSTER_PAD for x in card.inner.entries.values())
    if not passing:
        return PAD, end - PAD
    stretches = ((PAD, passing[0] - PAD), (passing[-1] + PAD, end))
    fitting = [s for s in stretches if s[1] - s[0] >= measure.width(card.title, LINE)]
    start, stop = fitting[0] if fitting else max(stretches, key=lambda s: s[1] - s[0])
    return start, stop - start


def _sides(panel: Panel) -> Iterator[Item]:
    """Beside a single file of cards: shapes and parameters on the left, bars on the right."""
    right = panel.layout.width + 24
    for card, box in zip(panel.cards, panel.layout.boxes, strict=True):
        middle = box.centre[1]
        shape = measure.fit(card.said.shapes, SIDE_TEXT - 10, LINE)
        yield Text(-10, middle - 2, shape, "strong", LINE, "end")
        if card.said.params or card.said.params is None:
            yield Text(-10, middle + 11, words.params(card.said.params), "note", LINE, "end")
        size = _bar(card.said.shape)
        if size is not None:
            wide, tall = size
            yield Rect(right, middle - tall // 2, wide, tall, "face")
            yield Rect(right, middle - tall // 2, wide, tall, "edge")


def _bar(shape: Shape) -> tuple[int, int] | None:
    """A sketch of a tensor: the first axis behind the batch is its height, the last its length."""
    if not isinstance(shape, tuple) or len(shape) < 2:
        return None
    wide = SIDE.length(shape[-1])
    return wide, 5 if len(shape) == 2 else SIDE.length(shape[1]) * 36 // 128


def _entries(panel: Panel) -> list[Entry]:
    """What the legend explains: only what is there."""
    kinds = {card.said.shortcut for card in panel.cards}
    entries = []
    if any(card.said.count > 1 for card in panel.cards):
        entries.append(Entry("badge", "repeated, with the same shapes"))
    if "identity" in kinds:
        entries.append(Entry("shortcut", "identity shortcut", line=True))
    if "projection" in kinds:
        entries.append(Entry("shortcut-projected", "projection shortcut", line=True))
    if "identity" not in kinds and panel.sheet.skips:
        entries.append(Entry("shortcut", "passes other layers by", line=True))
    if panel.lane:
        entries.append(Entry("face", f"{SIDE.text()}: first axis down, last across"))
    if any(isinstance(c.unit.part, Node) and c.unit.part.failure for c in panel.cards):
        entries.append(Entry("error", "error: the card leads to the rule"))
    return entries


def _sentence(panel: Panel) -> str:
    parts = []
    for card in panel.cards:
        times = f" {card.said.count} times" if card.said.count > 1 else ""
        parts.append(f"{card.said.title}{times} gives {card.said.shapes}")
    return "; ".join(parts) + "."
