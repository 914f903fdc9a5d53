"""Instances of the program's own kinds of ``dict`` and ``list``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keraslint.interpreter.values import (
    Arguments,
    Builtin,
    Class,
    Dict,
    External,
    Instance,
    List,
    Value,
)

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

KINDS: dict[str, type[Dict | List]] = {
    "dict": Dict,
    "list": List,
    "collections.OrderedDict": Dict,
    "collections.UserDict": Dict,
    "collections.UserList": List,
}


def is_container(base: Value) -> bool:
    """Whether a base class is a kind of ``dict`` or ``list``."""
    name = base.path if isinstance(base, External) else getattr(base, "name", None)
    return isinstance(base, (External, Builtin)) and name in KINDS


def new_content(cls: Class) -> Dict | List | None:
    """What an instance of such a class starts with, `None` for any other class."""
    for base in cls.mro:
        if is_container(base):
            return KINDS[base.path if isinstance(base, External) else base.name]()
    return None


def plain(value: Value) -> Value:
    """The container that an instance is, any other value itself."""
    content = value.content if isinstance(value, Instance) else None
    return value if content is None else content


def inherited_method(frame: Frame, instance: Instance, name: str) -> Value | None:
    """A method of ``dict`` or ``list``, bound to the instance's items; `None` if not modelled."""
    from keraslint.interpreter.builtins import method_of
    from keraslint.interpreter.items import get_item, set_item

    content = instance.content
    bare: dict[str, Callable[[Frame, Arguments], Value]] = {
        "__init__": lambda frame, arguments: fill(frame, instance, arguments),
        "__getitem__": lambda frame, arguments: get_item(frame, content, arguments.positional[0]),
        "__setitem__": lambda frame, arguments: set_item(frame, content, *arguments.positional),
    }
    if name in bare:
        return Builtin(name, bare[name])
    return method_of(frame, content, name)


def fill(frame: Frame, instance: Instance, arguments: Arguments) -> None:
    """``dict.__init__`` or ``list.__init__``."""
    from keraslint.interpreter.builtins import method_of
    from keraslint.interpreter.calls import call

    content = instance.content
    if arguments.positional or arguments.keywords or arguments.open:
        name = "update" if isinstance(content, Dict) else "extend"
        call(frame, method_of(frame, content, name), arguments, None)
