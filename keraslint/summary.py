"""The models of a program as tables, like Keras's own ``model.summary()``, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keraslint.sources.calls import CALLED
from keraslint.tables import Column, draw
from keraslint.tensors.dims import Unknown
from keraslint.tensors.shapes import Shape, shape_to_json, show
from keraslint.terminal import Canvas, printable

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, LayerRow, ModelRecord, Place

SCHEMA = 1
INDENT = "  "
MODULE = "<module>"


def select(
    analysis: Analysis, qualname: str | None = None, *, called: bool = False
) -> list[ModelRecord]:
    """The models of an analysis, or those that ``qualname`` asks for.

    Args:
        analysis: of a program.
        qualname: a variable, function or class.
        called: whether only what `sources.with_call` made of it is asked for.
    """
    if qualname is None:
        return list(analysis.models)
    if called:
        made = [model for model in analysis.models if CALLED in model.qualnames]
        if made:
            return [replace(model, name=qualname) for model in made]
        return [m for m in analysis.models if qualname in m.qualnames and m.entry == MODULE]
    return [model for model in analysis.models if qualname in model.qualnames]


def as_data(models: Iterable[ModelRecord]) -> dict[str, Any]:
    """The models as JSON has them."""
    return {"schema": SCHEMA, "models": [_model_data(model) for model in models]}


def _model_data(model: ModelRecord) -> dict[str, Any]:
    location = model.place.location
    return {
        "name": model.name,
        "keras_name": model.keras_name,
        "kind": model.kind,
        "entry": model.entry,
        "filename": location.filename,
        "cell": location.cell,
        "location": {"row": location.row, "column": location.column},
        "end_location": {"row": location.end_row, "column": location.end_column},
        "inputs": _shapes_data(model.inputs),
        "outputs": _shapes_data(model.outputs),
        "layers": [_row_data(row) for row in model.layers],
        "total_params": model.total_params,
        "trainable_params": model.trainable_params,
        "non_trainable_params": model.non_trainable_params,
        "complete": model.complete,
    }


def _row_data(row: LayerRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "class": row.class_name,
        "inbound": list(row.inbound),
        "inputs": _shapes_data(row.inputs),
        "outputs": _shapes_data(row.outputs),
        "params": row.params,
        "trainable_params": row.trainable_params,
        "operation": row.is_operation,
        **_place_data(row.place),
        "layers": [_row_data(inner) for inner in row.rows],
    }


def _place_data(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"filename": None, "cell": None, "location": None}
    location = place.location
    return {
        "filename": location.filename,
        "cell": location.cell,
        "location": {"row": location.row, "column": location.column},
    }


def _shapes_data(shapes: tuple[Shape, ...] | None) -> list[Any] | None:
    return None if shapes is None else [shape_to_json(shape) for shape in shapes]


def as_text(models: Iterable[ModelRecord], canvas: Canvas) -> Iterator[str]:
    """The models as tables, in lines."""
    for index, model in enumerate(models):
        if index:
            yield ""
        yield from _table(model, canvas)


def _table(model: ModelRecord, canvas: Canvas) -> Iterator[str]:
    location = model.place.location
    cell = f":cell {location.cell}" if location.cell is not None else ""
    where = f"{printable(location.filename)}{cell}:{location.row}"
    head = f'Model: "{printable(model.keras_name)}"'
    entry = "" if model.entry == MODULE else f", in {printable(model.entry)}"
    yield f"{canvas.paint(head, 'bold')} ({printable(model.name)}, {where}{entry})"
    connected = model.kind != "Sequential" or any(len(row.inbound) > 1 for row in model.layers)
    columns = [Column("Layer (type)"), Column("Output Shape"), Column("Param #", right=True)]
    if connected:
        columns.append(Column("Connected to"))
    columns.append(Column("Line", right=True))
    rows = [
        _cells(row, depth, connected, location.filename) for row, depth in _nested(model.layers)
    ]
    yield from draw(columns, rows, canvas)
    if not model.complete:
        yield "Some layers are not known: the table shows what is."
    for label, count in (
        ("Total params", model.total_params),
        ("Trainable params", model.trainable_params),
        ("Non-trainable params", model.non_trainable_params),
    ):
        yield f"{canvas.paint(f'{label}:', 'bold')} {_number(count)}"


def _nested(rows: Iterable[LayerRow], depth: int = 0) -> Iterator[tuple[LayerRow, int]]:
    for row in rows:
        yield row, depth
        yield from _nested(row.rows, depth + 1)


def _cells(row: LayerRow, depth: int, connected: bool, filename: str) -> list[str]:
    outputs = "?" if row.outputs is None else "\n".join(_shown(shape) for shape in row.outputs)
    cells = [
        f"{INDENT * depth}{printable(row.name)} ({printable(row.class_name)})",
        outputs,
        _number(row.params),
    ]
    if connected:
        cells.append("\n".join(printable(name) for name in row.inbound) or "-")
    return [*cells, _line(row.place, filename)]


def _line(place: Place | None, filename: str) -> str:
    if place is None:
        return "-"
    location = place.location
    cell = f"{location.cell}:" if location.cell is not None else ""
    file = "" if location.filename == filename else f"{printable(location.filename)}:"
    return f"{file}{cell}{location.row}"


def _shown(shape: Shape) -> str:
    return "?" if isinstance(shape, Unknown) else printable(show(shape))


def _number(count: int | None) -> str:
    return "?" if count is None else f"{count:,}"
