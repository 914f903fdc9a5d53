"""Models of library functions written as plain Python functions of their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.interpreter.binding import Body, adapt
from keraslint.interpreter.folding import NotPlainError, fold, is_cheap, plain
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Builtin, Value
from keraslint.tensors.dims import UNKNOWN


def modelled(*paths: str, spread: bool = True) -> Callable[[Body], Body]:
    """Register a function ``(frame, *arguments)`` as the model of what ``paths`` name.

    ``spread`` is as for `binding.builtin`.
    """

    def register(function: Body) -> Body:
        implementation = adapt(function, spread=spread)

        def model(frame: Frame, arguments: Arguments, _node: Any) -> Value:
            return implementation(frame, arguments)

        external(*paths)(model)
        return function

    return register


def computed(path: str, function: Callable[..., Any]) -> None:
    """Register a library function that Python itself computes on constants."""

    def model(_frame: Frame, *values: Value, **keywords: Value) -> Value:
        try:
            given = [plain(value) for value in (*values, *keywords.values())]
        except NotPlainError:
            return UNKNOWN
        return fold(function, *values, **keywords) if is_cheap(*given) else UNKNOWN

    modelled(path)(model)


def identity(*paths: str) -> None:
    """Register functions that give back their first argument: decorators that keep the function."""

    def model(_frame: Frame, value: Value, *_others: Value, **_keywords: Value) -> Value:
        return value

    modelled(*paths, spread=False)(model)


SAME = Builtin("same", adapt(lambda _frame, value: value, spread=False))
