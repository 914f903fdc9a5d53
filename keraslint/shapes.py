"""Every place where a layer is made, with the shapes of each time it was applied."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from keraslint.tensors.shapes import shape_to_json, show
from keraslint.terminal import Canvas, printable

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, CallRecord, Location
    from keraslint.tensors.specs import TensorSpec

SCHEMA = 1


@dataclass(slots=True)
class LayerShapes:
    """One construction site, and every application of what it makes."""

    layer: str
    location: Location
    calls: list[CallRecord] = field(default_factory=list)


@dataclass(slots=True)
class FileShapes:
    """The construction sites of a file, in the order of the text."""

    filename: str
    sites: list[LayerShapes]


def collect(analyses: Iterable[Analysis]) -> list[FileShapes]:
    """The construction sites of the analysed files.

    A file that several analyses went through (because others import it) has each of its sites
    once, with the applications that any of them reached.
    """
    named: dict[str, str] = {}
    found: dict[tuple[Hashable, ...], LayerShapes] = {}
    for analysis in analyses:
        named[os.path.realpath(analysis.filename)] = analysis.filename
        for site in analysis.sites:
            location = site.place.location
            key = (os.path.realpath(location.filename), *_position(location), site.layer)
            known = found.setdefault(key, LayerShapes(site.layer, location))
            _merge(known.calls, site.calls)
    files: dict[str, list[LayerShapes]] = {path: [] for path in named}
    for (path, *_), shapes in sorted(found.items(), key=lambda item: _order(item[1])):
        if path in files:
            files[str(path)].append(shapes)
    return [FileShapes(named[path], sites) for path, sites in files.items()]


def _merge(known: list[CallRecord], more: Iterable[CallRecord]) -> None:
    """Add the applications that another analysis of the same code does not know already."""
    left = Counter(_identity(call) for call in known)
    for call in more:
        identity = _identity(call)
        if left[identity]:
            left[identity] -= 1
        else:
            known.append(call)


def _identity(call: CallRecord) -> tuple[Hashable, ...]:
    places = tuple(place.location for place in (call.place, *call.stack))
    return (call.entry, call.inputs, call.outputs, call.params, places)


def _position(location: Location) -> tuple[int, ...]:
    return (location.cell or 0, location.row, location.column)


def _order(shapes: LayerShapes) -> tuple[str, tuple[int, ...]]:
    return (shapes.location.filename, _position(shapes.location))


def as_data(files: Iterable[FileShapes]) -> dict[str, Any]:
    """The sites as JSON has them."""
    return {"schema": SCHEMA, "files": [_file_data(file) for file in files]}


def _file_data(file: FileShapes) -> dict[str, Any]:
    return {"filename": file.filename, "sites": [_site_data(site) for site in file.sites]}


def _site_data(site: LayerShapes) -> dict[str, Any]:
    location = site.location
    return {
        "layer": site.layer,
        "cell": location.cell,
        "location": {"row": location.row, "column": location.column},
        "end_location": {"row": location.end_row, "column": location.end_column},
        "calls": [
            {
                "entry": call.entry,
                "inputs": _tensors_data(call.inputs),
                "outputs": None if call.outputs is None else _tensors_data(call.outputs),
                "params": call.params,
            }
            for call in site.calls
        ],
    }


def _tensors_data(tensors: Iterable[TensorSpec]) -> list[Any]:
    return [shape_to_json(tensor.shape) for tensor in tensors]


def as_text(files: Iterable[FileShapes], canvas: Canvas) -> Iterator[str]:
    """The sites in lines: a heading for each file, then each application of each layer."""
    for file in files:
        if file.sites:
            yield canvas.paint(printable(file.filename), "bold")
            for site in file.sites:
                yield from _site_lines(site, canvas)


def _site_lines(site: LayerShapes, canvas: Canvas) -> Iterator[str]:
    location = site.location
    cell = f"cell {location.cell}:" if location.cell is not None else ""
    where = canvas.paint(f"{cell}{location.row}:{location.column}".rjust(8), "dim")
    name = printable(site.layer.rpartition(".")[2])
    if not site.calls:
        yield f"{where}  {name}  {canvas.paint('not applied', 'dim')}"
    arrow = "→" if canvas.unicode else "->"
    for call in site.calls:
        outputs = "?" if call.outputs is None else _tensors_text(call.outputs)
        count = "" if not call.params else f"  {call.params:,} params"
        entry = "" if call.entry == "<module>" else f"  in {printable(call.entry)}"
        yield f"{where}  {name}  {_tensors_text(call.inputs)} {arrow} {outputs}{count}{entry}"


def _tensors_text(tensors: tuple[TensorSpec, ...]) -> str:
    shown = [printable(show(tensor.shape)) for tensor in tensors]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"
