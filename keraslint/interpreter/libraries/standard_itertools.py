"""``itertools``: computed at once where all items are known."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any

from keraslint.interpreter.calling import call_perhaps, call_with, ranked
from keraslint.interpreter.folding import fold
from keraslint.interpreter.iteration import MAX_ITEMS, element_of
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.libraries.modelling import modelled
from keraslint.interpreter.operators import binary, truth
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import END, Endless, advance, cover, is_key, iterator, ordered
from keraslint.interpreter.values import Iterator_, Value
from keraslint.tensors.dims import UNKNOWN


def _unknown(*elements: Value) -> Iterator_:
    return Iterator_(cover(elements or (UNKNOWN,)), open=True)


def _finite(items: Iterable[Any], size: int) -> Iterator_:
    return Iterator_(list(items)) if size <= MAX_ITEMS else _unknown()


@modelled("itertools.chain", spread=False)
def chain(frame: Frame, *iterables: Value) -> Value:
    """``chain(*iterables)``."""
    parts = [ordered(frame, value) for value in iterables]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return _unknown(*(element_of(value) for value in iterables))
    return Iterator_([item for part in known for item in part])


@modelled("itertools.chain.from_iterable", spread=False)
def from_iterable(frame: Frame, iterables: Value) -> Value:
    """``chain.from_iterable(iterables)``."""
    parts = ordered(frame, iterables)
    return _unknown(element_of(element_of(iterables))) if parts is None else chain(frame, *parts)


@modelled("itertools.product", spread=False)
def product(frame: Frame, *iterables: Value, repeat: Value = 1) -> Value:
    """``product(*iterables, repeat=repeat)``."""
    parts = [ordered(frame, value) for value in iterables]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not isinstance(repeat, int) or not 0 <= repeat <= MAX_ITEMS:
        return _unknown()
    size = math.prod(len(part) for part in known)
    if size > 1 and repeat > MAX_ITEMS.bit_length():
        return _unknown()
    return _finite(itertools.product(*known, repeat=repeat), size**repeat)


def _choose(
    frame: Frame,
    iterable: Value,
    length: Value,
    choose: Callable[[list[Value], int], Iterable[Any]],
    count: Callable[[int, int], int],
) -> Value:
    items = ordered(frame, iterable)
    if items is None or not isinstance(length, int) or not 0 <= length <= 64 or len(items) > 1_000:
        return _unknown()
    size = count(len(items), length)
    return Iterator_(list(choose(items, length))) if size <= MAX_ITEMS else _unknown()


@modelled("itertools.permutations", spread=False)
def permutations(frame: Frame, iterable: Value, r: Value = None) -> Value:
    """``permutations(iterable, r)``."""
    items = ordered(frame, iterable)
    length = len(items) if r is None and items is not None else r
    return _choose(
        frame, UNKNOWN if items is None else tuple(items), length, itertools.permutations, math.perm
    )


@modelled("itertools.combinations", spread=False)
def combinations(frame: Frame, iterable: Value, r: Value) -> Value:
    """``combinations(iterable, r)``."""
    return _choose(frame, iterable, r, itertools.combinations, math.comb)


@modelled("itertools.combinations_with_replacement", spread=False)
def combinations_with_replacement(frame: Frame, iterable: Value, r: Value) -> Value:
    """``combinations_with_replacement(iterable, r)``."""
    return _choose(
        frame,
        iterable,
        r,
        itertools.combinations_with_replacement,
        lambda n, k: math.comb(max(n + k - 1, 0), k),
    )


@modelled("itertools.repeat", spread=False)
def repeat(_frame: Frame, value: Value, times: Value = None) -> Value:
    """``repeat(value, times)``."""
    if times is None:
        return Endless(lambda _number: value)
    if not isinstance(times, int) or times > MAX_ITEMS:
        return _unknown(value)
    return Iterator_([value] * times)


@modelled("itertools.count", spread=False)
def count(frame: Frame, start: Value = 0, step: Value = 1) -> Value:
    """``count(start, step)``."""
    return Endless(lambda n: binary(frame, "+", start, binary(frame, "*", step, n)))


@modelled("itertools.cycle", spread=False)
def cycle(frame: Frame, iterable: Value) -> Value:
    """``cycle(iterable)``."""
    items = ordered(frame, iterable)
    if items is None:
        return _unknown(element_of(iterable))
    return Endless(lambda n: items[n % len(items)]) if items else Iterator_([])


@modelled("itertools.islice", spread=False)
def islice(frame: Frame, iterable: Value, *bounds: Value) -> Value:
    """``islice(iterable, start, stop, step)``."""
    source = iterator(frame, iterable)
    limits = fold(_limits, *bounds)
    if not isinstance(limits, tuple) or (source.open and not isinstance(source, Endless)):
        return _unknown(element_of(source))
    start, stop, step = limits
    if stop is None and isinstance(source, Endless):
        return _unknown()
    taken = []
    for number in range(MAX_ITEMS if stop is None else stop):
        item = advance(frame, source)
        if item is END:
            break
        if number >= start and (number - start) % step == 0:
            taken.append(item)
    return Iterator_(taken)


def _limits(*bounds: Any) -> tuple[int, int | None, int]:
    given = slice(*bounds)
    start, step = given.start or 0, given.step or 1
    if not all(isinstance(n, int) and n >= 0 for n in (start, step, given.stop or 0)):
        raise ValueError(bounds)
    if max(start, step, given.stop or 0) > MAX_ITEMS:
        raise ValueError(bounds)
    return start, given.stop, step


@modelled("itertools.accumulate", spread=False)
def accumulate(
    frame: Frame, iterable: Value, func: Value = None, *, initial: Value = None
) -> Value:
    """``accumulate(iterable, func, initial=initial)``."""
    items = ordered(frame, iterable)
    if items is None:
        return _unknown()
    if initial is not None:
        items = [initial, *items]
    totals = items[:1]
    for item in items[1:]:
        if func is None:
            totals.append(binary(frame, "+", totals[-1], item))
        else:
            totals.append(call_with(frame, func, totals[-1], item))
    return Iterator_(totals)


@modelled("itertools.zip_longest", spread=False)
def zip_longest(frame: Frame, *iterables: Value, fillvalue: Value = None) -> Value:
    """``zip_longest(*iterables, fillvalue=fillvalue)``."""
    parts = [ordered(frame, value) for value in iterables]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        elements = (one_of([element_of(value), fillvalue]) for value in iterables)
        return _unknown(tuple(elements))
    return Iterator_(list(itertools.zip_longest(*known, fillvalue=fillvalue)))


@modelled("itertools.starmap", spread=False)
def starmap(frame: Frame, function: Value, iterable: Value) -> Value:
    """``starmap(function, iterable)``."""
    items = ordered(frame, iterable)
    argument_lists = [ordered(frame, item) for item in items or ()]
    if items is None or None in argument_lists:
        call_perhaps(frame, function, UNKNOWN)
        return _unknown()
    return Iterator_(
        [
            call_with(frame, function, *(arguments or ()), number=number)
            for number, arguments in enumerate(argument_lists)
        ]
    )


@modelled("itertools.takewhile", spread=False)
def takewhile(frame: Frame, predicate: Value, iterable: Value) -> Value:
    """``takewhile(predicate, iterable)``."""
    items = ordered(frame, iterable)
    if items is None:
        return _unknown(element_of(iterable))
    verdicts = [truth(verdict) for verdict in ranked(frame, items, predicate)]
    end = verdicts.index(False) if False in verdicts else len(items)
    return _unknown(*items) if None in verdicts[:end] else Iterator_(items[:end])


@modelled("itertools.dropwhile", spread=False)
def dropwhile(frame: Frame, predicate: Value, iterable: Value) -> Value:
    """``dropwhile(predicate, iterable)``."""
    items = ordered(frame, iterable)
    if items is None:
        return _unknown(element_of(iterable))
    verdicts = [truth(verdict) for verdict in ranked(frame, items, predicate)]
    end = verdicts.index(False) if False in verdicts else len(items)
    return _unknown(*items) if None in verdicts[:end] else Iterator_(items[end:])


@modelled("itertools.filterfalse", spread=False)
def filterfalse(frame: Frame, predicate: Value, iterable: Value) -> Value:
    """``filterfalse(predicate, iterable)``."""
    return _selected(frame, iterable, lambda items: ranked(frame, items, predicate), wanted=False)


@modelled("itertools.compress", spread=False)
def compress(frame: Frame, data: Value, selectors: Value) -> Value:
    """``compress(data, selectors)``."""
    chosen = ordered(frame, selectors)
    if chosen is None:
        return _unknown(element_of(data))
    return _selected(frame, data, lambda _items: chosen, wanted=True)


def _selected(
    frame: Frame, iterable: Value, judge: Callable[[list[Value]], list[Value]], *, wanted: bool
) -> Value:
    items = ordered(frame, iterable)
    if items is None:
        return _unknown(element_of(iterable))
    verdicts = [truth(verdict) for verdict in judge(items)]
    if None in verdicts:
        return _unknown(*items)
    return Iterator_(
        [item for item, verdict in zip(items, verdicts, strict=False) if verdict is wanted]
    )


@modelled("itertools.pairwise", spread=False)
def pairwise(frame: Frame, iterable: Value) -> Value:
    """``pairwise(iterable)``."""
    items = ordered(frame, iterable)
    if items is None:
        return _unknown((element_of(iterable), element_of(iterable)))
    return Iterator_(list(itertools.pairwise(items)))


@modelled("itertools.groupby", spread=False)
def groupby(frame: Frame, iterable: Value, key: Value = None) -> Value:
    """``groupby(iterable, key)``: groups of neighbours that are alike."""
    items = ordered(frame, iterable)
    keys = None if items is None else ranked(frame, items, key)
    if items is None or keys is None or not all(is_key(rank) for rank in keys):
        return _unknown((UNKNOWN, UNKNOWN))
    pairs = itertools.groupby(zip(keys, items, strict=True), lambda pair: pair[0])
    return Iterator_([(rank, Iterator_([item for _, item in group])) for rank, group in pairs])


@modelled("itertools.tee", spread=False)
def tee(frame: Frame, iterable: Value, n: Value = 2) -> Value:
    """``tee(iterable, n)``."""
    items = ordered(frame, iterable)
    if items is None or not isinstance(n, int) or not 0 <= n <= 64:
        return UNKNOWN
    return tuple(Iterator_(list(items)) for _ in range(n))


@modelled("itertools.batched", spread=False)
def batched(frame: Frame, iterable: Value, n: Value) -> Value:
    """``batched(iterable, n)``."""
    items = ordered(frame, iterable)
    if items is None or not isinstance(n, int) or n < 1:
        return _unknown()
    return Iterator_([tuple(items[i : i + n]) for i in range(0, len(items), n)])
