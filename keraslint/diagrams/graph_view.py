"""The graph view: cards from top to bottom, edges between them, what repeats drawn once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.diagrams import measure, words
from keraslint.diagrams.axes import SIDE
from keraslint.diagrams.display import Item, Picture, Rect, Text, move
from keraslint.diagrams.groups import Part
from keraslint.diagrams.language import say
from keraslint.diagrams.legend import Entry, heading, legend
from keraslint.diagrams.network import Node
from keraslint.diagrams.opening import arranged, levels
from keraslint.diagrams.options import MARGIN, WIDEST, Options
from keraslint.diagrams.panel_drawing import drawn
from keraslint.diagrams.panels import (
    CLUSTER_PAD,
    CLUSTER_TITLE,
    LINE,
    ROOM,
    SIDE_TEXT,
    Panel,
    panel_of,
    times,
)
from keraslint.diagrams.repeats import Folder
from keraslint.diagrams.sheet import Sheet, opened, sheet
from keraslint.diagrams.traits import traits
from keraslint.tensors.shapes import Shape


def draw(nodes: Sequence[Node], title: str, options: Options) -> Picture:
    """A picture of the graph of a model."""
    root = arranged(nodes, options.collapse)
    depth = levels(root, options.collapse)
    seen = sheet(nodes, root, depth)
    panel = panel_of(seen, options, ROOM, outermost=True)
    cards = _count(panel)
    subtitle = say("drawn as {}", words.count(cards, "card")) if cards < len(nodes) else ""
    if len(nodes) > 1 and not any(node.sources or node.again for node in nodes):
        subtitle = say("what feeds what is not known")
    items, top = heading(title, subtitle, MARGIN, ROOM)
    top += 8
    left = MARGIN + SIDE_TEXT if panel.lane else MARGIN
    items += move(drawn(panel), left, top)
    if panel.lane:
        items += move(_sides(panel), left, top)
    y = top + panel.layout.height + 24
    key, tall = legend(_entries(panel), MARGIN, y, ROOM)
    bottom = y + tall + 6
    width = max(WIDEST, left + panel.layout.width + MARGIN)
    return Picture(width, bottom, title, _sentence(panel), (*items, *key))


def _count(panel: Panel) -> int:
    """How many cards there are, those in clusters as well."""
    return sum(1 if card.inner is None else _count(card.inner) for card in panel.cards)


def closed_parts(nodes: Sequence[Node], options: Options) -> list[Picture]:
    """Pictures of what is inside the closed cards of a model's graph, each kind once."""
    root = arranged(nodes, options.collapse)
    seen = sheet(nodes, root, levels(root, options.collapse))
    return list(_closed(seen, options))


def _closed(seen: Sheet, options: Options) -> Iterator[Picture]:
    folder = Folder(seen.nodes)
    kinds: set[int] = set()
    for unit in seen.units:
        if unit.inside is not None:
            yield from _closed(unit.inside, options)
            continue
        inner = opened(unit.part, seen.nodes)
        kind = folder.likeness(unit.part)
        if inner is not None and kind not in kinds:
            kinds.add(kind)
            yield _part(unit.part, seen.nodes, inner, options)


def _part(part: Part, nodes: Sequence[Node], inner: Sheet, options: Options) -> Picture:
    said = traits(part, nodes)
    panel = panel_of(inner, options, ROOM)
    title = f"{said.title} {times(said)}" if said.count > 1 else said.title
    items = tuple(move(drawn(panel), MARGIN, MARGIN + CLUSTER_TITLE))
    height = panel.layout.height + CLUSTER_TITLE + CLUSTER_PAD + 2 * MARGIN
    width = max(WIDEST, panel.layout.width + 2 * MARGIN)
    return Picture(width, height, title, _sentence(panel), items)


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
    kinds = {card.said.shortcut for card in panel.cards if card.inner is None}
    entries = []
    if any(card.said.count > 1 for card in panel.cards):
        entries.append(Entry("badge", say("repeated, with the same shapes")))
    if "identity" in kinds:
        entries.append(Entry("shortcut", say("identity shortcut"), line=True))
    entries += [
        Entry("shortcut-projected", say(f"{kind} shortcut"), line=True)
        for kind in ("projection", "pooled")
        if kind in kinds
    ]
    if "identity" not in kinds and panel.sheet.skips:
        entries.append(Entry("shortcut", say("skip connection"), line=True))
    if panel.lane:
        entries.append(Entry("face", say("{}: first axis down, last across", SIDE.text())))
    if any(isinstance(c.unit.part, Node) and c.unit.part.failure for c in panel.cards):
        entries.append(Entry("error", say("error: the card leads to the rule")))
    return entries


def _sentence(panel: Panel) -> str:
    parts = []
    for card in panel.cards:
        title = card.said.title
        if card.said.count > 1:
            title = say("{} {} times", title, card.said.count)
        parts.append(say("{} gives {}", title, card.said.shapes))
    return "; ".join(parts) + "."
