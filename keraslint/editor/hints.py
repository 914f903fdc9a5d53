"""Output shapes behind the code that makes them."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from keraslint.analysis import Location
from keraslint.annotate import remarks
from keraslint.editor.columns import Layout
from keraslint.editor.examining import Examined
from keraslint.tensors.dims import Unknown
from keraslint.tensors.shapes import show

MOST = 2


def hints(
    examined: Examined, layout: Layout, uri: str, within: types.Range
) -> list[types.InlayHint]:
    """The hints in a range of a sheet; none where a comment says it already."""
    made = []
    for location, shapes in _shapes(examined):
        if location.cell != layout.draft.cell(uri):
            continue
        where = layout.range(location)[1].end
        if within.start.line <= where.line <= within.end.line:
            label = f"→ {' | '.join(shapes[:MOST])}{' | …' if len(shapes) > MOST else ''}"
            kind = types.InlayHintKind.Type
            made.append(types.InlayHint(where, label, kind=kind, padding_left=True))
    return made


def _shapes(examined: Examined) -> Iterator[tuple[Location, list[str]]]:
    """The places where layers are applied, each with the different shapes of the results."""
    found: dict[Location, list[str]] = {}
    said: set[tuple[int | None, int]] = set()
    for analysis, source in examined.programs():
        for remark in remarks(analysis):
            end = source.place(remark.spot.span.end)
            said.add((end.cell, end.row))
        for _, call in analysis.calls():
            location = call.place.location
            if not examined.draft.is_at(location.filename) or not call.outputs:
                continue
            if any(isinstance(spec.shape, Unknown) for spec in call.outputs):
                continue
            text = ", ".join(show(spec.shape) for spec in call.outputs)
            shapes = found.setdefault(location, [])
            if text not in shapes:
                shapes.append(text)
    for location, shapes in sorted(found.items(), key=lambda item: _order(item[0])):
        if (location.cell, location.end_row) not in said:
            yield location, shapes


def _order(location: Location) -> tuple[int, int, int]:
    return location.cell or 0, location.row, location.column
