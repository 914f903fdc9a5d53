"""Turning Python functions into built-ins of the interpreter."""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

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
    try:
        _signature(function).bind(*leading, *arguments.positional, **arguments.keywords)
    except TypeError:
        return False
    return True


@cache
def _signature(function: Body) -> inspect.Signature:
    return inspect.signature(function)


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
