"""Python's functions on single values: numbers, text, attributes."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.binding import builtin
from keraslint.interpreter.calls import call
from keraslint.interpreter.classes import find_method, has_unknown_base, lookup
from keraslint.interpreter.folding import fold
from keraslint.interpreter.iteration import iterate
from keraslint.interpreter.joining import join, one_of
from keraslint.interpreter.operators import binary
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import distinct
from keraslint.interpreter.tensors import operate_alone
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Builtin,
    Class,
    Dict,
    Function,
    Instance,
    Iterator_,
    List,
    Module,
    OneOf,
    Opaque,
    Partial,
    Set,
    Tensor,
    Value,
    is_constant,
)
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr


@builtin("len")
def len_(frame: Frame, value: Value) -> Value:
    """``len(value)``."""
    if isinstance(value, (str, bytes, tuple, range)):
        return fold(len, value) if isinstance(value, range) else len(value)
    if isinstance(value, Set):
        items = distinct(value)
        return UNKNOWN if items is None else len(items)
    if isinstance(value, (List, Dict)):
        return UNKNOWN if value.open else len(value.items)
    if isinstance(value, Tensor):
        shape = value.spec.shape
        first = shape[0] if isinstance(shape, tuple) and shape else None
        known = isinstance(first, (int, Expr)) and value.flavour != "keras"
        return first if known else UNKNOWN
    if isinstance(value, Instance):
        method = find_method(frame, value, "__len__")
        if method is not None:
            return call(frame, method, Arguments(), None)
    if isinstance(value, (Instance, Class)):
        items = iterate(frame, value)
        return UNKNOWN if items is None else len(items)
    return UNKNOWN


@builtin("abs")
def abs_(frame: Frame, value: Value) -> Value:
    """``abs(value)``."""
    if isinstance(value, NumpyScalar):
        return NumpyScalar(abs(value.value), value.dtype)
    return operate_alone(frame, "abs", value) if isinstance(value, Tensor) else fold(abs, value)


@builtin("round")
def round_(frame: Frame, number: Value, ndigits: Value = None) -> Value:
    """``round(number, ndigits)``."""
    if isinstance(number, Tensor):
        return operate_alone(frame, "round", number)
    if isinstance(number, NumpyScalar) and ndigits is None:
        return fold(round, number.value)
    return fold(round, number) if ndigits is None else fold(round, number, ndigits)


@builtin("pow")
def pow_(frame: Frame, base: Value, exp: Value, mod: Value = None) -> Value:
    """``pow(base, exp, mod)``."""
    return binary(frame, "**", base, exp) if mod is None else fold(pow, base, exp, mod)


@builtin("divmod")
def divmod_(frame: Frame, a: Value, b: Value) -> Value:
    """``divmod(a, b)``."""
    return binary(frame, "//", a, b), binary(frame, "%", a, b)


@builtin("chr")
def chr_(_frame: Frame, number: Value) -> Value:
    """``chr(number)``."""
    return fold(chr, number)


@builtin("ord")
def ord_(_frame: Frame, character: Value) -> Value:
    """``ord(character)``."""
    return fold(ord, character)


@builtin("bin")
def bin_(_frame: Frame, number: Value) -> Value:
    """``bin(number)``."""
    return fold(bin, number)


@builtin("hex")
def hex_(_frame: Frame, number: Value) -> Value:
    """``hex(number)``."""
    return fold(hex, number)


@builtin("oct")
def oct_(_frame: Frame, number: Value) -> Value:
    """``oct(number)``."""
    return fold(oct, number)


@builtin("print", spread=False)
def print_(_frame: Frame, *_values: Value, **_keywords: Value) -> None:
    """``print(*values)``."""


@builtin("callable")
def callable_(frame: Frame, value: Value) -> Value:
    """``callable(value)``."""
    from keraslint.interpreter.keras.objects import keras_side

    if isinstance(value, (Function, Class, Builtin, BoundMethod, Partial)):
        return True
    if keras_side(value) is not None:
        return True
    if isinstance(value, Instance) and not value.open:
        return find_method(frame, value, "__call__") is not None
    plain = is_constant(value) or isinstance(value, (tuple, range, List, Dict, Set, Tensor))
    return False if plain or isinstance(value, (Iterator_, Module)) else UNKNOWN


@builtin("getattr", spread=False)
def getattr_(frame: Frame, value: Value, name: Value, *default: Value) -> Value:
    """``getattr(value, name, default)``."""
    from keraslint.interpreter.attributes import get_attribute

    if isinstance(name, OneOf):
        return one_of([getattr_(frame, value, one, *default) for one in name.alternatives])
    if not isinstance(name, str):
        return UNKNOWN
    there = has_attribute(value, name) if default else True
    if there is False:
        return default[0]
    found = get_attribute(frame, value, name, None)
    return found if there else join(found, default[0])


@builtin("hasattr")
def hasattr_(_frame: Frame, value: Value, name: Value) -> Value:
    """``hasattr(value, name)``."""
    found = has_attribute(value, name) if isinstance(name, str) else None
    return UNKNOWN if found is None else found


def has_attribute(value: Value, name: str) -> bool | None:
    """Whether a value has an attribute, `None` if unknown."""
    if is_constant(value) or isinstance(value, (tuple, range, slice)):
        return hasattr(value, name)
    if isinstance(value, Instance):
        return _instance_has(value, name)
    if isinstance(value, Class):
        return True if lookup(value, name) is not None else None
    if isinstance(value, Opaque):
        return True if name in value.attributes else None
    if isinstance(value, (List, Dict, Set)):
        return _container_has(value, name)
    return None


def _instance_has(value: Instance, name: str) -> bool | None:
    if lookup(value.cls, name) is not None:
        return True
    if name in value.attributes:
        return None if name in value.maybe else True
    closed = value.keras is None and not value.open and not has_unknown_base(value.cls)
    special = name.startswith("__") or lookup(value.cls, "__getattr__") is not None
    return False if closed and not special else None


def _container_has(value: Value, name: str) -> bool | None:
    from keraslint.interpreter.instances import kind_of

    kind = kind_of(value)
    return True if hasattr(kind, name) else (None if type(value) is Dict else False)


@builtin("setattr", spread=False)
def setattr_(frame: Frame, target: Value, name: Value, value: Value) -> Value:
    """``setattr(target, name, value)``; under an unknown name it may replace any attribute."""
    from keraslint.interpreter.attributes import set_attribute

    if isinstance(name, str):
        set_attribute(frame, target, name, value, None)
    elif isinstance(target, Instance):
        frame.machine.heap.touch(target)
        target.attributes = {key: join(old, value) for key, old in target.attributes.items()}
        target.open = True
    return None


@builtin("delattr", spread=False)
def delattr_(frame: Frame, target: Value, name: Value) -> Value:
    """``delattr(target, name)``."""
    attributes: Any = getattr(target, "attributes", None)
    if isinstance(target, Instance) and isinstance(attributes, dict):
        frame.machine.heap.touch(target)
        target.open = True
        if isinstance(name, str):
            target.attributes.pop(name, None)
    return None


@builtin("vars", spread=False)
def vars_(_frame: Frame, target: Value = UNKNOWN) -> Value:
    """``vars(target)`` of an instance: a copy of what it holds."""
    if isinstance(target, Instance) and target.keras is None:
        return Dict(dict(target.attributes), open=target.open)
    if isinstance(target, Opaque):
        return Dict(dict(target.attributes), open=True)
    return UNKNOWN


@builtin("id", "hash", "input", "open", "dir", "globals", "locals", spread=False)
def unknowable(_frame: Frame, *_arguments: Value, **_keywords: Value) -> Value:
    """What only a run can tell."""
    return UNKNOWN
