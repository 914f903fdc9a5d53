"""How the command's process ends: quietly, whatever ends it."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def prepare() -> None:
    """Be ready for the signals that end processes, and for streams that are closed.

    A signal becomes an exception, so that nothing is left half done. One that is ignored, as for
    what runs in the background, stays so.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    sys.unraisablehook = _unraisable
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def settle() -> None:
    """Let nothing disturb Python while it clears up: all that matters is done."""
    for number in (signal.SIGINT, *ENDING):
        signal.signal(number, signal.SIG_IGN)


def flush() -> OSError | None:
    """Write what is left for stdout; if that fails, keep Python from failing at it once more."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who is asked twice ends at once
    raise KeyboardInterrupt


def _end(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(128 + number)


def _unraisable(what: UnraisableHookArgs) -> None:
    """End the process where Python would forget that it was told to end."""
    if isinstance(what.exc_value, KeyboardInterrupt):
        os._exit(128 + signal.SIGINT)
    if isinstance(what.exc_value, SystemExit) and isinstance(what.exc_value.code, int):
        os._exit(what.exc_value.code)
    sys.__unraisablehook__(what)
