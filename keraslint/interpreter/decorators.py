"""Decorators: those that keep the function, those that wrap it, those of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Arguments,
    Class,
    ClassMethod,
    External,
    Function,
    Property,
    StaticMethod,
    Value,
)
from keraslint.tensors.dims import Unknown

_PROPERTIES = {"property", "cached_property", "abstractproperty", "getter"}


def decorate(frame: Frame, decorators: Sequence[cst.Decorator], value: Value) -> Value:
    """Apply decorators, the innermost first. An unknown one is taken to keep the function."""
    for decorator in reversed(decorators):
        value = _apply(frame, decorator.decorator, value)
    return value


def _apply(frame: Frame, node: cst.BaseExpression, value: Value) -> Value:
    from keraslint.interpreter.calls import call

    name = _last_name(node)
    if name in _PROPERTIES:
        return Property(value)
    if name == "staticmethod":
        return StaticMethod(value)
    if name == "classmethod":
        return ClassMethod(value)
    if name in ("setter", "deleter") and isinstance(node, cst.Attribute):
        known = evaluate(frame, node.value)
        is_setter = name == "setter" and isinstance(known, Property)
        return replace(known, setter=value) if is_setter else known
    if name == "dataclass":
        return _dataclass(value)
    decorator = evaluate(frame, node)
    if isinstance(decorator, (Unknown, External)) and not _changes(decorator):
        if isinstance(value, Function) and not _keeps(decorator):
            value.disguised = True
        return value
    result = call(frame, decorator, Arguments([value]), node)
    return value if isinstance(result, Unknown) else result


def _changes(decorator: Value) -> bool:
    return isinstance(decorator, External) and decorator.path in (
        "contextlib.contextmanager",
        "functools.partial",
    )


def _keeps(decorator: Value) -> bool:
    """Whether it is one of Keras or TensorFlow, all of which give a function back."""
    return isinstance(decorator, External) and decorator.path.startswith(("keras.", "tensorflow."))


def _dataclass(value: Value) -> Value:
    if isinstance(value, Class) and value.fields is None:
        value.fields = []
    return value


def _last_name(node: cst.BaseExpression) -> str:
    while isinstance(node, cst.Call):
        node = node.func
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""
