"""``functools``, ``operator`` and ``contextlib``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.attributes import get_attribute
from keraslint.interpreter.binding import adapt
from keraslint.interpreter.calling import call_perhaps, call_with
from keraslint.interpreter.calls import call
from keraslint.interpreter.items import get_item
from keraslint.interpreter.iteration import element_of
from keraslint.interpreter.libraries.modelling import SAME, identity, modelled
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.operators import binary, compare, contains, truth
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import ordered
from keraslint.interpreter.values import Arguments, Builtin, Iterator_, Partial, Property, Value
from keraslint.tensors.dims import UNKNOWN

identity(
    "functools.update_wrapper",
    "functools.cache",
    "functools.total_ordering",
    "contextlib.contextmanager",
    "contextlib.asynccontextmanager",
)


@external("functools.partial")
def partial(_frame: Frame, arguments: Arguments, _node: Any) -> Value:
    """``partial(function, *arguments, **keywords)``."""
    if not arguments.positional:
        return UNKNOWN
    function, *rest = arguments.positional
    nodes = {
        place - 1 if isinstance(place, int) else place: argument
        for place, argument in arguments.nodes.items()
        if place != 0
    }
    bound = Arguments(list(rest), dict(arguments.keywords), arguments.open, nodes)
    return Partial(function, bound)


@modelled("functools.wraps", spread=False)
def wraps(_frame: Frame, _wrapped: Value, *_names: Value, **_keywords: Value) -> Value:
    """``wraps(wrapped)``: a decorator that keeps the function."""
    return SAME


@modelled("functools.lru_cache", spread=False)
def lru_cache(_frame: Frame, function: Value = None, **_keywords: Value) -> Value:
    """``lru_cache``, with a size or right on a function."""
    return SAME if function is None or isinstance(function, int) else function


@modelled("functools.cached_property", spread=False)
def cached_property(_frame: Frame, function: Value) -> Value:
    """``cached_property(function)``."""
    return Property(function, cached=True)


@modelled("functools.reduce", spread=False)
def reduce(frame: Frame, function: Value, iterable: Value, *initial: Value) -> Value:
    """``reduce(function, iterable, initial)``."""
    items = ordered(frame, iterable)
    if items is None:
        call_perhaps(frame, function, UNKNOWN, element_of(iterable))
        return UNKNOWN
    values = [*initial[:1], *items]
    if not values:
        return UNKNOWN
    total = values[0]
    for number, value in enumerate(values[1:]):
        total = call_with(frame, function, total, value, number=number)
    return total


@modelled("contextlib.nullcontext", "contextlib.closing", spread=False)
def nullcontext(_frame: Frame, enter_result: Value = None) -> Value:
    """A context whose ``with … as`` name is its argument."""
    return Iterator_([enter_result])


_BINARY = {
    "add": "+",
    "concat": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
    "matmul": "@",
    "lshift": "<<",
    "rshift": ">>",
    "and_": "&",
    "or_": "|",
    "xor": "^",
}
_COMPARISONS = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "is_": "is",
    "is_not": "is not",
}


def _register_operators() -> None:
    for name, symbol in _BINARY.items():

        def operate(frame: Frame, a: Value, b: Value, symbol: str = symbol) -> Value:
            return binary(frame, symbol, a, b)

        modelled(f"operator.{name}", spread=False)(operate)
    for name, symbol in _COMPARISONS.items():

        def relate(frame: Frame, a: Value, b: Value, symbol: str = symbol) -> Value:
            return compare(frame, symbol, a, b)

        modelled(f"operator.{name}", spread=False)(relate)


_register_operators()


@modelled("operator.neg")
def neg(frame: Frame, value: Value) -> Value:
    """``-value``."""
    return binary(frame, "*", value, -1)


@modelled("operator.not_")
def not_(_frame: Frame, value: Value) -> Value:
    """``not value``."""
    verdict = truth(value)
    return UNKNOWN if verdict is None else not verdict


@modelled("operator.contains")
def contains_(_frame: Frame, container: Value, item: Value) -> Value:
    """``item in container``."""
    verdict = contains(container, item)
    return UNKNOWN if verdict is None else verdict


@modelled("operator.getitem", spread=False)
def getitem(frame: Frame, container: Value, key: Value) -> Value:
    """``container[key]``."""
    return get_item(frame, container, key)


@modelled("operator.itemgetter", spread=False)
def itemgetter(_frame: Frame, *keys: Value) -> Value:
    """``itemgetter(*keys)``."""

    def get(frame: Frame, container: Value) -> Value:
        found = tuple(get_item(frame, container, key) for key in keys)
        return found[0] if len(found) == 1 else found

    return Builtin("itemgetter", adapt(get, spread=False))


@modelled("operator.attrgetter", spread=False)
def attrgetter(_frame: Frame, *paths: Value) -> Value:
    """``attrgetter(*paths)``."""

    def get(frame: Frame, value: Value) -> Value:
        found = tuple(_reach(frame, value, path) for path in paths)
        return found[0] if len(found) == 1 else found

    return Builtin("attrgetter", adapt(get, spread=False))


def _reach(frame: Frame, value: Value, path: Value) -> Value:
    if not isinstance(path, str):
        return UNKNOWN
    for name in path.split("."):
        value = get_attribute(frame, value, name)
    return value


@external("operator.methodcaller")
def methodcaller(_frame: Frame, arguments: Arguments, _node: Any) -> Value:
    """``methodcaller(name, *arguments)``."""
    name, *rest = arguments.positional or [UNKNOWN]
    if not isinstance(name, str):
        return UNKNOWN
    bound = Arguments(rest, arguments.keywords, arguments.open)

    def invoke(frame: Frame, value: Value) -> Value:
        return call(frame, get_attribute(frame, value, name), bound, None)

    return Builtin("methodcaller", adapt(invoke, spread=False))
