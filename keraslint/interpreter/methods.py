"""Tables of methods: how those of a built-in type are registered and bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.interpreter.binding import Implementation, adapt, fits
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import loosen
from keraslint.interpreter.values import Arguments, Builtin, Dict, Instance, Sequence_, Value
from keraslint.tensors.dims import UNKNOWN

Function = Callable[..., Any]
CHANGING = {"__setitem__", "__delitem__", "__iadd__", "__ior__", "__imul__", "__init__"}


class Methods:
    """The methods of one type by name, those of ``base`` included."""

    def __init__(self, base: Methods | None = None) -> None:
        self.implementations: dict[str, Implementation] = dict(base.implementations) if base else {}
        if base is None:
            self.implementations.update(dict.fromkeys(CHANGING, spoil))

    def reading(self, function: Function) -> Function:
        """Register a function ``(frame, receiver, *arguments)`` that changes nothing."""
        self.implementations[_name(function)] = adapt(function)
        return function

    def calling(self, function: Function) -> Function:
        """Register a function that may call other functions: it is never tried several times."""
        self.implementations[_name(function)] = adapt(function, spread=False)
        return function

    def changing(self, function: Function) -> Function:
        """Register a function that changes its receiver: in any way if arguments do not fit."""

        def implementation(frame: Frame, arguments: Arguments) -> Value:
            if fits(function, frame, arguments):
                return function(frame, *arguments.positional, **arguments.keywords)
            return spoil(frame, arguments)

        self.implementations[_name(function)] = implementation
        return function

    def bind(self, receiver: Value, name: str) -> Builtin | None:
        """The method ``name`` of a receiver, `None` if it has none that is known."""
        found = self.implementations.get(name)
        if found is None:
            return None
        implementation = found

        def bound(frame: Frame, arguments: Arguments) -> Value:
            return implementation(frame, arguments.prepend(receiver))

        return Builtin(name, bound)

    def unbound(self, kind: type, name: str) -> Builtin | None:
        """The method as an attribute of its type, such as ``list.append``."""
        found = self.implementations.get(name)
        if found is None:
            return None
        implementation = found

        def method(frame: Frame, arguments: Arguments) -> Value:
            from keraslint.interpreter.giving_up import blur

            receiver = arguments.positional[0] if arguments.positional else UNKNOWN
            content = receiver.content if isinstance(receiver, Instance) else receiver
            if isinstance(content, kind):
                rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
                return implementation(frame, rest.prepend(content))
            blur(frame, [receiver])
            return UNKNOWN

        return Builtin(name, method)


def _name(function: Function) -> str:
    return function.__name__.rstrip("_")


def spoil(frame: Frame, arguments: Arguments) -> Value:
    """Forget what a container holds: something unknown was done to it."""
    target = arguments.positional[0] if arguments.positional else None
    if isinstance(target, Sequence_):
        loosen(frame, target, UNKNOWN)
    elif isinstance(target, Dict):
        forget(frame, target)
    return UNKNOWN


def forget(frame: Frame, target: Dict) -> None:
    """Note that any key of a dict may be another, or gone."""
    frame.machine.heap.touch(target)
    target.items = dict.fromkeys(target.items, UNKNOWN)
    target.open = True
