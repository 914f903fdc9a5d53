"""The table view: a row for each layer, as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.diagrams import facts, links, measure, words
from keraslint.diagrams.display import Item, Line, Link, Picture, Rect, Text
from keraslint.diagrams.language import say
from keraslint.diagrams.legend import heading
from keraslint.diagrams.network import Node, network
from keraslint.diagrams.options import MARGIN, WIDEST, Options
from keraslint.diagrams.outline import described

SIZE, ROW, GAP = 9, 18, 12
HEADS = ("Layer", "Class", "Arguments", "Output", "Params")
LEAST = 48
INDENT = "  "


def draw(nodes: Sequence[Node], title: str, options: Options) -> Picture:
    """A picture of the layers as a table."""
    rows = list(_rows(nodes, ""))
    heads = tuple(say(head) for head in HEADS)
    widths = _widths([heads, *(cells for cells, _ in rows)])
    items, y = heading(title, "", MARGIN, WIDEST - 2 * MARGIN)
    items += _row(heads, widths, y, "strong")
    y += ROW
    for cells, failed in rows:
        if failed:
            items.append(Rect(MARGIN - 4, y, WIDEST - 2 * MARGIN + 8, ROW, "error", 4))
        items.append(Line(((MARGIN, y), (WIDEST - MARGIN, y)), "rule"))
        written = tuple(_row(cells, widths, y, "wrong" if failed else "text"))
        url = links.page_of(cells[1], options.links)
        items += written if url is None else (Link(url, written),)
        y += ROW
    return Picture(WIDEST, y + 12, title, described(nodes), tuple(items))


def _rows(nodes: Sequence[Node], indent: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    for node in nodes:
        row, failure = node.row, node.failure
        said = " ".join(facts.arguments(row))
        if failure is not None:
            said = say("✖ {} {}, got {}", failure.code, failure.expected, failure.found)
        params = "?" if row.params is None else f"{row.params:,}"
        cells = (f"{indent}{row.name}", row.class_name, said, words.shapes(row.outputs), params)
        yield cells, failure is not None
        if row.rows:
            yield from _rows(network(row.rows, row.inputs), indent + INDENT)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """As wide as the cells, the widest columns narrowed until the table fits."""
    widths = [measure.widest(column, SIZE) for column in zip(*rows, strict=True)]
    excess = sum(widths) + GAP * (len(widths) - 1) - (WIDEST - 2 * MARGIN)
    while excess > 0 and max(widths) > LEAST:
        widest = widths.index(max(widths))
        cut = min(excess, 8)
        widths[widest] -= cut
        excess -= cut
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], y: int, role: str) -> Iterator[Item]:
    x = MARGIN
    last = len(cells) - 1
    for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        text = measure.fit(cell, width, SIZE)
        base = y + ROW - 6
        if i == last:
            yield Text(WIDEST - MARGIN, base, text, role, SIZE, "end")
        else:
            yield Text(x, base, text, role, SIZE)
        x += width + GAP
