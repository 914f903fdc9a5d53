"""``copy``, ``dataclasses``, ``types``, ``typing`` and ``enum``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.classes import lookup
from keraslint.interpreter.libraries.modelling import SAME, identity, modelled
from keraslint.interpreter.libraries.registry import attribute
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Builtin,
    Class,
    Dict,
    External,
    Function,
    Instance,
    Module,
    Opaque,
    Sequence_,
    Tensor,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN, Expr

_ATOMIC = (Function, Class, External, Builtin, Module, Expr, range)

identity("typing.final", "typing.no_type_check", "typing.runtime_checkable", "abc.abstractmethod")
attribute("typing.TYPE_CHECKING", lambda: False)


@modelled("copy.copy")
def copy(_frame: Frame, value: Value) -> Value:
    """``copy.copy(value)``."""
    return _copied(value, lambda item: item)


@modelled("copy.deepcopy")
def deepcopy(_frame: Frame, value: Value, _memo: Value = None) -> Value:
    """``copy.deepcopy(value)``."""
    return _deep(value, {})


def _deep(value: Value, memo: dict[int, Value]) -> Value:
    """A copy of all that is inside, what occurs twice copied once."""
    if id(value) not in memo:
        memo[id(value)] = UNKNOWN
        memo[id(value)] = _copied(value, lambda item: _deep(item, memo))
    return memo[id(value)]


def _copied(value: Value, item_copy: Any) -> Value:
    if is_constant(value) or isinstance(value, _ATOMIC):
        return value
    if isinstance(value, tuple):
        return tuple(item_copy(item) for item in value)
    if isinstance(value, Sequence_):
        return _same_kind(value, [item_copy(item) for item in value.items])
    if isinstance(value, Dict):
        items = {key: item_copy(item) for key, item in value.items.items()}
        return _same_kind(value, items)
    if isinstance(value, Tensor):
        return Tensor(value.spec, value.flavour, place=value.place, facts=dict(value.facts))
    if isinstance(value, Instance):
        return _instance(value, item_copy)
    return UNKNOWN


def _same_kind(value: Any, items: Any) -> Value:
    result = type(value)(items)
    for name, setting in value.__dict__.items():
        if name not in ("items", "born"):
            setattr(result, name, setting)
    return result


def _instance(value: Instance, item_copy: Any) -> Value:
    special = ("__copy__", "__deepcopy__", "__reduce__", "__getstate__", "__setstate__")
    if value.keras is not None or any(lookup(value.cls, name) is not None for name in special):
        return UNKNOWN
    result = Instance(value.cls)
    result.open = value.open
    result.attributes = {name: item_copy(item) for name, item in value.attributes.items()}
    result.content = _copied(value.content, item_copy)
    return result


@modelled("dataclasses.field", spread=False)
def field(_frame: Frame, **settings: Value) -> Value:
    """``field(default=…, default_factory=…)``."""
    return Opaque("dataclasses.Field", dict(settings))


@modelled("dataclasses.asdict")
def asdict(_frame: Frame, instance: Value) -> Value:
    """``asdict(instance)``, nested ones too."""
    names = _field_names(instance)
    if names is None:
        return UNKNOWN
    return Dict({name: _as_data(instance.attributes.get(name, UNKNOWN)) for name in names})


def _field_names(instance: Value) -> list[str] | None:
    """The fields of an instance of a dataclass, those of its bases first."""
    if not isinstance(instance, Instance) or instance.cls.fields is None:
        return None
    names: dict[str, None] = {}
    for base in reversed(instance.cls.mro):
        if isinstance(base, Class) and base.fields is not None:
            names.update(dict.fromkeys(name for name, _ in base.__dict__.get("annotated", [])))
    return list(names)


def _as_data(value: Value) -> Value:
    names = _field_names(value)
    if names is not None:
        return Dict({name: _as_data(value.attributes.get(name, UNKNOWN)) for name in names})
    return _copied(value, _as_data)


@modelled("types.SimpleNamespace", spread=False)
def simple_namespace(_frame: Frame, **attributes: Value) -> Value:
    """``SimpleNamespace(**attributes)``."""
    return Opaque("types.SimpleNamespace", dict(attributes))


@modelled("typing.cast", spread=False)
def cast(_frame: Frame, _kind: Value, value: Value) -> Value:
    """``cast(kind, value)``."""
    return value


@modelled("typing.NewType", spread=False)
def new_type(_frame: Frame, _name: Value, _base: Value) -> Value:
    """``NewType(name, base)``: keeps what it is called with."""
    return SAME


@modelled("enum.auto", spread=False)
def auto(frame: Frame) -> Value:
    """``auto()`` in the body of a plain enumeration: one more than the number before."""
    bases = frame.owner.bases if frame.owner is not None else ()
    if not any(base in (External("enum.Enum"), External("enum.IntEnum")) for base in bases):
        return UNKNOWN
    values = [v for k, v in frame.scope.names.items() if not k.startswith("_")]
    numbers = [value for value in values if not isinstance(value, Function)]
    if not all(isinstance(value, int) for value in numbers):
        return UNKNOWN
    return numbers[-1] + 1 if numbers else 1
