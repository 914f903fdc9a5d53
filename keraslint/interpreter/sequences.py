"""Items of values whose order, number or identity is not fully known, and stepping through them.

The items of an open list are either none, which says nothing, or one value that covers them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from keraslint.interpreter.iteration import element_of, iterate
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.operators import MAX_ITEMS
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Dict,
    Iterator_,
    List,
    OneOf,
    Sequence_,
    Set,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown

END: Final[Any] = object()


class View(List):
    """The keys, values or items of a dict."""

    kind = "view"


class Deque(List):
    """A ``collections.deque`` of at most ``maxlen`` items, `None` for any number."""

    kind = "deque"
    maxlen: Value = None


class FrozenSet(Set):
    """A set that cannot change."""

    kind = "frozenset"


class Endless(Iterator_):
    """An iterator that never ends; ``item_at`` gives its items by number."""

    def __init__(self, item_at: Callable[[int], Value]) -> None:
        super().__init__([], open=True)
        self.item_at = item_at


def is_key(value: Value) -> bool:
    """Whether it is known which dict key a value is: constants, and what has an identity."""
    if isinstance(value, tuple):
        return all(is_key(item) for item in value)
    unhashable = isinstance(value, (List, Dict, slice)) or type(value) is Set
    return not unhashable and not isinstance(value, (Unknown, Expr, OneOf))


def cover(items: Iterable[Value]) -> list[Value]:
    """The items for an open list that holds nothing but these."""
    items = list(items)
    element = one_of(items) if items else UNKNOWN
    return [] if isinstance(element, Unknown) else [element]


def shuffled(items: list[Value], length: int | None = None) -> list[Value]:
    """Items of which only the number is known, and that they are among these."""
    return [one_of(items)] * (len(items) if length is None else length) if items else []


def distinct(value: Set) -> list[Value] | None:
    """The items of a set if it is known that they are these and all different."""
    return (
        None if value.open or not all(is_key(item) for item in value.items) else list(value.items)
    )


def unordered(frame: Frame, value: Value) -> list[Value] | None:
    """The items of a value in any order, `None` if it is not known which there are."""
    return distinct(value) if isinstance(value, Set) else iterate(frame, value)


def ordered(frame: Frame, value: Value) -> list[Value] | None:
    """The items of a value in their order; those of a set, whose order nobody knows, blurred."""
    items = unordered(frame, value)
    return shuffled(items) if isinstance(value, Set) and items else items


def open_list(value: Value) -> List:
    """A list of unknown length of the items of ``value``."""
    return List(cover([element_of(value)]), open=True)


def iterator(frame: Frame, value: Value) -> Iterator_:
    """``iter(value)``."""
    if isinstance(value, Iterator_):
        return value
    items = ordered(frame, value)
    if items is None:
        return Iterator_(cover([element_of(value)]), open=True)
    return Iterator_(items)


def advance(frame: Frame, source: Iterator_) -> Value:
    """The next item, `END` behind the last one."""
    if source.open and not isinstance(source, Endless):
        return element_of(source)
    if not source.open and source.position >= len(source.items):
        return END
    frame.machine.heap.touch(source)
    source.position += 1
    number = source.position - 1
    return source.item_at(number) if isinstance(source, Endless) else source.items[number]


def rows(frame: Frame, sources: list[Iterator_]) -> list[tuple[Value, ...]] | None:
    """What ``zip`` gives, `None` if it is not known how many there are."""
    if any(source.open and not isinstance(source, Endless) for source in sources):
        return None
    if sources and all(source.open for source in sources):
        return None
    found: list[tuple[Value, ...]] = []
    while sources and len(found) <= MAX_ITEMS:
        row = []
        for source in sources:
            item = advance(frame, source)
            if item is END:
                return found
            row.append(item)
        found.append(tuple(row))
    return None if sources else []


def loosen(frame: Frame, target: Sequence_, *extra: Value) -> None:
    """Note that a list or set may have got further items and lost some."""
    frame.machine.heap.touch(target)
    known = bool(target.items) or not target.open
    target.items = cover([*target.items, *extra]) if known else []
    target.open = True


def constants(items: Iterable[Value]) -> bool:
    """Whether all items are constants."""
    return all(is_constant(item) for item in items)
