"""A model as text: one line for each card, for terminals, man pages and plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.diagrams.network import Node
from keraslint.diagrams.opening import arranged, levels
from keraslint.diagrams.options import Options
from keraslint.diagrams.sheet import Sheet, Unit, sheet
from keraslint.diagrams.traits import traits
from keraslint.tables import Column, draw
from keraslint.terminal import Canvas, printable

COLUMNS = (
    Column("#", right=True),
    Column("Layer"),
    Column("What it does"),
    Column("Output"),
    Column("Params", right=True),
    Column("From"),
)


def render(nodes: Sequence[Node], title: str, options: Options, canvas: Canvas) -> str:
    """The graph of a model as a table; what is inside an opened part is indented."""
    root = arranged(nodes, options.collapse)
    seen = sheet(nodes, root, levels(root, options.collapse))
    rows = list(_rows(seen, "", ""))
    columns = [replace(column, heading=say(column.heading)) for column in COLUMNS]
    lines = [printable(title), *draw(columns, rows, canvas)]
    return "\n".join(lines) + "\n"


def _rows(seen: Sheet, prefix: str, indent: str) -> Iterator[list[str]]:
    for i, unit in enumerate(seen.units):
        number = f"{prefix}{i + 1}"
        sources = [f"{prefix}{a + 1}" for a, b in sorted({*seen.edges, *seen.again}) if b == i]
        if [i - 1] == [a for a, b in seen.edges if b == i]:
            sources = []
        yield [printable(cell) for cell in _cells(unit, seen, number, indent, sources)]
        if unit.inside is not None:
            yield from _rows(unit.inside, f"{number}.", f"{indent}  ")


def _cells(
    unit: Unit, seen: Sheet, number: str, indent: str, sources: Sequence[str]
) -> Iterator[str]:
    said = traits(unit.part, seen.nodes)
    times = f" × {said.count}" if said.count > 1 else ""
    yield number
    yield f"{indent}{said.title}{times}"
    yield _done(unit, said.summary)
    yield said.shapes
    yield "?" if said.params is None else f"{said.params:,}"
    yield ", ".join(sources)


def _done(unit: Unit, summary: str) -> str:
    """What a unit does, or what is wrong with it."""
    failure = unit.part.failure if isinstance(unit.part, Node) else None
    if failure is None:
        return summary
    return (
        say("✖ {} {}, got {}", failure.code, failure.expected, failure.found)
        + f" ({failure.where})"
    )


def described(nodes: Sequence[Node]) -> str:
    """The shapes of a model in sentences."""
    parts = [
        say("{} gives {}", node.row.class_name, words.shapes(node.row.outputs)) for node in nodes
    ]
    return "; ".join(parts) + "."
