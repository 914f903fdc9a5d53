"""Classes of the program: definition, method resolution, instances."""

from __future__ import annotations

from typing import Any

import libcst as cst

from keraslint.interpreter.containers import fill, inherited_method, is_container, new_content
from keraslint.interpreter.decorators import decorate
from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Builtin,
    Class,
    ClassMethod,
    External,
    Function,
    Instance,
    Opaque,
    Property,
    StaticMethod,
    Super,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN, Unknown

# As many as a class has by all its bases together; its bases are unknown if there are more.
MAX_ANCESTORS = 100

ENUMS = {"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"}


def define_class(frame: Frame, node: cst.ClassDef) -> Value:
    """The value a ``class`` statement binds."""
    qualname = f"{frame.qualname}.{node.name.value}" if frame.qualname else node.name.value
    bases = [evaluate(frame, base.value) for base in node.bases if not base.star]
    if sum(len(base.mro) if isinstance(base, Class) else 1 for base in bases) > MAX_ANCESTORS:
        bases = [UNKNOWN]
    dotted = f"{frame.module.name}.{qualname}" if frame.module.name else qualname
    cls = Class(node, qualname, tuple(bases), dotted)
    cls.mro = _linearise(cls)
    body = frame.child("class")
    body.qualname = qualname
    body.owner = cls
    cls.scope = body.scope
    from keraslint.interpreter.statements import execute_block

    execute_block(body, node.body.body)
    cls.attributes = body.scope.names
    for value in cls.attributes.values():
        _own(value, cls)
    frame.machine.program.note_class(frame, cls)
    return decorate(frame, node.decorators, cls)


def _own(value: Value, cls: Class) -> None:
    if isinstance(value, Property):
        _own(value.setter, cls)
        value = value.getter
    if isinstance(value, (StaticMethod, ClassMethod)):
        value = value.function
    if isinstance(value, Function) and value.owner is None:
        value.owner = cls


def _linearise(cls: Class) -> tuple[Value, ...]:
    """C3, with bases of libraries as leaves; in base order where C3 has no answer."""
    sequences = [list(base.mro) if isinstance(base, Class) else [base] for base in cls.bases]
    sequences.append(list(cls.bases))
    merged: list[Value] = [cls]
    while sequences := [sequence for sequence in sequences if sequence]:
        for sequence in sequences:
            head = sequence[0]
            if not any(_among(head, other[1:]) for other in sequences):
                break
        else:
            head = sequences[0][0]
        merged.append(head)
        sequences = [
            [item for item in sequence if item is not head and item != head]
            for sequence in sequences
        ]
    return tuple(merged)


def _among(item: Value, others: list[Value]) -> bool:
    return any(item is other or (isinstance(item, External) and item == other) for other in others)


def note_field(frame: Frame, node: cst.AnnAssign) -> None:
    """Remember an annotated name of a class body, for dataclasses and NamedTuples."""
    owner = frame.owner
    if owner is None or not isinstance(node.target, cst.Name):
        return
    default = evaluate(frame, node.value) if node.value is not None else REQUIRED
    fields = owner.__dict__.setdefault("annotated", [])
    fields.append((node.target.value, default))


REQUIRED: Any = object()


def has_unknown_base(cls: Class) -> bool:
    """Whether anything may be inherited that is not known."""
    known = ("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing.NamedTuple")
    return any(
        isinstance(base, Unknown)
        or (
            isinstance(base, External)
            and base.path not in known
            and not base.path.startswith("keras.")
        )
        or not isinstance(base, (Class, External))
        for base in cls.mro
        if not is_container(base)
    )


def lookup(cls: Class, name: str, after: Class | None = None) -> Value | None:
    """The attribute ``name`` along the MRO (behind ``after``), `None` if no class has it."""
    reached = after is None
    for base in cls.mro:
        if reached and isinstance(base, Class) and name in base.attributes:
            return base.attributes[name]
        reached = reached or base is after
    return None


