"""How the command's process ends: quietly, whatever ends it."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from keraslint import unfinished

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

# `signal` is this with enums; these take longer to import than all else that ends a process.
_signal: Any = import_module("_signal")

ENDING = [getattr(_signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(_signal, name)]


def prepare() -> None:
    """Be ready for the signals that end processes, and for streams that are closed.

    A signal ends the process at once: an exception could be lost on its way, in an import for one.
    A signal that is ignored, as for what runs in the background, stays so.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _end)
    for number in ENDING:
        if _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, _end)


class Gently:
    """Lets signals raise exceptions for a while, so that other processes are ended as well."""

    def __enter__(self) -> None:
        self._mine = [n for n in (_signal.SIGINT, *ENDING) if _signal.getsignal(n) is _end]
        for number in self._mine:
            _signal.signal(number, _raise)

    def __exit__(self, *_: object) -> None:
        for number in self._mine:
            _signal.signal(number, _end)


def settle() -> None:
    """Let nothing disturb Python while it clears up: all that matters is done."""
    for number in (_signal.SIGINT, *ENDING):
        _signal.signal(number, _signal.SIG_IGN)


def flush() -> OSError | None:
    """Write what is left for stdout; if that fails, keep Python from failing at it once more."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def _end(number: int, _frame: FrameType | None) -> None:
    unfinished.remove()
    os._exit(128 + number)


def _raise(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt if number == _signal.SIGINT else SystemExit(128 + number)
