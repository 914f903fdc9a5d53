"""Python's functions on iterables: ``zip``, ``enumerate``, ``sum``, ``sorted`` and so on."""

from __future__ import annotations

from keraslint.interpreter.binding import builtin, each
from keraslint.interpreter.calling import call_perhaps, call_with, in_order, ranked
from keraslint.interpreter.calls import call
from keraslint.interpreter.classes import find_method
from keraslint.interpreter.folding import ERRORS, NotPlainError, plain
from keraslint.interpreter.iteration import element_of
from keraslint.interpreter.joining import join
from keraslint.interpreter.operators import binary, truth
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import (
    END,
    Endless,
    advance,
    cover,
    iterator,
    open_list,
    ordered,
    rows,
    shuffled,
    unordered,
)
from keraslint.interpreter.values import Arguments, Instance, Iterator_, List, OneOf, Value
from keraslint.tensors.dims import UNKNOWN, Unknown


@builtin("iter")
def iter_(frame: Frame, value: Value, *sentinel: Value) -> Value:
    """``iter(value)``."""
    if sentinel or isinstance(value, Unknown):
        return Iterator_([], open=True)
    if isinstance(value, Instance):
        method = find_method(frame, value, "__iter__")
        return UNKNOWN if method is None else call(frame, method, Arguments(), None)
    return iterator(frame, value)


@builtin("next", spread=False)
def next_(frame: Frame, source: Value, *default: Value) -> Value:
    """``next(source, default)``."""
    if isinstance(source, Instance):
        method = find_method(frame, source, "__next__")
        return UNKNOWN if method is None else call(frame, method, Arguments(), None)
    if not isinstance(source, Iterator_):
        return element_of(source)
    item = advance(frame, source)
    if item is END:
        return default[0] if default else UNKNOWN
    may_end = default and source.open and not isinstance(source, Endless)
    return join(item, default[0]) if may_end else item


@builtin("reversed")
def reversed_(frame: Frame, values: Value) -> Value:
    """``reversed(values)``."""
    items = ordered(frame, values)
    if items is None:
        return iterator(frame, values)
    return Iterator_(items[::-1])


@builtin("enumerate")
def enumerate_(frame: Frame, iterable: Value, start: Value = 0) -> Value:
    """``enumerate(iterable, start)``."""
    items = ordered(frame, iterable)
    if items is None:
        return Iterator_([(UNKNOWN, element_of(iterable))], open=True)
    return Iterator_([(binary(frame, "+", start, i), item) for i, item in enumerate(items)])


@builtin("zip")
def zip_(frame: Frame, *iterables: Value, **_strict: Value) -> Value:
    """``zip(*iterables)``, step by step, so that one iterator may be given twice."""
    found = rows(frame, [iterator(frame, value) for value in iterables])
    if found is None:
        return Iterator_([tuple(element_of(value) for value in iterables)], open=True)
    return Iterator_(list(found))


@builtin("map", spread=False)
def map_(frame: Frame, function: Value, *iterables: Value) -> Value:
    """``map(function, *iterables)``."""
    found = rows(frame, [iterator(frame, value) for value in iterables])
    if found is None:
        elements = [element_of(value) for value in iterables]
        return Iterator_(cover([call_perhaps(frame, function, *elements)]), open=True)
    return Iterator_(
        [call_with(frame, function, *row, number=number) for number, row in enumerate(found)]
    )


@builtin("filter", spread=False)
def filter_(frame: Frame, function: Value, iterable: Value) -> Value:
    """``filter(function, iterable)``."""
    items = ordered(frame, iterable)
    if items is None:
        element = element_of(iterable)
        if function is not None:
            call_perhaps(frame, function, element)
        return Iterator_(cover([element]), open=True)
    verdicts = [truth(verdict) for verdict in ranked(frame, items, function)]
    kept = [item for item, verdict in zip(items, verdicts, strict=True) if verdict is not False]
    return Iterator_(cover(kept), open=True) if None in verdicts else Iterator_(kept)


@builtin("sorted", spread=False)
def sorted_(frame: Frame, iterable: Value, *, key: Value = None, reverse: Value = False) -> Value:
    """``sorted(iterable, key=key, reverse=reverse)``."""
    items = unordered(frame, iterable)
    if items is None:
        return open_list(iterable)
    found = in_order(frame, items, key, truth(reverse))
    return List(shuffled(items) if found is None else found)


@builtin("sum")
def sum_(frame: Frame, iterable: Value, start: Value = 0) -> Value:
    """``sum(iterable, start)``, tensors included."""
    items = unordered(frame, iterable)
    if items is None or isinstance(start, (str, bytes)):
        return UNKNOWN
    total = start
    for item in items:
        total = binary(frame, "+", total, item)
    return total


@builtin("any")
def any_(frame: Frame, iterable: Value) -> Value:
    """``any(iterable)``."""
    verdicts = _truths(frame, iterable)
    if True in verdicts:
        return True
    return UNKNOWN if None in verdicts else False


@builtin("all")
def all_(frame: Frame, iterable: Value) -> Value:
    """``all(iterable)``."""
    verdicts = _truths(frame, iterable)
    if False in verdicts:
        return False
    return UNKNOWN if None in verdicts else True


def _truths(frame: Frame, iterable: Value) -> list[bool | None]:
    items = unordered(frame, iterable)
    return [None] if items is None else [truth(item) for item in items]


@builtin("max", spread=False)
def max_(frame: Frame, *values: Value, key: Value = None, **default: Value) -> Value:
    """``max(*values, key=key)``."""
    return _extreme(frame, values, key, default, largest=True)


@builtin("min", spread=False)
def min_(frame: Frame, *values: Value, key: Value = None, **default: Value) -> Value:
    """``min(*values, key=key)``."""
    return _extreme(frame, values, key, default, largest=False)


def _extreme(
    frame: Frame, values: tuple[Value, ...], key: Value, default: dict[str, Value], *, largest: bool
) -> Value:
    items = unordered(frame, values[0]) if len(values) == 1 else list(values)
    if items is None:
        return UNKNOWN
    if not items:
        return default.get("default", UNKNOWN)
    if key is None and any(isinstance(item, OneOf) for item in items):
        return each(lambda _, *some: _extreme(frame, some, None, {}, largest=largest), frame, items)
    try:
        ranks = [plain(rank) for rank in ranked(frame, items, key)]
        place = (max if largest else min)(range(len(items)), key=ranks.__getitem__)
    except (NotPlainError, *ERRORS):
        return UNKNOWN
    return items[place]
