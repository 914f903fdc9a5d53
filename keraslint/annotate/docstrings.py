"""Docstrings of functions that make models, where they state the output shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.annotate.stated import Stated, contradicts, corrected, stated
from keraslint.sources import Position, Span
from keraslint.syntax import positions
from keraslint.syntax.walking import children
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown

if TYPE_CHECKING:
    from keraslint.analysis import Analysis

_LINE = re.compile(
    r"^[ \t]*\**output[ _-]?shape\**[ \t]*[:\uff1a].*$", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of a docstring that states another output shape than there is.

    Attributes:
        span: where the shape stands.
        said: the shape as written.
        right: what it should be.
    """

    span: Span
    said: str
    right: str


def statements(analysis: Analysis) -> Iterator[Statement]:
    """The lines in the docstrings of a file that are wrong."""
    if analysis.syntax is None or not _LINE.search(analysis.syntax.source.text):
        return
    module = analysis.syntax.module
    for name, has_parameters, node in _docstrings(module, ""):
        shape = _shape_of(name, analysis, has_parameters=has_parameters)
        for match in _LINE.finditer(node.value) if shape is not None else ():
            found = stated(match[0])
            if found is None or shape is None or len(found.dims) != 1:
                continue
            rest = match[0][found.end :].strip(" \t.`'\"")
            if not rest and contradicts(found.dims[0], shape):
                said = match[0][found.start : found.end]
                span = _span(module, node, match.start(), found)
                yield Statement(span, said, corrected(found.dims[0], shape))


def _docstrings(node: cst.CSTNode, owner: str) -> Iterator[tuple[str, bool, cst.SimpleString]]:
    """The docstrings of functions below a node that need no arguments.

    Each comes with the function's name, and with whether it takes any arguments.
    """
    for child in children(node):
        if not isinstance(child, (cst.ClassDef, cst.FunctionDef)):
            yield from _docstrings(child, owner)
            continue
        name = f"{owner}.{child.name.value}" if owner else child.name.value
        first = child.body.body[0] if child.body.body else None
        statement = first.body[0] if isinstance(first, cst.SimpleStatementLine) else None
        value = statement.value if isinstance(statement, cst.Expr) else None
        if isinstance(child, cst.FunctionDef) and isinstance(value, cst.SimpleString):
            parameters = (*child.params.posonly_params, *child.params.params)
            needs = any(parameter.default is None for parameter in parameters)
            if len(value.quote) == 3 and not needs:
                yield name, bool(parameters), value
        yield from _docstrings(child.body, name)


def _shape_of(name: str, analysis: Analysis, *, has_parameters: bool) -> tuple[Any, ...] | None:
    """The one shape that the models which a function makes give, with the defaults it has."""
    models = [model for model in analysis.models if name in model.qualnames]
    shapes = {model.outputs for model in models if model.entry == name or not has_parameters}
    outputs = shapes.pop() if len(shapes) == 1 else None
    shape = outputs[0] if outputs is not None and len(outputs) == 1 else UNKNOWN
    if isinstance(shape, Unknown) or any(isinstance(dim, (Expr, Unknown)) for dim in shape):
        return None
    return tuple(shape)


def _span(module: cst.Module, node: cst.SimpleString, offset: int, found: Stated) -> Span:
    """Where the shape in a line, which begins at an offset of a string, stands in the program."""
    begin = positions(module, [node])[node].start
    before = node.value[: offset + found.start]
    row = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1) + (1 if row else begin.column)
    start = Position(begin.row + row, column)
    return Span(start, Position(start.row, column + found.end - found.start))
