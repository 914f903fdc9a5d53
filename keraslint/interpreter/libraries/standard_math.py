"""``math`` and ``random``."""

from __future__ import annotations

import math
from functools import partial

from keraslint.interpreter.folding import fold
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.libraries.modelling import modelled
from keraslint.interpreter.libraries.registry import attribute
from keraslint.interpreter.operators import binary
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import loosen, shuffled, unordered
from keraslint.interpreter.values import List, OneOf, Value
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr

MAX_NUMBER = 1_000
_GROWING = {"factorial", "comb", "perm", "prod"}
_LISTS = {"prod", "sumprod"}


def _register() -> None:
    for name in dir(math):
        thing = getattr(math, name)
        if isinstance(thing, float):
            attribute(f"math.{name}", partial(getattr, math, name))
        elif not name.startswith("_") and name not in _LISTS:
            _compute(name)


def _compute(name: str) -> None:
    function = getattr(math, name)

    def model(_frame: Frame, *values: Value, **keywords: Value) -> Value:
        numbers = [value.value if isinstance(value, NumpyScalar) else value for value in values]
        if (
            name in ("ceil", "floor", "trunc")
            and len(numbers) == 1
            and isinstance(numbers[0], Expr)
        ):
            return numbers[0]
        if name in _GROWING and not all(_is_small(number) for number in numbers):
            return UNKNOWN
        return fold(function, *numbers, **keywords)

    modelled(f"math.{name}")(model)


def _is_small(value: Value) -> bool:
    return isinstance(value, int) and abs(value) <= MAX_NUMBER


_register()


@modelled("math.prod")
def prod(frame: Frame, iterable: Value, *, start: Value = 1) -> Value:
    """``prod(iterable, start=start)``, symbolic integers included."""
    items = unordered(frame, iterable)
    if items is None:
        return UNKNOWN
    total = start
    for item in items:
        total = binary(frame, "*", total, item)
    return total


@modelled("random.choice", spread=False)
def choice(frame: Frame, population: Value) -> Value:
    """``random.choice(population)``: any of them."""
    items = unordered(frame, population)
    if not items or len(items) > OneOf.LIMIT:
        return UNKNOWN
    return one_of(items)


@modelled("random.choices", spread=False)
def choices(
    frame: Frame, population: Value, *_weights: Value, k: Value = 1, **_more: Value
) -> Value:
    """``random.choices(population, k=k)``."""
    return _draw(frame, population, k)


@modelled("random.sample", spread=False)
def sample(frame: Frame, population: Value, k: Value, **_more: Value) -> Value:
    """``random.sample(population, k)``."""
    return _draw(frame, population, k)


def _draw(frame: Frame, population: Value, number: Value) -> Value:
    items = unordered(frame, population)
    if not items or not isinstance(number, int) or not 0 <= number <= MAX_NUMBER:
        return List([], open=True)
    return List(shuffled(items, number))


@modelled("random.shuffle", spread=False)
def shuffle(frame: Frame, target: Value) -> None:
    """``random.shuffle(target)``: the same items in any order."""
    if isinstance(target, List) and target.open:
        loosen(frame, target)
    elif isinstance(target, List):
        frame.machine.heap.touch(target)
        target.items = shuffled(target.items)
