"""What a condition tells about names once its outcome is assumed."""

from __future__ import annotations

from typing import Any

import libcst as cst

from keraslint.interpreter.joining import one_of
from keraslint.interpreter.operators import truth
from keraslint.interpreter.scopes import MISSING, Frame
from keraslint.interpreter.values import OneOf, Value
from keraslint.tensors.dims import Expr, Unknown


def narrow(frame: Frame, test: cst.BaseExpression, outcome: bool) -> None:
    """Assume that ``test`` came out as ``outcome``: drop the alternatives that contradict it."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        narrow(frame, test.expression, not outcome)
    elif isinstance(test, cst.BooleanOperation):
        if isinstance(test.operator, cst.And) == outcome:
            narrow(frame, test.left, outcome)
            narrow(frame, test.right, outcome)
    elif isinstance(test, cst.Name):
        _filter(frame, test, lambda value: truth(value) is not (not outcome))
    elif isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        _narrow_comparison(frame, test, outcome)


def _narrow_comparison(frame: Frame, test: cst.Comparison, outcome: bool) -> None:
    from keraslint.interpreter.expressions import evaluate
    from keraslint.interpreter.operators import equal, identical

    target = test.comparisons[0]
    if not isinstance(test.left, cst.Name) or not isinstance(
        target.comparator, (cst.Name, cst.SimpleString, cst.Integer)
    ):
        return
    right = evaluate(frame, target.comparator)
    positive = isinstance(target.operator, (cst.Is, cst.Equal))
    if isinstance(target.operator, (cst.Is, cst.IsNot)):
        _filter(
            frame, test.left, lambda value: identical(value, right) is not (positive != outcome)
        )
    elif isinstance(target.operator, (cst.Equal, cst.NotEqual)):
        wanted = positive == outcome
        _filter(frame, test.left, lambda value: equal(value, right) is not (not wanted))
        _pin(frame, test.left, right, wanted)
    if isinstance(target.operator, (cst.Is, cst.IsNot)) and right is None:
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
