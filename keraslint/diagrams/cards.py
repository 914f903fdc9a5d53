"""The cards of layers: what it is, its arguments, its weights, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from keraslint.diagrams import facts, links, measure, words
from keraslint.diagrams.display import Item, Link, Rect, Text
from keraslint.diagrams.language import say
from keraslint.diagrams.network import Node
from keraslint.diagrams.windows import window_of
from keraslint.tensors.dims import UNKNOWN

TITLE, LINE, PAD = 11, 9, 8
HEIGHT_OF_TITLE, HEIGHT_OF_LINE = 17, 13


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a card and its role."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card before it has a place."""

    title: str
    lines: tuple[Said, ...]
    role: str = "card"
    url: str | None = None

    @property
    def height(self) -> int:
        """How tall it is."""
        return 2 * PAD + HEIGHT_OF_TITLE + HEIGHT_OF_LINE * len(self.lines) - 4

    @property
    def width(self) -> int:
        """How wide it must be to show everything."""
        lines = measure.widest([line.text for line in self.lines], LINE)
        return max(lines, measure.width(self.title, TITLE)) + 2 * PAD

    def items(self, x: int, y: int, width: int) -> Iterator[Item]:
        """The card with its upper left corner there."""
        inner: list[Item] = [
            Rect(x, y, width, self.height, self.role, 6),
            *self._texts(x, y, width),
        ]
        if self.url is None:
            yield from inner
        else:
            yield Link(self.url, tuple(inner))

    def _texts(self, x: int, y: int, width: int) -> Iterator[Text]:
        middle, room = x + width // 2, width - 2 * PAD
        base = y + PAD + TITLE - 1
        title = measure.fit(self.title, room, TITLE)
        yield Text(middle, base, title, "strong", TITLE, "middle")
        for i, line in enumerate(self.lines):
            base = y + PAD + HEIGHT_OF_TITLE + HEIGHT_OF_LINE * i + LINE
            yield Text(middle, base, measure.fit(line.text, room, LINE), line.role, LINE, "middle")


def card_of(node: Node, room: int, own: Mapping[str, str], *, results: bool = False) -> Card:
    """The card of a layer, its lines broken for a card of that width.

    Args:
        node: the layer.
        room: the width.
        own: the project's own pages, by class.
        results: whether it says what a window makes.
    """
    row = node.row
    if node.failure is not None:
        return _failed(node, room)
    brief = facts.brief(row)
    if row.rows:
        brief = [row.name, words.count(len(row.rows), "layer")]
    lines = [Said(text, "text") for text in _broken(brief, room)]
    formula = facts.formula(row)
    if formula:
        lines += [Said(text, "note") for text in _terms(formula, room)]
    if row.params or row.params is None:
        lines.append(Said(words.params(row.params), "note"))
    window = window_of(row)
    if window is not None and window.result and (results or not window.label):
        lines += [Said(text, "note") for text in _wrapped(window.result, room)]
    if window is None and row.outputs and UNKNOWN not in row.outputs:
        lines += _both_shapes(node)
    return Card(row.class_name, tuple(lines), url=links.page_of(row.class_name, own))


def _both_shapes(node: Node) -> Iterator[Said]:
    """What a layer without a window takes and gives."""
    given = [words.shape(shape) for shape in node.row.inputs]
    made = words.shapes(node.row.outputs)
    if given == [made]:
        yield Said(say("{} kept", made), "note")
        return
    for shape in given:
        yield Said(shape, "note")
    yield Said(f"→ {made}", "note")


def _failed(node: Node, room: int) -> Card:
    failure = node.failure
    assert failure is not None
    said = facts.arguments(node.row)
    lines = [Said(text, "text") for text in _broken([" ".join(said[:3])], room) if text]
    lines.append(Said(f"✖ {failure.code} {failure.expected}", "wrong"))
    lines += [Said(text, "wrong") for text in _wrapped(say("got {}", failure.found), room)]
    lines.append(Said(failure.where, "note"))
    return Card(node.row.class_name, tuple(lines), "error", failure.url or None)


def _wrapped(text: str, room: int) -> list[str]:
    return measure.wrap(text, room - 2 * PAD, LINE, most=3)


def _broken(lines: list[str], room: int) -> list[str]:
    return [part for line in lines for part in _wrapped(line, room)]


def _terms(formula: str, room: int) -> list[str]:
    return measure.wrap(formula, room - 2 * PAD, LINE, most=3, separator=" + ")
