"""Python's types as functions: ``int``, ``list``, ``dict``, ``type``, ``isinstance`` and so on."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.binding import builtin
from keraslint.interpreter.dict_methods import merge
from keraslint.interpreter.expressions import make_set
from keraslint.interpreter.folding import fold, is_cheap, is_plain
from keraslint.interpreter.instances import is_instance, is_subclass, type_of
from keraslint.interpreter.libraries.modelling import modelled
from keraslint.interpreter.operators import truth
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import FrozenSet, open_list, ordered, unordered
from keraslint.interpreter.text_methods import is_tame
from keraslint.interpreter.values import (
    Class,
    ClassMethod,
    Dict,
    Iterator_,
    List,
    Opaque,
    Property,
    Set,
    StaticMethod,
    Super,
    Value,
)
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr


def _known(verdict: bool | None) -> Value:
    return UNKNOWN if verdict is None else verdict


def _unboxed(value: Value) -> Value:
    return value.value if isinstance(value, NumpyScalar) else value


@builtin("int")
def int_(_frame: Frame, value: Value = 0, *base: Value) -> Value:
    """``int(value)``; an integer known by name stays what it is."""
    return value if isinstance(value, Expr) else fold(int, _unboxed(value), *base)


@builtin("float")
def float_(_frame: Frame, value: Value = 0.0) -> Value:
    """``float(value)``."""
    return fold(float, _unboxed(value))


@builtin("complex")
def complex_(_frame: Frame, *values: Value) -> Value:
    """``complex(real, imaginary)``."""
    return fold(complex, *values)


@builtin("bool")
def bool_(_frame: Frame, value: Value = False) -> Value:
    """``bool(value)``."""
    return _known(truth(_unboxed(value)))


@builtin("str")
def str_(_frame: Frame, value: Value = "", *encoding: Value) -> Value:
    """``str(value)``."""
    return fold(str, _unboxed(value), *encoding)


@builtin("bytes")
def bytes_(_frame: Frame, value: Value = b"", *encoding: Value) -> Value:
    """``bytes(value)``."""
    if not is_cheap(value) or not is_plain(value):
        return UNKNOWN
    return fold(bytes, value, *encoding)


@builtin("repr", "ascii", spread=True)
def repr_(_frame: Frame, value: Value) -> Value:
    """``repr(value)``."""
    return fold(repr, value)


@builtin("format")
def format_(_frame: Frame, value: Value, spec: Value = "") -> Value:
    """``format(value, spec)``."""
    return fold(format, value, spec) if isinstance(spec, str) and is_tame(spec) else UNKNOWN


@builtin("list")
def list_(frame: Frame, values: Value = ()) -> Value:
    """``list(values)``."""
    items = ordered(frame, values)
    return open_list(values) if items is None else List(items)


@builtin("tuple")
def tuple_(frame: Frame, values: Value = ()) -> Value:
    """``tuple(values)``."""
    items = ordered(frame, values)
    return UNKNOWN if items is None else tuple(items)


@builtin("set")
def set_(frame: Frame, values: Value = ()) -> Value:
    """``set(values)``."""
    items = unordered(frame, values)
    return Set([], open=True) if items is None else make_set(items)


@builtin("frozenset")
def frozenset_(frame: Frame, values: Value = ()) -> Value:
    """``frozenset(values)``."""
    made = set_(frame, values)
    return FrozenSet(made.items, open=made.open)


@builtin("dict", spread=False)
def dict_(frame: Frame, other: Value = (), /, **keywords: Value) -> Value:
    """``dict(other, **keywords)``."""
    result = Dict()
    merge(frame, result, other)
    result.items.update(keywords)
    return result


@builtin("slice")
def slice_(_frame: Frame, *bounds: Value) -> Value:
    """``slice(start, stop, step)``."""
    return slice(*bounds) if 1 <= len(bounds) <= 3 else UNKNOWN


@builtin("range")
def range_(_frame: Frame, *bounds: Value) -> Value:
    """``range(start, stop, step)``; of unknown length if a bound is not known."""
    if not 1 <= len(bounds) <= 3 or not all(isinstance(bound, int) for bound in bounds):
        return Iterator_([], open=True)
    return UNKNOWN if bounds[2:] == (0,) else range(*bounds)


@builtin("type")
def type_(_frame: Frame, value: Value, *parts: Value) -> Value:
    """``type(value)``; a class made of parts is not known."""
    found = None if parts else type_of(value)
    return UNKNOWN if found is None else found


@builtin("isinstance")
def isinstance_(frame: Frame, value: Value, kind: Value) -> Value:
    """``isinstance(value, kind)``."""
    return _known(is_instance(frame, value, kind))


@builtin("issubclass")
def issubclass_(frame: Frame, cls: Value, kind: Value) -> Value:
    """``issubclass(cls, kind)``."""
    return _known(is_subclass(frame, cls, kind))


@builtin("super", spread=False)
def super_(_frame: Frame, owner: Value, receiver: Value) -> Value:
    """``super(owner, receiver)``."""
    return Super(owner, receiver) if isinstance(owner, Class) else UNKNOWN


@modelled("builtins.object")
def object_(_frame: Frame) -> Value:
    """``object()``: something that is only equal to itself."""
    return Opaque("builtins.object")


@builtin("property", spread=False)
def property_(_frame: Frame, getter: Value = None, *_others: Value, **_keywords: Any) -> Value:
    """``property(getter)``."""
    return UNKNOWN if getter is None else Property(getter)


@builtin("staticmethod", spread=False)
def staticmethod_(_frame: Frame, function: Value) -> Value:
    """``staticmethod(function)``."""
    return StaticMethod(function)


@builtin("classmethod", spread=False)
def classmethod_(_frame: Frame, function: Value) -> Value:
    """``classmethod(function)``."""
    return ClassMethod(function)
