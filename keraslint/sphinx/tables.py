"""The parameters of a model as a table that every builder can write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes

from keraslint.diagrams import facts, words

if TYPE_CHECKING:
    from keraslint.analysis import LayerRow, ModelRecord

HEADS = ("Layer", "Output shape", "Weights", "Params", "Trainable")
NESTED = 2 * "\N{NO-BREAK SPACE}"


def params_table(model: ModelRecord) -> nodes.table:
    """The weights of each layer, and what they come to."""
    body = [*_rows(model.layers, "")]
    body.append(("Total", "", "", _count(model.total_params), _count(model.trainable_params)))
    table = nodes.table(classes=["keraslint-params"])
    group = nodes.tgroup(cols=len(HEADS))
    table += group
    group += [nodes.colspec(colwidth=width) for width in (30, 25, 20, 15, 15)]
    group += nodes.thead("", _row(HEADS))
    group += nodes.tbody("", *map(_row, body))
    return table


def _rows(layers: Sequence[LayerRow], indent: str) -> Iterator[tuple[str, ...]]:
    for row in layers:
        if row.is_operation:
            continue
        name = f"{indent}{row.name} ({row.class_name})"
        counts = _count(row.params), _count(row.trainable_params)
        yield name, words.shapes(row.outputs), facts.formula(row), *counts
        yield from _rows(row.rows, f"{indent}{NESTED}")


def _count(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def _row(cells: Sequence[str]) -> nodes.row:
    return nodes.row("", *map(_cell, cells))


def _cell(text: str) -> Any:
    return nodes.entry("", nodes.paragraph("", text, translatable=False))
