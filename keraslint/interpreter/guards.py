"""Conditions that cannot be told though all they ask about is known.

What goes wrong behind such a condition may be just what it excludes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import libcst as cst

from keraslint.interpreter.values import Sequence_, Tensor
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
    """Whether a condition asks a function, which nobody could follow, about known sizes."""
    return any(
        _is_size(frame, name)
        for call in _calls(test)
        for arg in call.args
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
