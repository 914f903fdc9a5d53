"""``os.path``, ``json``, ``string`` and ``argparse``."""

from __future__ import annotations

import json
import posixpath
import string
import sys
from functools import partial
from typing import Any

from keraslint.interpreter.binding import BUILTINS, adapt
from keraslint.interpreter.folding import MAX_WORK, fold
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.libraries.modelling import computed, modelled
from keraslint.interpreter.libraries.registry import attribute
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import ordered
from keraslint.interpreter.values import Arguments, Builtin, Opaque, Value, is_constant
from keraslint.tensors.dims import UNKNOWN, Expr

for _name in ("join", "basename", "dirname", "splitext", "split", "normpath", "isabs"):
    computed(f"os.path.{_name}", getattr(posixpath, _name))
for _name in ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "punctuation"):
    attribute(f"string.{_name}", partial(getattr, string, _name))
attribute("sys.maxsize", lambda: sys.maxsize)
computed("json.dumps", json.dumps)


@modelled("json.loads")
def loads(_frame: Frame, text: Value) -> Value:
    """``json.loads(text)``."""
    short = isinstance(text, (str, bytes)) and len(text) < MAX_WORK
    return fold(json.loads, text) if short and _depth(text) < MAX_DEPTH else UNKNOWN


MAX_DEPTH = 50


def _depth(text: Any) -> int:
    opening = (b"[", b"{") if isinstance(text, bytes) else ("[", "{")
    return sum(text.count(mark) for mark in opening)


@modelled("argparse.ArgumentParser", spread=False)
def argument_parser(_frame: Frame, *_arguments: Value, **_settings: Value) -> Value:
    """A parser; what its options are is not known before the program is started."""
    namespace = Opaque("argparse.Namespace")
    parser = Opaque("argparse.ArgumentParser")

    def add_argument(frame: Frame, arguments: Arguments) -> Value:
        name = _destination(arguments)
        frame.machine.heap.touch(namespace)
        if name is not None:
            namespace.attributes[name] = _option(frame, name, arguments, namespace)
        return UNKNOWN

    def set_defaults(frame: Frame, **defaults: Value) -> None:
        frame.machine.heap.touch(namespace)
        namespace.attributes.update(dict.fromkeys(defaults, UNKNOWN))

    def same(_frame: Frame, _arguments: Arguments) -> Value:
        return parser

    parser.attributes = {
        "add_argument": Builtin("add_argument", add_argument),
        "add_argument_group": Builtin("add_argument_group", same),
        "add_mutually_exclusive_group": Builtin("add_mutually_exclusive_group", same),
        "set_defaults": Builtin("set_defaults", adapt(set_defaults, spread=False)),
        "parse_args": Builtin("parse_args", lambda _frame, _arguments: namespace),
        "parse_known_args": Builtin(
            "parse_known_args", lambda _frame, _arguments: (namespace, UNKNOWN)
        ),
    }
    return parser


def _destination(arguments: Arguments) -> str | None:
    """The attribute that an option is kept under."""
    flags = arguments.positional
    if "dest" in arguments.keywords or not all(isinstance(flag, str) for flag in flags):
        given = arguments.keywords.get("dest")
        return given if isinstance(given, str) else None
    long = [flag for flag in flags if flag.startswith("--")]
    chosen = (long or flags or [""])[0].lstrip("-").replace("-", "_")
    return chosen or None


def _option(frame: Frame, name: str, arguments: Arguments, namespace: Opaque) -> Value:
    settings = arguments.keywords
    required = settings.get("required") is True or not _is_flag(arguments)
    default = settings.get("default")
    if arguments.open or "action" in settings or "nargs" in settings:
        return UNKNOWN
    choices = ordered(frame, settings["choices"]) if "choices" in settings else None
    if choices and all(is_constant(choice) for choice in choices):
        return one_of(choices if required else [*choices, default])
    whole = settings.get("type") is BUILTINS["int"] and (required or isinstance(default, int))
    return Expr.symbol(name, (namespace.path, namespace.born)) if whole else UNKNOWN


def _is_flag(arguments: Arguments) -> bool:
    return any(isinstance(flag, str) and flag.startswith("-") for flag in arguments.positional)
