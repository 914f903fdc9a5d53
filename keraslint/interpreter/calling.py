"""Calling functions on items: in a loop, perhaps, or to sort by what they give."""

from __future__ import annotations

from keraslint.interpreter.folding import ERRORS, NotPlainError, plain
from keraslint.interpreter.joining import widen
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Value


def in_order(
    frame: Frame, items: list[Value], key: Value, descending: bool | None
) -> list[Value] | None:
    """The items sorted by ``key``, `None` if their order cannot be known."""
    try:
        ranks = [plain(rank) for rank in ranked(frame, items, key)]
        if descending is None:
            return None
        places = sorted(range(len(items)), key=ranks.__getitem__, reverse=descending)
    except (NotPlainError, *ERRORS):
        return None
    return [items[place] for place in places]


def ranked(frame: Frame, items: list[Value], key: Value) -> list[Value]:
    """What ``key`` says of each item, the items themselves without one."""
    if key is None:
        return items
    return [call_with(frame, key, item, number=number) for number, item in enumerate(items)]


def call_with(frame: Frame, function: Value, *values: Value, number: int | None = None) -> Value:
    """``function(*values)``, as the loop iteration ``number`` if there is one."""
    from keraslint.interpreter.calls import call

    outer = frame.iteration
    if number is not None:
        frame.iteration = (*outer, number)
    result = call(frame, function, Arguments(list(values)), None)
    frame.iteration = outer
    return result


def call_perhaps(frame: Frame, function: Value, *values: Value) -> Value:
    """What ``function`` gives if it is called, which may happen any number of times."""
    machine = frame.machine
    [(result, delta)] = machine.alternatives([lambda: call_with(frame, function, *values)])
    machine.heap.merge([delta, {}], join=widen)
    return result
