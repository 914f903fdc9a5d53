"""Names that a program looks up by their text: ``eval``, ``globals``."""

from __future__ import annotations

from functools import cache

import libcst as cst

from keraslint.interpreter.binding import builtin
from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Dict, Value
from keraslint.tensors.dims import UNKNOWN

LONGEST = 200


@builtin("eval")
def eval_(frame: Frame, source: Value) -> Value:
    """``eval(source)`` of a dotted name; what is called there would have no place in the file."""
    name = _name(source) if isinstance(source, str) and len(source) < LONGEST else None
    return UNKNOWN if name is None else evaluate(frame, name)


@cache
def _name(source: str) -> cst.BaseExpression | None:
    if not all(part.isidentifier() for part in source.split(".")):
        return None
    try:
        return cst.parse_expression(source)
    except cst.ParserSyntaxError:
        return None


@builtin("globals")
def globals_(frame: Frame) -> Value:
    """``globals()``: the names of the module so far; what is written into it is not followed."""
    return Dict(dict(frame.scope.module.names), open=True)
