"""How the command's process ends: quietly, whatever ends it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from keraslint import unfinished

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def prepare() -> None:
    """Be ready for the signals that end processes, and for streams that are closed.

    A signal ends the process at once: an exception could be lost on its way, in an import for one.
    A signal that is ignored, as for what runs in the background, stays so.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


@contextmanager
def gently() -> Iterator[None]:
    """Let signals raise exceptions for a while, so that other processes are ended as well."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    mine = [number for number, handler in before.items() if handler is _end]
    for number in mine:
        signal.signal(number, _raise)
    try:
        yield
    finally:
        for number in mine:
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


def _end(number: int, _frame: FrameType | None) -> None:
    unfinished.remove()
    os._exit(128 + number)


def _raise(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
