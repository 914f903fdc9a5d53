"""Stating the shape of a model's input with `keras.Input`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from keraslint.findings import Edit, Fix
from keraslint.rules.repair import removing
from keraslint.rules.support.names import is_main, names_in
from keraslint.syntax.walking import walk

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, GivenArgument, Location, Site


def with_input(analysis: Analysis, site: Site, given: GivenArgument) -> Fix | None:
    """Start the model with an `Input`, instead of a shape that the first layer states.

    Args:
        analysis: the analysed file.
        site: the layer.
        given: its ``input_shape``, ``input_dim`` or ``batch_input_shape``.
    """
    if not given.keyword or not is_main(analysis, site.place) or not _is_first(analysis, site):
        return None
    names = names_in(analysis.syntax)
    spelling = names.say("keras.Input")
    removal = removing(site.place, given)
    before = _before(analysis.syntax.module, site.place.node)
    if spelling is None or removal is None or before is None:
        return None
    node, prefix, suffix = before
    module = analysis.syntax.module
    shape = module.code_for_node(given.value.node)
    shape = f"({shape},)" if given.name == "input_dim" else shape
    place = names.location(node)
    keyword = "batch_shape=" if given.name == "batch_input_shape" else ""
    content = f"{prefix}{spelling.text}({keyword}{shape}){suffix}"
    if "\n" in content:
        return None
    content += _space(analysis, place, statement=bool(prefix))
    start = replace(place, end_row=place.row, end_column=place.column)
    return Fix("Start with keras.Input", (Edit(content, start), removal, *spelling.edits))


def _is_first(analysis: Analysis, site: Site) -> bool:
    """Whether the layer only ever comes first in a `Sequential`, without an `Input` before it."""
    found = False
    for model in analysis.models:
        for index, row in enumerate(model.layers):
            if row.place == site.place:
                if index or model.kind != "Sequential":
                    return False
                found = True
    return found


def _before(module: cst.Module, layer: cst.CSTNode) -> tuple[cst.CSTNode, str, str] | None:
    """What to write the input before, and what comes around it there."""
    for node in walk(module):
        if isinstance(node, cst.SimpleStatementLine) and len(node.body) == 1:
            call = getattr(node.body[0], "value", None)
            if isinstance(call, cst.Call) and isinstance(call.func, cst.Attribute):
                adds = call.func.attr.value == "add" and len(call.args) == 1
                if adds and call.args[0].value is layer:
                    return node, f"{module.code_for_node(call.func)}(", ")"
        elif isinstance(node, cst.List) and node.elements and node.elements[0].value is layer:
            return layer, "", ","
    return None


def _space(analysis: Analysis, place: Location, *, statement: bool) -> str:
    """What separates the input from what follows: a space, or a row that begins like this one."""
    source = analysis.syntax.source
    row, column = place.span_in(source).start
    before = source.text.split("\n")[row - 1][: column - 1]
    return f"\n{before}" if statement or not before.strip() else " "
