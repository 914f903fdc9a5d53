"""What a condition tells about names once its outcome is assumed."""

from __future__ import annotations

from typing import Any

import libcst as cst

from keraslint.interpreter.joining import one_of
from keraslint.interpreter.operators import equal, identical, truth
from keraslint.interpreter.scopes import MISSING, Frame
from keraslint.interpreter.values import OneOf, Value
from keraslint.tensors.dims import Expr, Unknown

_SIMPLE = (cst.Name, cst.SimpleString, cst.Integer)


def narrow(frame: Frame, test: Any, outcome: bool) -> None:
    """Assume that ``test`` came out as ``outcome``: drop the alternatives that contradict it."""
    kind = type(test)
    if kind is cst.Name:
        _filter(frame, test, lambda value: truth(value) is not (not outcome))
    elif kind is cst.UnaryOperation and type(test.operator) is cst.Not:
        narrow(frame, test.expression, not outcome)
    elif kind is cst.BooleanOperation:
        if (type(test.operator) is cst.And) == outcome:
            narrow(frame, test.left, outcome)
            narrow(frame, test.right, outcome)
    elif kind is cst.Comparison and len(test.comparisons) == 1:
        _narrow_comparison(frame, test, outcome)


def _narrow_comparison(frame: Frame, test: cst.Comparison, outcome: bool) -> None:
    from keraslint.interpreter.expressions import evaluate

    target = test.comparisons[0]
    if type(test.left) is not cst.Name or type(target.comparator) not in _SIMPLE:
        return
    right = evaluate(frame, target.comparator)
    operator = type(target.operator)
    positive = operator is cst.Is or operator is cst.Equal
    if operator is cst.Is or operator is cst.IsNot:
        _filter(
            frame, test.left, lambda value: identical(value, right) is not (positive != outcome)
        )
    elif operator is cst.Equal or operator is cst.NotEqual:
        wanted = positive == outcome
        _filter(frame, test.left, lambda value: equal(value, right) is not (not wanted))
        _pin(frame, test.left, right, wanted)
    if (operator is cst.Is or operator is cst.IsNot) and right is None:
        _pin(frame, test.left, right, positive == outcome)


def _pin(frame: Frame, name: cst.Name, value: Value, holds: bool) -> None:
    known = frame.scope.find(name.value)
    if holds and isinstance(known, (Unknown, Expr)) and isinstance(value, (int, str, type(None))):
        frame.assign(name.value, value)


def _filter(frame: Frame, name: cst.Name, keep: Any) -> None:
    value = frame.scope.find(name.value)
    if value is MISSING or not isinstance(value, OneOf) or name.value not in frame.scope.names:
        return
    kept = [item for item in value.alternatives if keep(item)]
    if kept and len(kept) < len(value.alternatives):
        frame.assign(name.value, one_of(kept))
