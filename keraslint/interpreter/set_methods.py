"""Methods of sets. A set is known if it is certain that its items are all different."""

from __future__ import annotations

from collections.abc import Callable

from keraslint.interpreter.expressions import make_set
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.methods import Methods
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import FrozenSet, distinct, is_key, loosen, unordered
from keraslint.interpreter.values import Set, Value
from keraslint.tensors.dims import UNKNOWN

FROZENSET = Methods()
Items = list[Value]


def items_of(frame: Frame, value: Value) -> Items | None:
    """The different items of any iterable, `None` if they are not known."""
    items = unordered(frame, value)
    if items is None or not all(is_key(item) for item in items):
        return None
    return list(dict.fromkeys(items))


def union_of(a: Items, b: Items) -> Items:
    """Items of either."""
    return list(dict.fromkeys([*a, *b]))


def intersection_of(a: Items, b: Items) -> Items:
    """Items of both."""
    among = dict.fromkeys(b)
    return [item for item in a if item in among]


def difference_of(a: Items, b: Items) -> Items:
    """Items of the first that the second has not."""
    among = dict.fromkeys(b)
    return [item for item in a if item not in among]


def symmetric_difference_of(a: Items, b: Items) -> Items:
    """Items of just one."""
    return difference_of(a, b) + difference_of(b, a)


def _combine(
    frame: Frame, target: Set, others: tuple[Value, ...], operation: Callable[[Items, Items], Items]
) -> Items | None:
    result = distinct(target)
    for other in others:
        items = items_of(frame, other)
        result = None if result is None or items is None else operation(result, items)
    return result


def _new(target: Set, items: Items | None) -> Set:
    kind = FrozenSet if isinstance(target, FrozenSet) else Set
    return kind([], open=True) if items is None else kind(items)


@FROZENSET.reading
def union(frame: Frame, target: Set, *others: Value) -> Value:
    """``target.union(*others)``."""
    return _new(target, _combine(frame, target, others, union_of))


@FROZENSET.reading
def intersection(frame: Frame, target: Set, *others: Value) -> Value:
    """``target.intersection(*others)``."""
    return _new(target, _combine(frame, target, others, intersection_of))


@FROZENSET.reading
def difference(frame: Frame, target: Set, *others: Value) -> Value:
    """``target.difference(*others)``."""
    return _new(target, _combine(frame, target, others, difference_of))


@FROZENSET.reading
def symmetric_difference(frame: Frame, target: Set, other: Value) -> Value:
    """``target.symmetric_difference(other)``."""
    return _new(target, _combine(frame, target, (other,), symmetric_difference_of))


@FROZENSET.reading
def copy(_frame: Frame, target: Set) -> Value:
    """``target.copy()``."""
    return type(target)(list(target.items), open=target.open)


@FROZENSET.reading
def issubset(frame: Frame, target: Set, other: Value) -> Value:
    """``target.issubset(other)``."""
    left = _combine(frame, target, (other,), difference_of)
    return UNKNOWN if left is None else not left


@FROZENSET.reading
def issuperset(frame: Frame, target: Set, other: Value) -> Value:
    """``target.issuperset(other)``."""
    items, found = distinct(target), items_of(frame, other)
    return UNKNOWN if items is None or found is None else not difference_of(found, items)


@FROZENSET.reading
def isdisjoint(frame: Frame, target: Set, other: Value) -> Value:
    """``target.isdisjoint(other)``."""
    both = _combine(frame, target, (other,), intersection_of)
    return UNKNOWN if both is None else not both


SET = Methods(FROZENSET)


def _become(frame: Frame, target: Set, items: Items | None) -> None:
    if items is None:
        loosen(frame, target, UNKNOWN)
    else:
        frame.machine.heap.touch(target)
        target.items = items


@SET.changing
def update(frame: Frame, target: Set, *others: Value) -> None:
    """``target.update(*others)``."""
    _become(frame, target, _combine(frame, target, others, union_of))


@SET.changing
def intersection_update(frame: Frame, target: Set, *others: Value) -> None:
    """``target.intersection_update(*others)``."""
    _become(frame, target, _combine(frame, target, others, intersection_of))


@SET.changing
def difference_update(frame: Frame, target: Set, *others: Value) -> None:
    """``target.difference_update(*others)``."""
    _become(frame, target, _combine(frame, target, others, difference_of))


@SET.changing
def symmetric_difference_update(frame: Frame, target: Set, other: Value) -> None:
    """``target.symmetric_difference_update(other)``."""
    _become(frame, target, _combine(frame, target, (other,), symmetric_difference_of))


@SET.changing
def add(frame: Frame, target: Set, value: Value) -> None:
    """``target.add(value)``."""
    if target.open:
        loosen(frame, target, value)
    else:
        _become(frame, target, make_set([*target.items, value]).items)


@SET.changing
def discard(frame: Frame, target: Set, value: Value) -> None:
    """``target.discard(value)``."""
    items = distinct(target) if is_key(value) else None
    _become(frame, target, None if items is None else difference_of(items, [value]))


SET.implementations["remove"] = SET.implementations["discard"]


@SET.changing
def pop(frame: Frame, target: Set) -> Value:
    """``target.pop()``: any item."""
    items = distinct(target)
    if items and len(items) == 1:
        _become(frame, target, [])
    else:
        loosen(frame, target)
    return one_of(items) if items else UNKNOWN


@SET.changing
def clear(frame: Frame, target: Set) -> None:
    """``target.clear()``."""
    frame.machine.heap.touch(target)
    target.items = []
    target.open = False
