"""What is an instance of what."""

from __future__ import annotations

import collections
import collections.abc
import functools
import numbers
import types
from typing import Any

from keraslint.interpreter.binding import BUILTINS
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import Deque, FrozenSet, View
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Builtin,
    Class,
    Dict,
    External,
    Function,
    Instance,
    Iterator_,
    List,
    Module,
    OneOf,
    Partial,
    Set,
    Tensor,
    Value,
    is_constant,
)
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown

TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(int, float, complex, bool, str, bytes, bytearray, list, tuple, dict, set, frozenset),
        *(range, slice, type, type(None), property, staticmethod, classmethod, types.FunctionType),
        *(enumerate, zip, map, filter, reversed),
    )
}
_NAMES = (
    *("Iterable", "Iterator", "Sequence", "MutableSequence", "Mapping", "MutableMapping", "Set"),
    *("Callable", "Hashable", "Sized", "Container", "Collection", "Generator"),
)
_NUMBERS = ("Number", "Integral", "Real", "Complex")
LIBRARY_TYPES: dict[str, type] = {
    **{f"collections.abc.{name}": getattr(collections.abc, name) for name in _NAMES},
    **{f"typing.{name}": getattr(collections.abc, name) for name in _NAMES if name != "Set"},
    **{f"numbers.{name}": getattr(numbers, name) for name in _NUMBERS},
    **{f"typing.{kind.__name__.title()}": kind for kind in (list, tuple, dict, set)},
    "collections.OrderedDict": collections.OrderedDict,
    "collections.defaultdict": collections.defaultdict,
    "collections.Counter": collections.Counter,
    "collections.deque": collections.deque,
    "functools.partial": functools.partial,
    "types.FunctionType": types.FunctionType,
    "types.LambdaType": types.FunctionType,
    "types.MethodType": types.MethodType,
}
# The Python type of values that no constant stands for; a dict may be any kind of dict.
_WRAPPED: dict[type, type] = {
    List: list,
    Set: set,
    FrozenSet: frozenset,
    Dict: dict,
    Deque: collections.deque,
    View: type({}.values()),
    Iterator_: types.GeneratorType,
    Function: types.FunctionType,
    BoundMethod: types.MethodType,
    Partial: functools.partial,
    Module: types.ModuleType,
    Class: type,
}
# Types that no built-in name stands for, such as that of `None`, as they are met.
_UNNAMED: dict[type, Builtin] = {}
_HARMLESS = {"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "enum.Enum"}
_PLAIN = (int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range, slice)


def kind_of(value: Value) -> type | None:
    """The Python type of a value, `None` if it is of no type of Python's own or not known."""
    if is_constant(value) or isinstance(value, (tuple, range, slice)):
        return type(value)
    if isinstance(value, Builtin):
        return type if value.name in TYPES else types.BuiltinFunctionType
    return next((_WRAPPED[base] for base in type(value).__mro__ if base in _WRAPPED), None)


def is_instance(frame: Frame, value: Value, kind: Value) -> bool | None:
    """Whether ``isinstance(value, kind)``, `None` if unknown."""
    if isinstance(kind, tuple):
        return _any(is_instance(frame, value, item) for item in kind)
    if kind == External("builtins.object"):
        return True
    if isinstance(value, (Unknown, Expr, OneOf)):
        return None
    if isinstance(value, Instance):
        return _instance(value, kind)
    if isinstance(kind, Class):
        return None if isinstance(value, External) else False
    target = _target(kind)
    if target is None:
        return _library(value, kind)
    own = kind_of(value)
    if own is None:
        return _foreign(value, target)
    if own is dict and issubclass(target, dict) and target is not dict:
        return True if target is getattr(value, "python_type", dict) else None
    return issubclass(own, target)


def _library(value: Value, kind: Value) -> bool | None:
    """Instances of classes of libraries."""
    from keraslint.interpreter.keras.objects import KerasObject
    from keraslint.interpreter.keras_kinds import is_of

    if not isinstance(kind, External):
        return None
    if isinstance(value, Tensor):
        return _tensor(value, kind)
    is_keras = kind.path.startswith("keras.")
    if isinstance(value, KerasObject):
        return is_of(value, kind) if is_keras else None
    known = kind_of(value) not in (None, type, types.BuiltinFunctionType)
    return False if known and (is_keras or kind.path.startswith("builtins.")) else None


def _tensor(value: Tensor, kind: External) -> bool | None:
    shape = value.spec.shape
    if kind.path == "numpy.ndarray":
        known = isinstance(shape, tuple) and shape and value.flavour == "numpy"
        return True if known else None
    if kind.path in ("keras.KerasTensor", "keras.backend.KerasTensor"):
        return True if value.flavour == "keras" else None
    return None


def _any(verdicts: Any) -> bool | None:
    found = list(verdicts)
    if True in found:
        return True
    return None if None in found else False


def _target(kind: Value) -> type | None:
    if isinstance(kind, Builtin):
        return TYPES.get(kind.name)
    return LIBRARY_TYPES.get(kind.path) if isinstance(kind, External) else None


def _instance(value: Instance, kind: Value) -> bool | None:
    mro = value.cls.mro
    if any(base is kind or (isinstance(base, External) and base == kind) for base in mro):
        return True
    if isinstance(kind, External) and kind.path.startswith("keras."):
        return _program_layer(mro, kind)
    known = all(isinstance(base, Class) or _is_no_type(base) for base in mro)
    if isinstance(kind, Class):
        return False if known else None
    target = _target(kind)
    return False if known and target in _PLAIN else None


def _program_layer(mro: tuple[Value, ...], kind: External) -> bool | None:
    from keraslint.interpreter.keras_kinds import inherits

    bases = [base for base in mro if not isinstance(base, Class)]
    if not all(isinstance(base, External) for base in bases):
        return None
    keras = [base.path for base in bases if base.path not in _HARMLESS]
    return _any(inherits(path, kind.path) for path in keras)


def _is_no_type(base: Value) -> bool:
    """Whether a base class of a library is certainly none of Python's own types."""
    if not isinstance(base, External):
        return False
    return base.path in _HARMLESS or base.path.startswith("keras.")


def _foreign(value: Value, target: type) -> bool | None:
    """Instances of libraries: tensors, layers, models and the like are no Python containers."""
    if target not in _PLAIN:
        return None
    if isinstance(value, NumpyScalar):
        return target is float and value.dtype == "float64"
    if isinstance(value, Tensor):
        shape = value.spec.shape
        scalar = value.flavour == "numpy" and not (isinstance(shape, tuple) and shape)
        return None if scalar and target in (int, float, complex, str, bytes) else False
    if isinstance(value, External):
        plain_name = value.name.startswith("_") or value.name == "newaxis"
        known = value.path.startswith(("keras.", "tensorflow."))
        return None if plain_name or not known else False
    return False


def is_subclass(frame: Frame, cls: Value, kind: Value) -> bool | None:
    """Whether ``issubclass(cls, kind)``, `None` if unknown."""
    if isinstance(kind, tuple):
        return _any(is_subclass(frame, cls, item) for item in kind)
    if cls is kind or kind == External("builtins.object"):
        return True
    if isinstance(cls, Class):
        return _instance(Instance(cls), kind)
    own, target = _target(cls), _target(kind)
    if own is not None and target is not None:
        return issubclass(own, target)
    return True if isinstance(cls, External) and cls == kind else None


def type_of(value: Value) -> Value | None:
    """``type(value)``, `None` if unknown."""
    if isinstance(value, Instance):
        return value.cls
    kind = kind_of(value)
    if kind is dict and (getattr(value, "factory", None) or type(value) is not Dict):
        return None
    if kind is None or kind.__name__ not in TYPES:
        return None
    return BUILTINS.get(kind.__name__) or _UNNAMED.setdefault(kind, Builtin(kind.__name__, _make))


def _make(_frame: Frame, _arguments: Arguments) -> Value:
    return UNKNOWN
