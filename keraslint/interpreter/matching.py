"""``match``: a case that certainly fits is taken, others are branches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import libcst as cst

from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.instances import is_instance, kind_of
from keraslint.interpreter.joining import join
from keraslint.interpreter.operators import equal, identical, truth
from keraslint.interpreter.outcomes import NEXT
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Builtin,
    Class,
    Dict,
    Instance,
    List,
    OneOf,
    Value,
    is_unknown,
)
from keraslint.tensors.dims import UNKNOWN, Expr

Bound: TypeAlias = dict[str, Value]
Verdict: TypeAlias = bool | None
"""Whether a pattern fits, `None` if that is not known."""

SELF = {"bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str"}
SELF |= {"tuple"}
"""The types whose one positional pattern is matched against the subject itself."""


def match(frame: Frame, node: cst.Match) -> int:
    """Run the first case that fits, or every one that may."""
    from keraslint.interpreter.branches import run_branches
    from keraslint.interpreter.statements import execute_block

    subject = evaluate(frame, node.subject)
    branches: list[Callable[[], int]] = []
    certain = False
    for case in node.cases:
        bound: Bound = {}
        verdict = _fits(frame, case.pattern, subject, bound)
        if verdict is False:
            continue

        def run(case: cst.MatchCase = case, bound: Bound = bound) -> int:
            _bind(frame, bound)
            return execute_block(frame, case.body.body)

        if case.guard is not None:
            if verdict and not branches:
                _bind(frame, bound)
            verdict = _both(verdict, _guard(frame, case.guard, bound))
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


def _bind(frame: Frame, bound: Bound) -> None:
    for name, value in bound.items():
        frame.assign(name, value)


def _guard(frame: Frame, guard: cst.BaseExpression, bound: Bound) -> Verdict:
    """The outcome of a guard, the names of the pattern bound."""

    def run() -> Value:
        _bind(frame, bound)
        return truth(evaluate(frame, guard))

    [(verdict, _)] = frame.machine.alternatives([run])
    return None if verdict is None else bool(verdict)


def _both(first: Verdict, second: Verdict) -> Verdict:
    if first is False or second is False:
        return False
    return True if first and second else None


def _fits(frame: Frame, pattern: cst.MatchPattern | None, subject: Value, bound: Bound) -> Verdict:
    """Whether a pattern fits; ``bound`` gets the names it binds."""
    if isinstance(pattern, cst.MatchAs):
        inner = pattern.pattern is None or _fits(frame, pattern.pattern, subject, bound)
        if pattern.name is not None:
            bound[pattern.name.value] = subject
        return inner
    if isinstance(pattern, cst.MatchValue):
        return equal(subject, evaluate(frame, pattern.value))
    if isinstance(pattern, cst.MatchSingleton):
        return identical(subject, evaluate(frame, pattern.value))
    if isinstance(subject, OneOf):
        return _one_of(frame, pattern, subject, bound)
    if isinstance(pattern, cst.MatchOr):
        return _any(frame, [element.pattern for element in pattern.patterns], subject, bound)
    if isinstance(pattern, (cst.MatchTuple, cst.MatchList)):
        return _sequence(frame, pattern, subject, bound)
    if isinstance(pattern, cst.MatchMapping):
        return _mapping(frame, pattern, subject, bound)
    if isinstance(pattern, cst.MatchClass):
        return _class(frame, pattern, subject, bound)
    return None


def _one_of(frame: Frame, pattern: Any, subject: OneOf, bound: Bound) -> Verdict:
    verdicts: list[Verdict] = []
    for item in subject.alternatives:
        mine: Bound = {}
        verdicts.append(_fits(frame, pattern, item, mine))
        if verdicts[-1] is not False:
            for name, value in mine.items():
                bound[name] = join(bound[name], value) if name in bound else value
    return verdicts[0] if len(set(verdicts)) == 1 else None


def _any(frame: Frame, patterns: list[Any], subject: Value, bound: Bound) -> Verdict:
    certain = True
    for pattern in patterns:
        mine: Bound = {}
        verdict = _fits(frame, pattern, subject, mine)
        if verdict is False:
            continue
        for name, value in mine.items():
            bound[name] = value if certain else UNKNOWN
        if verdict:
            return True
        certain = False
    return False if certain else None


def _sequence(frame: Frame, pattern: Any, subject: Value, bound: Bound) -> Verdict:
    elements = pattern.patterns
    items = _items(subject)
    if items is None:
        _leave_open(pattern, bound)
        return False if _is_no_sequence(subject) else None
    starred = [i for i, element in enumerate(elements) if isinstance(element, cst.MatchStar)]
    if len(items) < len(elements) - len(starred) or (not starred and len(items) > len(elements)):
        return False
    first = starred[0] if starred else len(elements)
    last = len(items) - (len(elements) - first - 1)
    pairs = list(zip(elements[:first], items[:first], strict=True))
    if starred:
        pairs += zip(elements[first + 1 :], items[last:], strict=True)
        if elements[first].name is not None:
            bound[elements[first].name.value] = List(list(items[first:last]))
    verdict: Verdict = True
    for element, item in pairs:
        verdict = _both(verdict, _fits(frame, element.value, item, bound))
    return verdict


def _items(subject: Value) -> list[Value] | None:
    from keraslint.interpreter.classes import named_tuple_items

    if isinstance(subject, (tuple, range)):
        return list(subject) if len(subject) < 64 else None
    if type(subject) is List and not subject.open:
        return subject.items
    return named_tuple_items(subject) if isinstance(subject, Instance) else None


def _is_no_sequence(subject: Value) -> bool:
    kind = kind_of(subject)
    plain = (int, float, bool, complex, str, bytes, type(None), dict)
    return kind in plain if kind is not None else _is_no_container(subject)


def _is_no_container(subject: Value) -> bool:
    """Whether this is an object of the program that is certainly no list, tuple or dict."""
    from keraslint.interpreter.classes import has_unknown_base

    known = isinstance(subject, Instance) and subject.content is None
    return known and not has_unknown_base(subject.cls)


def _mapping(frame: Frame, pattern: cst.MatchMapping, subject: Value, bound: Bound) -> Verdict:
    if not isinstance(subject, Dict):
        _leave_open(pattern, bound)
        kind = kind_of(subject)
        other = kind is not dict if kind is not None else _is_no_container(subject)
        return False if other else None
    verdict: Verdict = True
    rest = dict(subject.items)
    for element in pattern.elements:
        key = evaluate(frame, element.key)
        if is_unknown(key) or key not in subject.items:
            if not subject.open and not is_unknown(key):
                return False
            _leave_open(element.pattern, bound)
            verdict = None
            continue
        found = _fits(frame, element.pattern, rest.pop(key, UNKNOWN), bound)
        verdict = _both(verdict, None if key in subject.optional and found else found)
    if pattern.rest is not None:
        bound[pattern.rest.value] = Dict(rest, open=subject.open)
    return verdict


def _class(frame: Frame, pattern: cst.MatchClass, subject: Value, bound: Bound) -> Verdict:
    cls = evaluate(frame, pattern.cls)
    if isinstance(subject, Expr) or is_unknown(subject):
        verdict: Verdict = None
    else:
        verdict = is_instance(frame, subject, cls)
    if verdict is False:
        return False
    names = _match_args(cls)
    if isinstance(cls, Builtin) and cls.name in SELF and len(pattern.patterns) == 1:
        return _both(verdict, _fits(frame, pattern.patterns[0].value, subject, bound))
    if len(pattern.patterns) > len(names):
        _leave_open(pattern, bound)
        return None
    asked = [(name, part.value) for name, part in zip(names, pattern.patterns, strict=False)]
    asked += [(part.key.value, part.pattern) for part in pattern.kwds]
    for name, part in asked:
        verdict = _both(verdict, _attribute(frame, subject, name, part, bound))
    return verdict


def _attribute(frame: Frame, subject: Value, name: str, pattern: Any, bound: Bound) -> Verdict:
    from keraslint.interpreter.attributes import get_attribute

    verdict = _fits(frame, pattern, get_attribute(frame, subject, name, pattern), bound)
    known = isinstance(subject, Instance) and name in subject.attributes
    return verdict if known or verdict is False else None


def _match_args(cls: Value) -> list[str]:
    from keraslint.interpreter.classes import fields_of, lookup

    if not isinstance(cls, Class):
        return []
    named = lookup(cls, "__match_args__")
    if isinstance(named, tuple) and all(isinstance(name, str) for name in named):
        return list(named)
    return [name for name, _ in fields_of(cls)]


def _leave_open(pattern: Any, bound: Bound) -> None:
    """Bind the names of a pattern to anything."""
    pending: list[Any] = [pattern]
    while pending:
        part = pending.pop()
        if isinstance(part, (cst.MatchAs, cst.MatchStar)) and part.name is not None:
            bound[part.name.value] = UNKNOWN
        if isinstance(part, cst.MatchMapping) and part.rest is not None:
            bound[part.rest.value] = UNKNOWN
        pending.extend(child for child in getattr(part, "children", ()))
