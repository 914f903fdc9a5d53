"""Objects of libraries with methods: datasets, scalers, tables, generators."""

from __future__ import annotations

from collections.abc import Callable

from keraslint.interpreter.libraries.models import Model
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Builtin, Opaque, Value

_METHODS: dict[str, dict[str, Model]] = {}


def methods_of(
    path: str,
) -> Callable[[str], Callable[[Callable[..., Value]], Callable[..., Value]]]:
    """A decorator that registers methods of the objects at ``path``.

    It takes their names, separated by spaces. The function gets the frame, the object, and the
    arguments by the library's parameter names.
    """

    def named(names: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        def register(function: Callable[..., Value]) -> Callable[..., Value]:
            model = Model(function)
            table = _METHODS.setdefault(path, {})
            table.update(dict.fromkeys(names.split(), model))
            return function

        return register

    return named


def library_object(path: str, attributes: dict[str, Value] | None = None) -> Opaque:
    """An object at ``path`` with its methods and some known attributes."""
    made = Opaque(path)
    for name, model in _METHODS.get(path, {}).items():
        made.attributes[name] = Builtin(name, _bound(model, made))
    made.attributes.update(attributes or {})
    return made


def _bound(model: Model, receiver: Opaque) -> Callable[[Frame, Arguments], Value]:
    def call(frame: Frame, arguments: Arguments) -> Value:
        return model(arguments.prepend(frame, receiver))

    return call
