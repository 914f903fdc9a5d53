"""Panels as they are drawn: cards with badges and brackets, clusters, edges."""

from __future__ import annotations

from collections.abc import Iterator

from keraslint.diagrams import measure
from keraslint.diagrams.display import Anchor, Bounds, Item, Line, Link, Rect, Text, move
from keraslint.diagrams.network import Node
from keraslint.diagrams.panels import (
    BADGE,
    BEHIND,
    CLUSTER_PAD,
    CLUSTER_TITLE,
    LINE,
    LINE_OF_TITLE,
    PAD,
    Card,
    Panel,
    times,
)
from keraslint.diagrams.traits import Traits


def drawn(panel: Panel, head: int = CLUSTER_TITLE) -> Iterator[Item]:
    """The cards and edges of a panel, its upper left corner at the origin.

    Args:
        panel: what to draw.
        head: how far above it edges come in.
    """
    shift = len(panel.entries)
    for i, card in enumerate(panel.cards):
        box = panel.layout.boxes[i + shift]
        inner = list(_drawn_card(card, box, panel))
        if card.url is None:
            yield from inner
        else:
            yield Link(card.url, tuple(inner))
    for edge, route in panel.layout.routes.items():
        target = edge[1] - shift
        leaves = target == len(panel.cards)
        if edge[0] < shift:
            x, y = route[0]
            route = ((-CLUSTER_PAD, y) if panel.sideways else (x, -head), *route)
        if leaves:
            x, y = route[-1]
            right, bottom = panel.layout.width, panel.layout.height
            end = (right + CLUSTER_PAD, y) if panel.sideways else (x, bottom + CLUSTER_PAD)
            route = (*route, end)
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


def _drawn_card(card: Card, box: Bounds, panel: Panel) -> Iterator[Item]:
    if card.inner is not None:
        yield from _drawn_cluster(card, box)
        return
    node = card.unit.part if isinstance(card.unit.part, Node) else None
    role = "error" if node is not None and node.failure is not None else "card"
    if card.said.count > 1:
        for back in (2 * BEHIND, BEHIND):
            yield Rect(box.left + back, box.top + back // 2, box.width, box.height, "card", 6)
    yield Rect(box.left, box.top, box.width, box.height, role, 6)
    middle = not panel.lane and card.said.count == 1
    at = box.centre[0] if middle else box.left + PAD
    anchor: Anchor = "middle" if middle else "start"
    y = box.top + PAD + 10
    for i, text in enumerate(card.title):
        yield Text(at, y + 12 * i, text, "strong", card.size, anchor)
    y += 12 * (len(card.title) - 1)
    for i, (text, line_role) in enumerate(card.lines):
        yield Text(at, y + 14 + 13 * i, text, line_role, LINE, anchor)
    if card.said.count > 1:
        yield from _badge(card.said, box)
    if card.said.shortcut:
        yield _bracket(card.said, box, sideways=panel.sideways)


def _badge(said: Traits, box: Bounds) -> Iterator[Item]:
    text = times(said)
    width = measure.width(text, LINE) + 10
    left = box.right - width - 5
    yield Rect(left, box.top + 5, width, BADGE, "badge", 8)
    yield Text(left + width // 2, box.top + 5 + 11, text, "strong", LINE, "middle")


def _bracket(said: Traits, box: Bounds, *, sideways: bool) -> Item:
    """A shortcut past the layers of a closed group."""
    role = "shortcut" if said.shortcut == "identity" else "shortcut-projected"
    behind = BEHIND if said.count > 1 else 0
    if sideways:
        left, right, out = box.left + 8, box.right - 8, box.bottom + behind
        return Line(((left, out), (left, out + 5), (right, out + 5), (right, out)), role)
    top, bottom, out = box.top + 8, box.bottom - 8, box.right + 2 * behind
    return Line(((out, top), (out + 9, top), (out + 9, bottom), (out, bottom)), role)


def _drawn_cluster(card: Card, box: Bounds) -> Iterator[Item]:
    assert card.inner is not None
    yield Rect(box.left, box.top, box.width, box.height, "cluster", 8)
    for i, line in enumerate(card.title):
        yield Text(box.left + card.start, box.top + 13 + LINE_OF_TITLE * i, line, "strong", LINE)
    if card.said.count > 1:
        yield from _badge(card.said, box)
    yield from move(drawn(card.inner, card.head), box.left + CLUSTER_PAD, box.top + card.head)
