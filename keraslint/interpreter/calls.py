"""Calling a value."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from keraslint.interpreter.keras.objects import KerasObject, keras_side
from keraslint.interpreter.libraries.registry import call_external, find
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Builtin,
    Class,
    ClassMethod,
    External,
    Function,
    Instance,
    OneOf,
    Partial,
    StaticMethod,
    Value,
)
from keraslint.tensors.dims import UNKNOWN, Unknown


def call(frame: Frame, callee: Value, arguments: Arguments, node: Any) -> Value:
    """The result of ``callee(*arguments)``; unknown if nobody knows what it does.

    Args:
        frame: where the call stands.
        callee: any value.
        arguments: evaluated arguments.
        node: the call's syntax, `None` for implicit calls.
    """
    if isinstance(callee, Function):
        from keraslint.interpreter.functions import call_function

        return call_function(frame, callee, arguments, node)
    if isinstance(callee, External):
        return _call_external(frame, callee, arguments, node)
    if isinstance(callee, BoundMethod):
        return call(frame, callee.function, arguments.prepend(callee.receiver), node)
    if isinstance(callee, Builtin):
        return callee.implementation(frame, arguments)
    if isinstance(callee, Class):
        from keraslint.interpreter.classes import instantiate

        return instantiate(frame, callee, arguments, node)
    if isinstance(callee, (StaticMethod, ClassMethod)):
        return call(frame, callee.function, arguments, node)
    if isinstance(callee, Partial):
        return _call_partial(frame, callee, arguments, node)
    if isinstance(callee, OneOf):
        return _call_each(frame, callee, arguments, node)
    return _call_object(frame, callee, arguments, node)


def _call_external(frame: Frame, callee: External, arguments: Arguments, node: Any) -> Value:
    if callee.path.startswith("keras."):
        from keraslint.interpreter.keras.dispatch import call_keras

        result = call_keras(frame, callee, arguments, node)
        if isinstance(result, Unknown):
            _give_away(frame, arguments)
        return result
    if find(callee.path) is None:
        _give_away(frame, arguments)
    return call_external(frame, callee, arguments, node)


def _give_away(frame: Frame, arguments: Arguments) -> None:
    """Something unknown gets the arguments: it may compile models among them."""
    for value in (*arguments.positional, *arguments.keywords.values()):
        side = keras_side(value)
        if side is not None:
            side.give_away(frame)


def _call_partial(frame: Frame, callee: Partial, arguments: Arguments, node: Any) -> Value:
    bound = callee.arguments
    merged = arguments.prepend(*bound.positional)
    nodes = {**bound.nodes, **merged.nodes}
    keywords = {**bound.keywords, **arguments.keywords}
    both = Arguments(merged.positional, keywords, bound.open or arguments.open, nodes)
    return call(frame, callee.function, both, node)


def _call_each(frame: Frame, callee: OneOf, arguments: Arguments, node: Any) -> Value:
    callees = [item for item in callee.alternatives if item is not None]
    if len(callees) == 1:
        return call(frame, callees[0], arguments, node)
    machine = frame.machine
    machine.catching += 1
    try:
        runs: list[Callable[[], Value]] = [
            partial(call, frame, item, arguments, node) for item in callees
        ]
        return machine.either(runs) if runs else UNKNOWN
    finally:
        machine.catching -= 1


def _call_object(frame: Frame, callee: Value, arguments: Arguments, node: Any) -> Value:
    if isinstance(callee, KerasObject):
        from keraslint.interpreter.keras.training import call_on_data

        return call_on_data(frame, callee, arguments, node)
    if isinstance(callee, Instance):
        if callee.keras is not None:
            result: Value = callee.keras.call(frame, arguments, node)
            return result
        from keraslint.interpreter.classes import find_method

        method = find_method(frame, callee, "__call__")
        return UNKNOWN if method is None else call(frame, method, arguments, node)
    _give_away(frame, arguments)
    return UNKNOWN
