"""Methods and attributes of numbers, strings and bytes, computed by Python if that is cheap."""

from __future__ import annotations

import re
from typing import Any

from keraslint.interpreter.binding import adapt
from keraslint.interpreter.folding import NotPlainError, fold, is_cheap, lift, plain
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import ordered
from keraslint.interpreter.values import Builtin, Value
from keraslint.tensors.dims import UNKNOWN

MAX_FORMAT = 2_000
_WIDE = re.compile(r"\d{5}")
_REACHING = re.compile(r"\{[^{}:!]*[.\[]")


def attribute_of(value: Any, name: str) -> Value | None:
    """A public attribute or bound method of a constant, `None` if it has none."""
    found = None if name.startswith("_") else getattr(type(value), name, None)
    if found is None:
        return None
    if not callable(found):
        return lift(getattr(value, name))

    def bound(frame: Frame, /, *arguments: Value, **keywords: Value) -> Value:
        return _call(frame, name, value, *arguments, **keywords)

    return Builtin(name, adapt(bound))


def unbound(kind: type, name: str) -> Builtin | None:
    """A method as an attribute of its type, such as ``str.upper``."""
    if name.startswith("_") or not callable(getattr(kind, name, None)):
        return None

    def method(frame: Frame, /, *arguments: Value, **keywords: Value) -> Value:
        if arguments and isinstance(arguments[0], kind):
            return _call(frame, name, *arguments, **keywords)
        static = name in ("maketrans", "fromhex", "from_bytes")
        return fold(getattr(kind, name), *arguments, **keywords) if static else UNKNOWN

    return Builtin(name, adapt(method))


def _call(frame: Frame, name: str, value: Any, /, *arguments: Value, **keywords: Value) -> Value:
    if name == "join" and len(arguments) == 1:
        items = ordered(frame, arguments[0])
        arguments = (UNKNOWN if items is None else tuple(items),)
    try:
        given = [plain(argument) for argument in arguments]
        named = {key: plain(argument) for key, argument in keywords.items()}
    except NotPlainError:
        return UNKNOWN
    if not is_cheap(value, *given, *named.values()):
        return UNKNOWN
    if name in ("format", "format_map") and not is_tame(value):
        return UNKNOWN
    return fold(getattr(value, name), *given, **named)


def is_tame(text: str) -> bool:
    """Whether a format is short, names no great width and reaches into no attribute."""
    reaching = _REACHING.search(text) or _WIDE.search(text)
    return len(text) <= MAX_FORMAT and reaching is None
