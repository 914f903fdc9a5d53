"""Conditions that cannot be told though all they ask about is known.

What goes wrong behind such a condition may be just what it excludes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import libcst as cst

from keraslint.interpreter.keras.objects import keras_side
from keraslint.interpreter.values import Function, Sequence_, Tensor, is_unknown
from keraslint.syntax.walking import children, walk

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


FOLLOWED = ("shape", "int_shape")
"""Functions that tell what is known of their argument: sizes behind them are unknown anyway."""


@contextmanager
def guarded(frame: Frame, test: cst.BaseExpression) -> Iterator[None]:
    """Run the branches of a condition that is unknown; say nothing there if it is a guard."""
    guard = is_guard(frame, test)
    frame.machine.catching += guard
    try:
        yield
    finally:
        frame.machine.catching -= guard


def is_guard(frame: Frame, test: cst.BaseExpression) -> bool:
    """Whether a condition asks what nobody could follow about known sizes, layers or models.

    It may hold the answer of a function about a size, or what Keras objects have, also where the
    answer has got a name.
    """
    answers = [test, *(answer for name in _names(test) for answer in _answers(frame, name))]
    return any(_asks_about(frame, call) for answer in answers for call in _calls(answer)) or any(
        _is_size(frame, name)
        for call in _calls(test)
        for arg in call.args
        for name in _names(arg.value)
    )


def _answers(frame: Frame, name: str) -> Iterator[cst.CSTNode]:
    """The questions in the running function whose answers have got a name."""
    if frame.function is None or not is_unknown(frame.scope.find(name)):
        return
    questions = frame.machine.questions
    node = frame.function.node
    if id(node) not in questions:
        questions[id(node)] = [
            (target.target.value, part.value)
            for part in walk(node)
            if type(part) is cst.Assign and any(map(_asks, _calls(part.value)))
            for target in part.targets
            if type(target.target) is cst.Name
        ]
    yield from (value for target, value in questions[id(node)] if target == name)


def _asks(call: cst.Call) -> bool:
    return type(call.func) is cst.Name and call.func.value in ("getattr", "hasattr")


def _asks_about(frame: Frame, call: cst.Call) -> bool:
    """Whether a call asks a layer or model for an attribute."""
    return _asks(call) and any(
        keras_side(frame.scope.find(name)) is not None
        for arg in call.args[:1]
        for name in _names(arg.value)
    )


def _calls(node: cst.CSTNode) -> Iterator[cst.Call]:
    for inner in walk(node):
        if type(inner) is cst.Call:
            name = getattr(inner.func, "attr", inner.func)
            if getattr(name, "value", None) not in FOLLOWED:
                yield inner


def _names(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.Attribute):
        yield from _names(node.value)
    else:
        for child in children(node):
            yield from _names(child)


def _is_size(frame: Frame, name: str) -> bool:
    value = frame.scope.find(name)
    return isinstance(value, (int, float, tuple, Tensor, Sequence_))


def asks_for_kind(function: Function, parameter: str) -> bool:
    """Whether a function asks with ``isinstance`` what kind of value a parameter has."""
    return any(
        type(part) is cst.Call
        and getattr(part.func, "value", None) == "isinstance"
        and any(parameter in _names(arg.value) for arg in part.args[:1])
        for part in walk(function.node)
    )
