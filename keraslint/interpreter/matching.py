"""``match``: a case that certainly fits is taken, others are branches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.operators import equal, identical, truth
from keraslint.interpreter.outcomes import NEXT
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Sequence_, Value
from keraslint.tensors.dims import UNKNOWN


def match(frame: Frame, node: cst.Match) -> int:
    """Run the first case that fits, or every one that may."""
    from keraslint.interpreter.branches import run_branches
    from keraslint.interpreter.statements import execute_block

    subject = evaluate(frame, node.subject)
    branches: list[Callable[[], int]] = []
    certain = False
    for case in node.cases:
        verdict = _fits(frame, case.pattern, subject)
        if verdict is False:
            continue

        def run(case: cst.MatchCase = case) -> int:
            _bind(frame, case.pattern, subject)
            return execute_block(frame, case.body.body)

        if verdict and case.guard is not None:
            _bind(frame, case.pattern, subject)
            verdict = truth(evaluate(frame, case.guard))
            if verdict is False:
                continue
        branches.append(run)
        if verdict:
            certain = True
            break
    if certain and len(branches) == 1:
        return branches[0]()
    if not certain:
        branches.append(lambda: NEXT)
    return run_branches(frame, branches)


def _fits(frame: Frame, pattern: cst.MatchPattern, subject: Value) -> bool | None:
    if isinstance(pattern, cst.MatchValue):
        return equal(subject, evaluate(frame, pattern.value))
    if isinstance(pattern, cst.MatchSingleton):
        return identical(subject, evaluate(frame, pattern.value))
    if isinstance(pattern, cst.MatchAs):
        return True if pattern.pattern is None else _fits(frame, pattern.pattern, subject)
    if isinstance(pattern, cst.MatchOr):
        verdicts = [_fits(frame, element.pattern, subject) for element in pattern.patterns]
        return True if True in verdicts else (None if None in verdicts else False)
    if isinstance(pattern, (cst.MatchTuple, cst.MatchList)):
        return _fits_sequence(frame, pattern, subject)
    return None


def _fits_sequence(frame: Frame, pattern: Any, subject: Value) -> bool | None:
    items = subject.items if isinstance(subject, Sequence_) and not subject.open else subject
    if not isinstance(items, (list, tuple)):
        return None
    if any(isinstance(element, cst.MatchStar) for element in pattern.patterns):
        return None
    if len(items) != len(pattern.patterns):
        return False
    verdicts = [
        _fits(frame, element.value, item)
        for element, item in zip(pattern.patterns, items, strict=True)
    ]
    return False if False in verdicts else (None if None in verdicts else True)


def _bind(frame: Frame, pattern: Any, subject: Value) -> None:
    if isinstance(pattern, cst.MatchAs):
        if pattern.pattern is not None:
            _bind(frame, pattern.pattern, subject)
        if pattern.name is not None:
            frame.assign(pattern.name.value, subject)
    elif isinstance(pattern, (cst.MatchTuple, cst.MatchList)):
        items = subject.items if isinstance(subject, Sequence_) and not subject.open else subject
        known = isinstance(items, (list, tuple)) and len(items) == len(pattern.patterns)
        for index, element in enumerate(pattern.patterns):
            inner = getattr(element, "value", None)
            if inner is not None:
                _bind(frame, inner, items[index] if known else UNKNOWN)
    elif isinstance(pattern, (cst.MatchMapping, cst.MatchClass, cst.MatchStar)):
        _bind_unknown(frame, pattern)


def _bind_unknown(frame: Frame, pattern: cst.CSTNode) -> None:
    for child in pattern.children:
        if isinstance(child, cst.MatchAs) and child.name is not None:
            frame.assign(child.name.value, UNKNOWN)
        _bind_unknown(frame, child)
