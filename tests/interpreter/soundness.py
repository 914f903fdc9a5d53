"""Programs run for real and interpreted; what is known must be true of what is."""

from __future__ import annotations

import collections
from typing import Any

from keraslint.interpreter.programs import Program
from keraslint.interpreter.roots import run
from keraslint.interpreter.sequences import View
from keraslint.interpreter.values import (
    Builtin,
    Dict,
    Iterator_,
    List,
    OneOf,
    Sequence_,
    Set,
    Value,
    is_constant,
)
from keraslint.sources import Source
from keraslint.syntax import parse


def interpret(code: str) -> dict[str, Value]:
    """The names that a program's module level leaves."""
    program = Program(parse(Source("program.py", code, code)))
    run(program)
    return program.main.scope.names


def known(code: str) -> Any:
    """What ``result`` is after a program, as a Python object; fails if it is not all known."""
    return as_python(interpret(code)["result"])


def as_python(value: Value) -> Any:
    if isinstance(value, tuple):
        return tuple(as_python(item) for item in value)
    if isinstance(value, Iterator_):
        assert not value.open
        return [as_python(item) for item in value.items[value.position :]]
    if isinstance(value, Sequence_):
        assert not value.open
        items = [as_python(item) for item in value.items]
        return set(items) if isinstance(value, Set) else items
    if isinstance(value, Dict):
        assert not value.open
        return {key: as_python(item) for key, item in value.items.items()}
    assert is_constant(value) or isinstance(value, (range, slice)), value
    return value


def is_true_of(value: Value, real: Any) -> bool:
    """Whether all that is known of a value holds for the real one."""
    if isinstance(value, OneOf):
        return any(is_true_of(item, real) for item in value.alternatives)
    if is_constant(value) or isinstance(value, (range, slice)):
        return type(value) is type(real) and (value == real or value != value)
    if isinstance(value, tuple):
        return isinstance(real, tuple) and _items_hold(list(value), list(real))
    if isinstance(value, (Iterator_, View)):
        rest = value.items[getattr(value, "position", 0) :]
        if is_constant(real) or isinstance(real, (tuple, list, dict)):
            return False
        return _sequence_holds(rest, value.open, list(real))
    if isinstance(value, Set):
        return isinstance(real, (set, frozenset)) and _set_holds(value, real)
    if isinstance(value, List):
        is_sequence = isinstance(real, (list, collections.deque))
        return is_sequence and _sequence_holds(value.items, value.open, list(real))
    if isinstance(value, Dict):
        return isinstance(real, dict) and _dict_holds(value, real)
    if isinstance(value, Builtin) and isinstance(real, type):
        return value.name == real.__name__
    return True


def _items_hold(items: list[Value], real: list[Any]) -> bool:
    return len(items) == len(real) and all(
        is_true_of(item, other) for item, other in zip(items, real, strict=True)
    )


def _sequence_holds(items: list[Value], is_open: bool, real: list[Any]) -> bool:
    if not is_open:
        return _items_hold(items, real)
    return not items or all(any(is_true_of(item, other) for item in items) for other in real)


def _set_holds(value: Set, real: Any) -> bool:
    if value.open:
        return True
    covered = all(any(is_true_of(item, other) for item in value.items) for other in real)
    certain = [item for item in value.items if is_constant(item)]
    return covered and all(item in real for item in certain)


def _dict_holds(value: Dict, real: dict[Any, Any]) -> bool:
    if not value.open and list(value.items) != list(real):
        return False
    return all(is_true_of(item, real[key]) for key, item in value.items.items() if key in real)