def bind_attribute(frame: Frame, receiver: Value, cls: Class, value: Value) -> Value:
    """What accessing a class attribute through an instance gives."""
    from keraslint.interpreter.calls import call

    if isinstance(value, Function):
        return BoundMethod(receiver, value)
    if isinstance(value, StaticMethod):
        return value.function
    if isinstance(value, ClassMethod):
        return BoundMethod(cls, value.function)
    if isinstance(value, Property):
        return call(frame, value.getter, Arguments([receiver]), None)
    return value


def find_method(frame: Frame, instance: Instance, name: str) -> Value | None:
    """A method of the instance's classes, bound; `None` if there is none."""
    value = lookup(instance.cls, name)
    if value is None and instance.content is not None:
        return inherited_method(frame, instance, name)
    return None if value is None else bind_attribute(frame, instance, instance.cls, value)


def instantiate(frame: Frame, cls: Class, arguments: Arguments, node: Any) -> Value:
    """``cls(*arguments)``."""
    cls.reached = True
    if any(isinstance(base, External) and base.path in ENUMS for base in cls.mro):
        return _enum_value(cls, arguments)
    new = lookup(cls, "__new__")
    if isinstance(new, Function):
        from keraslint.interpreter.calls import call

        made = call(frame, new, arguments.prepend(cls), node)
        if isinstance(made, Instance) and made.cls is cls and lookup(cls, "__init__") is not None:
            _initialise(frame, made, arguments, node)
        if not isinstance(made, Unknown):
            return made
    instance = _bare(frame, cls, node)
    _initialise(frame, instance, arguments, node)
    return instance


def _bare(frame: Frame, cls: Class, node: Any) -> Instance:
    """An instance on which no code of the program has run."""
    from keraslint.interpreter.keras.custom import attach

    instance = Instance(cls)
    instance.open = has_unknown_base(cls)
    instance.content = new_content(cls)
    attach(frame, instance, node)
    return instance


def _inherited_new(frame: Frame, arguments: Arguments) -> Value:
    """``super().__new__(cls, …)``: a bare instance; that of a named tuple has its items."""
    cls = arguments.get(0, "cls", UNKNOWN)
    if not isinstance(cls, Class):
        return UNKNOWN
    instance = _bare(frame, cls, frame.machine.current_call)
    if any(isinstance(base, External) and base.path == "typing.NamedTuple" for base in cls.mro):
        rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
        _fill_fields(frame, instance, fields_of(cls), rest)
    return instance


def _initialise(frame: Frame, instance: Instance, arguments: Arguments, node: Any) -> None:
    from keraslint.interpreter.calls import call

    init = lookup(instance.cls, "__init__")
    if init is not None:
        call(frame, init, arguments.prepend(instance), node)
    elif fields := fields_of(instance.cls):
        _fill_fields(frame, instance, fields, arguments)
    elif instance.keras is not None:
        instance.keras.initialise(frame, arguments, node)
    elif instance.content is not None:
        fill(frame, instance, arguments)


def fields_of(cls: Class) -> list[tuple[str, Value]]:
    """The fields of a dataclass or NamedTuple, those of its bases first."""
    is_tuple = any(isinstance(b, External) and b.path == "typing.NamedTuple" for b in cls.mro)
    found: dict[str, Value] = {}
    for base in reversed(cls.mro):
        if isinstance(base, Class) and (is_tuple or base.fields is not None):
            found.update(dict(base.__dict__.get("annotated", [])))
    return list(found.items())


def _fill_fields(
    frame: Frame, instance: Instance, fields: list[tuple[str, Value]], arguments: Arguments
) -> None:
    from keraslint.interpreter.calls import call

    index = 0
    for name, default in fields:
        value = REQUIRED
        if _is_given(default):
            value = arguments.get(index, name, REQUIRED)
            index += 1
        if value is REQUIRED:
            value = _field_default(frame, default)
        instance.attributes[name] = value
    post = lookup(instance.cls, "__post_init__")
    if post is not None:
        call(frame, post, Arguments([instance]), None)


def _is_given(default: Value) -> bool:
    """Whether a field is a parameter of the constructor."""
    is_field = isinstance(default, Opaque) and default.path == "dataclasses.Field"
    return not is_field or default.attributes.get("init", True) is not False


