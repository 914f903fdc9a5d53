"""Methods of lists, deques and tuples."""

from __future__ import annotations

from keraslint.interpreter.calling import in_order
from keraslint.interpreter.iteration import element_of
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.methods import Methods
from keraslint.interpreter.operators import MAX_ITEMS, equal, truth
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import loosen, ordered, shuffled
from keraslint.interpreter.values import List, Value
from keraslint.tensors.dims import UNKNOWN

LIST = Methods()


@LIST.changing
def append(frame: Frame, target: List, value: Value) -> None:
    """``target.append(value)``."""
    extend_known(frame, target, [value])


@LIST.changing
def extend(frame: Frame, target: List, values: Value) -> None:
    """``target.extend(values)``."""
    items = ordered(frame, values)
    if items is None:
        loosen(frame, target, element_of(values))
    else:
        extend_known(frame, target, items)


def extend_known(frame: Frame, target: List, values: list[Value]) -> None:
    """Add values at the end."""
    if target.open or len(target.items) + len(values) > MAX_ITEMS:
        loosen(frame, target, *values)
    else:
        frame.machine.heap.touch(target)
        target.items.extend(values)


@LIST.changing
def insert(frame: Frame, target: List, index: Value, value: Value) -> None:
    """``target.insert(index, value)``."""
    if target.open:
        loosen(frame, target, value)
        return
    frame.machine.heap.touch(target)
    if isinstance(index, int):
        target.items.insert(index, value)
    else:
        target.items = shuffled([*target.items, value])


@LIST.changing
def remove(frame: Frame, target: List, value: Value) -> None:
    """``target.remove(value)``: the first item that is equal."""
    if target.open:
        loosen(frame, target)
        return
    place = find(target.items, value)
    frame.machine.heap.touch(target)
    if place is None:
        target.items = shuffled(target.items, len(target.items) - 1)
    elif place >= 0:
        del target.items[place]


def find(items: list[Value], value: Value) -> int | None:
    """The place of the first equal item, -1 if there is none, `None` if that is unknown."""
    for place, item in enumerate(items):
        verdict = equal(item, value)
        if verdict is None:
            return None
        if verdict:
            return place
    return -1


@LIST.changing
def pop(frame: Frame, target: List, index: Value = -1) -> Value:
    """``target.pop(index)``."""
    items = target.items
    frame.machine.heap.touch(target)
    if isinstance(index, int) and not target.open:
        return items.pop(index) if -len(items) <= index < len(items) else UNKNOWN
    found = one_of(items) if items else UNKNOWN
    if target.open:
        loosen(frame, target)
    elif items:
        target.items = shuffled(items, len(items) - 1)
    return found


@LIST.changing
def clear(frame: Frame, target: List) -> None:
    """``target.clear()``."""
    frame.machine.heap.touch(target)
    target.items = []
    target.open = False


@LIST.changing
def reverse(frame: Frame, target: List) -> None:
    """``target.reverse()``."""
    if target.open:
        loosen(frame, target)
    else:
        frame.machine.heap.touch(target)
        target.items.reverse()


@LIST.changing
def sort(frame: Frame, target: List, *, key: Value = None, reverse: Value = False) -> None:
    """``target.sort(key=key, reverse=reverse)``."""
    if target.open:
        loosen(frame, target)
        return
    items = in_order(frame, list(target.items), key, truth(reverse))
    frame.machine.heap.touch(target)
    target.items = shuffled(target.items) if items is None else items


@LIST.reading
def copy(_frame: Frame, target: List) -> Value:
    """``target.copy()``."""
    return List(list(target.items), open=target.open)


@LIST.reading
def index(_frame: Frame, target: List, value: Value) -> Value:
    """``target.index(value)``."""
    return UNKNOWN if target.open else _place(target.items, value)


@LIST.reading
def count(_frame: Frame, target: List, value: Value) -> Value:
    """``target.count(value)``."""
    return UNKNOWN if target.open else _count(target.items, value)


def _place(items: list[Value], value: Value) -> Value:
    place = find(items, value)
    return UNKNOWN if place is None or place < 0 else place


def _count(items: list[Value], value: Value) -> Value:
    verdicts = [equal(item, value) for item in items]
    return UNKNOWN if None in verdicts else verdicts.count(True)


TUPLE = Methods()


@TUPLE.reading
def index_(_frame: Frame, target: tuple[Value, ...], value: Value) -> Value:
    """``target.index(value)``."""
    return _place(list(target), value)


@TUPLE.reading
def count_(_frame: Frame, target: tuple[Value, ...], value: Value) -> Value:
    """``target.count(value)``."""
    return _count(list(target), value)


@TUPLE.reading
def as_list(_frame: Frame, target: tuple[Value, ...]) -> Value:
    """``shape.as_list()``: TensorFlow's shapes are tuples here."""
    return List(list(target))
