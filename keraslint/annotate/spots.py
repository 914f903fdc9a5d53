"""The places in a program where the value of a line is what one layer gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.sources import Position, Span, split_lines
from keraslint.syntax import positions, with_room
from keraslint.syntax.walking import walk

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, Site
    from keraslint.tensors.shapes import Shape

_AFTER_STATEMENT = re.compile(r"\s*;?\s*(#.*)?")
_AFTER_ITEM = re.compile(r"\s*,?\s*(#.*)?")

Outputs = tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A statement, or an item of a list with rows of its own, whose value is what a layer gives.

    Attributes:
        span: the statement or item, in the program.
        site: the layer, if it is made here.
        outputs: what it gives, for each time; `None` for a time of which it is not known.
        item: whether it is an item.
    """

    span: Span
    site: Site | None
    outputs: tuple[Outputs | None, ...]
    item: bool

    @property
    def output(self) -> Outputs | None:
        """What it gives every time; `None` if that is not one and the same, or not known."""
        known = set(self.outputs)
        only = known.pop() if len(known) == 1 else None
        return only if only and all(isinstance(shape, tuple) for shape in only) else None

    @property
    def row(self) -> int:
        """Its last row."""
        return self.span.end.row


def spots(analysis: Analysis) -> list[Spot]:
    """All spots of the analysed file, in order."""
    told = _Told(analysis)
    if not told.outputs:
        return []
    module = analysis.syntax.module
    found = list(_candidates(module, told))
    spans = positions(module, [node for node, _, _ in found])
    lines = lines_of(analysis)
    return [
        Spot(spans[node], told.sites.get(value), tuple(told.outputs[value]), item)
        for node, value, item in found
        if node in spans and _has_rows(lines, spans[node], item)
    ]


def lines_of(analysis: Analysis) -> list[str]:
    """The lines of the analysed file, empty where they could not be parsed."""
    parsed = analysis.syntax
    whole = not parsed.problems
    return split_lines(parsed.source.text if whole else with_room(lambda: parsed.module.code))


class _Told:
    """Nodes whose value is known to be what a layer gives."""

    def __init__(self, analysis: Analysis) -> None:
        self.sites: dict[Any, Site] = {}
        self.outputs: dict[Any, list[Outputs | None]] = {}
        made = {site.place.node: site for site in analysis.sites}
        makers: dict[Any, set[int]] = {}
        for site, call in analysis.calls():
            node = call.place.node
            if node not in made:
                makers.setdefault(node, set()).add(id(site))
                self.outputs.setdefault(node, []).append(_shapes(call))
                called = getattr(node, "func", None)
                if called in made:
                    self.sites[node] = made[called]
        for node, several in makers.items():
            if len(several) > 1:
                del self.outputs[node]
        for node, site in made.items():
            self.sites[node] = site
            self.outputs[node] = [_shapes(call) for call in site.calls]


def _shapes(call: Any) -> Outputs | None:
    return None if call.outputs is None else tuple(spec.shape for spec in call.outputs)


def _candidates(module: cst.Module, told: _Told) -> Iterator[tuple[Any, Any, bool]]:
    """Statements and items, each with the node that a layer's output is the value of."""
    node: Any
    for node in walk(module):
        kind = type(node)
        if kind is cst.SimpleStatementLine:
            value = _value(node.body)
            item = False
        elif kind is cst.Element or kind is cst.DictElement:
            value = node.value
            item = True
        else:
            continue
        source = _source(value, told)
        if source is not None:
            yield node, source, item


def _value(statements: Sequence[cst.BaseSmallStatement]) -> cst.BaseExpression | None:
    if len(statements) != 1:
        return None
    (only,) = statements
    if isinstance(only, (cst.Assign, cst.AnnAssign, cst.Expr, cst.Return)):
        return only.value
    return None


def _source(value: Any, told: _Told) -> Any:
    """The node that a layer's output is known for: the value itself, or what it adds to a model."""
    if value in told.outputs:
        return value
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Attribute):
        adds = value.func.attr.value == "add" and len(value.args) == 1
        if adds and value.args[0].value in told.outputs:
            return value.args[0].value
    return None


def _has_rows(lines: list[str], span: Span, item: bool) -> bool:
    """Whether nothing but a comment shares the rows of a statement or item."""
    start, end = span
    before = lines[start.row - 1][: start.column - 1]
    after = lines[end.row - 1].rstrip("\r\n")[end.column - 1 :]
    pattern = _AFTER_ITEM if item else _AFTER_STATEMENT
    return not before.strip() and pattern.fullmatch(after) is not None


def end_of_row(lines: list[str], row: int) -> Position:
    """The position behind the last character of a row."""
    return Position(row, len(lines[row - 1].rstrip("\r\n")) + 1)
