"""Computing with constants as Python itself does, where the result stays small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.interpreter.operators import MAX_BITS, MAX_ITEMS
from keraslint.interpreter.values import Dict, List, Sequence_, Set, Value, is_constant
from keraslint.tensors.dims import UNKNOWN

MAX_DEPTH = 20
MAX_WORK = 1_000_000
ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, MemoryError)


class NotPlainError(ValueError):
    """A value that no plain Python object stands for."""


def plain(value: Value) -> Any:
    """The Python object that a value stands for, containers converted.

    Raises:
        NotPlainError: something in it is not known, or it is too big. Sets of several items count
            as not known, since nobody knows their order.
    """
    return _plain(value, [MAX_ITEMS], MAX_DEPTH)


def _plain(value: Value, budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if depth == 0 or budget[0] < 0:
        raise NotPlainError
    if is_constant(value) or isinstance(value, range):
        return value
    if isinstance(value, tuple):
        return tuple(_plain(item, budget, depth - 1) for item in value)
    if isinstance(value, slice):
        return slice(*(_plain(part, budget, depth - 1) for part in _parts(value)))
    if isinstance(value, Dict) and not value.open:
        return {
            _plain(key, budget, depth - 1): _plain(item, budget, depth - 1)
            for key, item in value.items.items()
        }
    if isinstance(value, Sequence_) and not value.open:
        items = [_plain(item, budget, depth - 1) for item in value.items]
        if not isinstance(value, Set):
            return items
        if len(items) <= 1:
            return set(items)
    raise NotPlainError


def _parts(value: slice) -> tuple[Value, Value, Value]:
    return value.start, value.stop, value.step


def is_plain(value: Value) -> bool:
    """Whether a plain Python object stands for a value."""
    try:
        plain(value)
    except NotPlainError:
        return False
    return True


def lift(thing: Any) -> Value:
    """The value for a Python object; unknown if it is of no plain type or too big."""
    if isinstance(thing, int):
        return thing if thing.bit_length() <= MAX_BITS else UNKNOWN
    if isinstance(thing, (str, bytes, tuple, list, dict, set, frozenset)):
        return _lift_sized(thing) if len(thing) <= MAX_ITEMS else UNKNOWN
    return thing if is_constant(thing) or isinstance(thing, range) else UNKNOWN


def _lift_sized(thing: Any) -> Value:
    if isinstance(thing, (str, bytes)):
        return thing
    if isinstance(thing, dict):
        return Dict({key: lift(item) for key, item in thing.items()})
    items = [lift(item) for item in thing]
    if isinstance(thing, tuple):
        return tuple(items)
    return List(items) if isinstance(thing, list) else Set(items)


def fold(function: Callable[..., Any], *values: Value, **keywords: Value) -> Value:
    """``function(*values)`` computed by Python; unknown if a value is not plain or it raises."""
    try:
        result = function(
            *[plain(value) for value in values],
            **{name: plain(value) for name, value in keywords.items()},
        )
    except ERRORS:
        return UNKNOWN
    return lift(result)


def is_cheap(*things: Any) -> bool:
    """Whether work in proportion to the product of all sizes and numbers is still little."""
    work = 1
    for thing in things:
        work *= _weight(thing)
        if work > MAX_WORK:
            return False
    return True


def _weight(thing: Any) -> int:
    if isinstance(thing, (str, bytes, range)):
        return max(1, len(thing))
    if isinstance(thing, int):
        return max(1, abs(thing))
    if isinstance(thing, dict):
        return max(1, sum(_weight(key) + _weight(item) for key, item in thing.items()))
    if isinstance(thing, (tuple, list, set)):
        return max(1, sum(_weight(item) for item in thing))
    return 1
