"""``value.name``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.containers import inherited_method
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.keras.objects import KerasObject
from keraslint.interpreter.libraries.registry import JUST_A_NAME, find_attribute
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Class,
    ClassMethod,
    External,
    Function,
    Instance,
    Module,
    OneOf,
    Opaque,
    Partial,
    Property,
    StaticMethod,
    Super,
    Tensor,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown


def get_attribute(frame: Frame, value: Value, name: str, node: Any = None) -> Value:
    """The attribute ``name`` of a value, unknown if nobody knows it."""
    if isinstance(value, External):
        return _external(value, name)
    if isinstance(value, Instance):
        return _instance(frame, value, name)
    if isinstance(value, KerasObject):
        return value.attribute(frame, name, node)
    if isinstance(value, (Unknown, Expr)):
        return UNKNOWN
    if isinstance(value, Tensor):
        from keraslint.interpreter.tensors import tensor_attribute

        return tensor_attribute(frame, value, name, node)
    if isinstance(value, Module):
        from keraslint.interpreter.imports import module_attribute

        return module_attribute(frame, value, name)
    if isinstance(value, Class):
        return _class(frame, value, name)
    if isinstance(value, Super):
        from keraslint.interpreter.classes import super_attribute

        return super_attribute(frame, value, name)
    if isinstance(value, OneOf):
        items = [item for item in value.alternatives if item is not None]
        return one_of([get_attribute(frame, item, name, node) for item in items])
    if isinstance(value, Opaque) and name in value.attributes:
        return value.attributes[name]
    if isinstance(value, Function):
        return _function(value, name)
    if isinstance(value, Partial):
        return {"func": value.function}.get(name, UNKNOWN)
    from keraslint.interpreter.builtins import method_of

    method = method_of(frame, value, name)
    return UNKNOWN if method is None else method


def _external(value: External, name: str) -> Value:
    member = value.member(name)
    if value.path == "tensorflow" and name == "keras":
        return External("keras", "tensorflow")
    known = find_attribute(member.path)
    return member if known is JUST_A_NAME else known


def _instance(frame: Frame, value: Instance, name: str) -> Value:
    from keraslint.interpreter.classes import bind_attribute, lookup, named_tuple_items

    found = lookup(value.cls, name)
    if isinstance(found, Property) and name not in value.attributes:
        result = bind_attribute(frame, value, value.cls, found)
        if found.cached:
            value.attributes[name] = result
        return result
    if name in value.attributes:
        return value.attributes[name]
    if found is not None:
        bound = bind_attribute(frame, value, value.cls, found)
        return value.keras.bind_build(bound) if name == "build" and value.keras else bound
    if name == "__class__":
        return value.cls
    if value.keras is not None:
        inherited: Value = value.keras.base_attribute(frame, name)
        return inherited
    if value.content is not None:
        return inherited_method(frame, value, name) or UNKNOWN
    if named_tuple_items(value) is not None:
        from keraslint.interpreter.libraries.standard_objects import named_tuple_method

        return named_tuple_method(value, name) or UNKNOWN
    return UNKNOWN


def _class(frame: Frame, value: Class, name: str) -> Value:
    from keraslint.interpreter.classes import enum_member, fields_of, is_enum, lookup

    if name == "__name__":
        return value.name
    found = lookup(value, name)
    if found is None:
        fields = tuple(field for field, _ in fields_of(value))
        return fields if name == "_fields" and fields else UNKNOWN
    if is_enum(value) and is_constant(found) and name in value.attributes:
        return enum_member(value, name)
    if isinstance(found, StaticMethod):
        return found.function
    if isinstance(found, ClassMethod):
        return BoundMethod(value, found.function)
    return found


def _function(value: Function, name: str) -> Value:
    if name in value.attributes:
        return value.attributes[name]
    if name == "__name__":
        return value.name
    return UNKNOWN


def set_attribute(frame: Frame, target: Value, name: str, value: Value, node: Any) -> None:
    """``target.name = value``."""
    if isinstance(target, Instance):
        from keraslint.interpreter.classes import lookup

        described = lookup(target.cls, name)
        if isinstance(described, Property) and described.setter is not None:
            from keraslint.interpreter.calls import call

            call(frame, described.setter, Arguments([target, value]), node)
            return
        frame.machine.heap.touch(target)
        target.attributes[name] = value
        target.maybe -= {name}
        if target.keras is not None:
            target.keras.note_attribute(frame, name, value)
    elif isinstance(target, KerasObject):
        target.set_attribute(frame, name, value)
    elif isinstance(target, (Class, Function, Opaque)):
        frame.machine.heap.touch(target)
        target.attributes[name] = value
    elif isinstance(target, Module):
        scope = frame.machine.program.scope_of(frame.machine, target)
        frame.machine.heap.touch(scope)
        scope.names[name] = value
