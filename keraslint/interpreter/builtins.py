"""Python's built-in names and the methods of its types."""

from __future__ import annotations

import builtins as python

from keraslint.interpreter import (
    builtin_functions,
    builtin_iteration,
    builtin_types,
    reflection,
    text_methods,
)
from keraslint.interpreter.binding import BUILTINS, adapt
from keraslint.interpreter.dict_methods import DICT, from_keys
from keraslint.interpreter.instances import TYPES
from keraslint.interpreter.list_methods import LIST, TUPLE, extend
from keraslint.interpreter.methods import Methods
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import FrozenSet, View
from keraslint.interpreter.set_methods import FROZENSET, SET
from keraslint.interpreter.values import (
    Builtin,
    Dict,
    External,
    Iterator_,
    List,
    Property,
    Set,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN

CONSTANTS: dict[str, Value] = {
    "True": True,
    "False": False,
    "None": None,
    "Ellipsis": ...,
    "__debug__": True,
    "object": External("builtins.object"),
}
ITERATOR = Methods()
ITERATOR.implementations["__next__"] = BUILTINS["next"].implementation
TABLES: dict[type, Methods] = {
    List: LIST,
    View: Methods(),
    Set: SET,
    FrozenSet: FROZENSET,
    Dict: DICT,
    Iterator_: ITERATOR,
    tuple: TUPLE,
}
_UNBOUND: dict[str, type] = {
    "list": List,
    "dict": Dict,
    "set": Set,
    "frozenset": FrozenSet,
    "tuple": tuple,
}
_FROM_KEYS = Builtin("fromkeys", adapt(from_keys))


def find_builtin(_frame: Frame, name: str) -> Value:
    """The value of a built-in name; unknown if there is none, or if only a run can tell."""
    found = BUILTINS.get(name)
    if found is not None:
        return found
    if name in CONSTANTS:
        return CONSTANTS[name]
    thing = getattr(python, name, None)
    if isinstance(thing, type) and issubclass(thing, BaseException):
        return External(f"builtins.{name}")
    return UNKNOWN


def method_of(_frame: Frame, value: Value, name: str) -> Value | None:
    """A method or attribute of a value of Python's own types, `None` if it is not modelled."""
    if is_constant(value) or isinstance(value, range):
        return text_methods.attribute_of(value, name)
    if isinstance(value, slice) and name in ("start", "stop", "step"):
        return getattr(value, name)
    if isinstance(value, Builtin):
        return _of_type(value, name)
    if isinstance(value, Property) and name in ("setter", "getter", "deleter"):
        return Builtin(name, lambda _frame, _arguments: value)
    if isinstance(value, Dict) and name == "fromkeys":
        return _FROM_KEYS
    for base in type(value).__mro__:
        if base in TABLES:
            return TABLES[base].bind(value, name)
    return None


def _of_type(value: Builtin, name: str) -> Value | None:
    """``list.append``, ``str.upper``, ``dict.fromkeys``, ``int.__name__``."""
    if name in ("__name__", "__qualname__"):
        return value.name
    if value.name == "dict" and name == "fromkeys":
        return _FROM_KEYS
    if value.name in _UNBOUND:
        receiver = _UNBOUND[value.name]
        return TABLES[receiver].unbound(receiver, name)
    kind = TYPES.get(value.name)
    return None if kind is None else text_methods.unbound(kind, name)


def extend_list(frame: Frame, target: List, value: Value) -> None:
    """``target += value``."""
    extend(frame, target, value)


__all__ = [
    "BUILTINS",
    "builtin_functions",
    "builtin_iteration",
    "builtin_types",
    "extend_list",
    "find_builtin",
    "method_of",
    "reflection",
]
