"""Named tuples, data classes, enumerations and modules: what can be done with them by name."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.binding import adapt
from keraslint.interpreter.classes import fields_of, make_dataclass
from keraslint.interpreter.libraries.modelling import modelled
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Builtin, Class, Dict, Instance, Opaque, Value
from keraslint.tensors.dims import UNKNOWN


def named_tuple_method(instance: Instance, name: str) -> Value | None:
    """``_replace`` and ``_asdict`` of a named tuple, `None` for other names."""

    def replace(_frame: Frame, **changes: Value) -> Value:
        result = Instance(instance.cls)
        result.attributes = {**instance.attributes, **changes}
        return result

    def as_dict(_frame: Frame) -> Value:
        return Dict(dict(instance.attributes))

    work: dict[str, Any] = {"_replace": replace, "_asdict": as_dict}
    return Builtin(name, adapt(work[name], spread=False)) if name in work else None


@modelled("dataclasses.replace", spread=False)
def replace(frame: Frame, instance: Value, /, **changes: Value) -> Value:
    """``replace(instance, **changes)``: a new one, made of the fields of the old one."""
    if not isinstance(instance, Instance) or not fields_of(instance.cls):
        return UNKNOWN
    return make_dataclass(frame, instance, changes)


@modelled("dataclasses.fields", spread=False)
def fields(_frame: Frame, instance: Value) -> Value:
    """``fields(instance)`` or of its class."""
    cls = instance.cls if isinstance(instance, Instance) else instance
    if not isinstance(cls, Class) or not fields_of(cls):
        return UNKNOWN
    return tuple(Opaque("dataclasses.Field", {"name": name}) for name, _ in fields_of(cls))


@external("builtins.object.__setattr__")
def set_attribute(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """``object.__setattr__(instance, name, value)``."""
    from keraslint.interpreter.attributes import set_attribute as assign

    if len(arguments.positional) == 3 and isinstance(arguments.positional[1], str):
        target, name, value = arguments.positional
        assign(frame, target, name, value, node)
    elif arguments.positional and isinstance(arguments.positional[0], Instance):
        instance = arguments.positional[0]
        frame.machine.heap.touch(instance)
        instance.attributes = dict.fromkeys(instance.attributes, UNKNOWN)
    return None


@modelled("collections.ChainMap", spread=False)
def chain_map(_frame: Frame, *maps: Value) -> Value:
    """``ChainMap(*maps)``: the first map that has a key is asked."""
    result = Dict()
    for layer in reversed(maps):
        if not isinstance(layer, Dict):
            return UNKNOWN
        result.items.update(layer.items)
        result.open = result.open or layer.open
    return result


@modelled("importlib.import_module", spread=False)
def import_module(frame: Frame, name: Value, package: Value = None) -> Value:
    """``import_module(name)``."""
    from keraslint.interpreter.imports import load

    known = isinstance(name, str) and not name.startswith(".") and package is None
    return load(frame, name) if known else UNKNOWN
