"""Turning Python functions into built-ins of the interpreter."""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from keraslint.interpreter.joining import alternatives, one_of
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Builtin, Iterator_, OneOf, Value
from keraslint.tensors.dims import UNKNOWN

Implementation: TypeAlias = "Callable[[Frame, Arguments], Value]"
Body: TypeAlias = "Callable[..., Value]"

BUILTINS: dict[str, Builtin] = {}


def builtin(*names: str, spread: bool = True) -> Callable[[Body], Body]:
    """Register a function ``(frame, *arguments)`` as Python's built-in of that name.

    Args:
        names: what it is called.
        spread: whether an argument that is one of a few values gives one of a few results. Not for
            functions that change anything.
    """

    def register(function: Body) -> Body:
        for name in names:
            BUILTINS[name] = Builtin(name, adapt(function, spread=spread))
        return function

    return register


def adapt(function: Body, *, spread: bool = True) -> Implementation:
    """The implementation that binds arguments to ``function``; unknown if they do not fit."""

    def implementation(frame: Frame, arguments: Arguments) -> Value:
        if not fits(function, frame, arguments):
            return UNKNOWN
        if spread and any(isinstance(value, OneOf) for value in arguments.positional):
            return each(function, frame, arguments.positional, arguments.keywords)
        return function(frame, *arguments.positional, **arguments.keywords)

    return implementation


def fits(function: Body, *first: Any) -> bool:
    """Whether arguments, the last of ``first``, are all known and fit a function's parameters."""
    *leading, arguments = first
    if arguments.open:
        return False
    takes = _parameters(function)
    n = len(leading) + len(arguments.positional)
    if n > len(takes.places) and not takes.more:
        return False
    filled = set(takes.places[:n])
    for name in arguments.keywords:
        if name in filled or (name not in takes.names and not takes.any_name):
            return False
    return takes.required <= filled.union(arguments.keywords)


class _Parameters(NamedTuple):
    """What a Python function takes.

    Attributes:
        places: the parameters that can be given by position, in order.
        names: those that can be given by name.
        required: those without a default.
        more, any_name: whether it has ``*args`` and ``**kwargs``.
    """

    places: tuple[str, ...]
    names: frozenset[str]
    required: frozenset[str]
    more: bool
    any_name: bool


@cache
def _parameters(function: Body) -> _Parameters:
    found = inspect.signature(function).parameters.values()
    kinds = {p.kind for p in found}
    named = [p for p in found if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    return _Parameters(
        tuple(_place(p) for p in named if p.kind is not p.KEYWORD_ONLY),
        frozenset(p.name for p in named if p.kind is not p.POSITIONAL_ONLY),
        frozenset(_place(p) for p in named if p.default is p.empty),
        inspect.Parameter.VAR_POSITIONAL in kinds,
        inspect.Parameter.VAR_KEYWORD in kinds,
    )


def _place(parameter: inspect.Parameter) -> str:
    """A label for a parameter; not its name where a ``**kwargs`` may be given the same."""
    nameless = parameter.kind is parameter.POSITIONAL_ONLY
    return f"/{parameter.name}" if nameless else parameter.name


def each(
    function: Body,
    frame: Frame,
    values: list[Value],
    keywords: Mapping[str, Value] = MappingProxyType({}),
) -> Value:
    """One of what ``function`` gives for every alternative of its arguments."""
    choices = [alternatives(value) for value in values]
    if math.prod(len(choice) for choice in choices) > OneOf.LIMIT**2:
        return UNKNOWN
    if any(isinstance(value, Iterator_) for choice in choices for value in choice):
        return UNKNOWN
    return one_of([function(frame, *chosen, **keywords) for chosen in itertools.product(*choices)])