def make_dataclass(frame: Frame, instance: Instance, changes: dict[str, Value]) -> Instance:
    """Another instance of a data class, some of its fields changed."""
    result = Instance(instance.cls)
    result.open = instance.open
    fields = fields_of(instance.cls)
    given = {
        name: instance.attributes.get(name, UNKNOWN)
        for name, default in fields
        if _is_given(default)
    }
    _fill_fields(frame, result, fields, Arguments([], {**given, **changes}))
    return result


def _field_default(frame: Frame, default: Value) -> Value:
    from keraslint.interpreter.calls import call

    if default is REQUIRED:
        return UNKNOWN
    if isinstance(default, Opaque) and default.path == "dataclasses.Field":
        if "default" in default.attributes:
            return default.attributes["default"]
        factory = default.attributes.get("default_factory", UNKNOWN)
        return call(frame, factory, Arguments(), None)
    return default


def named_tuple_items(instance: Instance) -> list[Value] | None:
    """The items of a NamedTuple, `None` for other instances."""
    if any(isinstance(b, External) and b.path == "typing.NamedTuple" for b in instance.cls.mro):
        return [instance.attributes.get(name, UNKNOWN) for name, _ in fields_of(instance.cls)]
    return None


def enum_number(value: Value) -> Value:
    """The number or text that a member of an `IntEnum` and the like is; other values themselves."""
    if not isinstance(value, Instance) or not is_enum(value.cls):
        return value
    bases = [base for base in value.cls.mro if isinstance(base, (Builtin, External))]
    names = {base.path if isinstance(base, External) else base.name for base in bases}
    return value.attributes.get("value", UNKNOWN) if MIXED & names else value


def as_constant(value: Value) -> Value:
    """What a named tuple or a member of an enumeration equals; other values themselves."""
    items = named_tuple_items(value) if isinstance(value, Instance) else None
    return enum_number(value) if items is None else tuple(items)


MIXED = {"int", "str", "float", "enum.IntEnum", "enum.StrEnum", "enum.IntFlag"}


def is_enum(cls: Class) -> bool:
    """Whether a class is an enumeration."""
    return any(isinstance(base, External) and base.path in ENUMS for base in cls.mro)


def enum_members(cls: Class) -> list[Value] | None:
    """The members of an enumeration in order, `None` for other classes."""
    if not is_enum(cls):
        return None
    return [
        enum_member(cls, name)
        for name, value in cls.attributes.items()
        if is_constant(value) and not name.startswith("_")
    ]


def enum_member(cls: Class, name: str) -> Value:
    """One member, always the same object."""
    members = cls.__dict__.setdefault("members", {})
    if name not in members:
        member = Instance(cls)
        member.attributes = {"name": name, "value": cls.attributes[name]}
        members[name] = member
    return members[name]


def _enum_value(cls: Class, arguments: Arguments) -> Value:
    wanted = arguments.get(0, "value", UNKNOWN)
    if is_constant(wanted):
        for member in enum_members(cls) or ():
            if member.attributes["value"] == wanted:
                return member
    return UNKNOWN


def implicit_super(frame: Frame) -> Value:
    """``super()``."""
    current: Frame | None = frame
    while current is not None and current.receiver is None:
        current = current.parent if current.function is None else None
    if current is None or current.owner is None:
        return UNKNOWN
    return Super(current.owner, current.receiver)


def super_attribute(frame: Frame, value: Super, name: str) -> Value:
    """``super().name``."""
    receiver = value.receiver
    cls = receiver if isinstance(receiver, Class) else getattr(receiver, "cls", None)
    if not isinstance(cls, Class):
        return UNKNOWN
    found = lookup(cls, name, after=value.owner)
    if found is not None:
        return bind_attribute(frame, receiver, cls, found)
    if name == "__new__":
        return Builtin(name, _inherited_new)
    if isinstance(receiver, Instance) and receiver.keras is not None:
        inherited: Value = receiver.keras.base_attribute(frame, name)
        return inherited
    if isinstance(receiver, Instance) and receiver.content is not None:
        return inherited_method(frame, receiver, name) or UNKNOWN
    return UNKNOWN
