"""`keraslint check --watch`: check again whenever a file changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from keraslint.cli import work
from keraslint.cli.session import STDIN, Session, say
from keraslint.project import excludes, includes
from keraslint.settings import find
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from keraslint.cli.options import Options

PAUSE = 0.5
SHARE = 10
CLEAR = "\x1b[2J\x1b[H"

Snapshot = dict[str, tuple[int, int]]


def run(options: Options, check: Callable[[Options], int]) -> int:
    """Check, and check again after every change, until somebody interrupts.

    Raises:
        UsageError: stdin is to be watched.
    """
    if STDIN in options.paths:
        raise UsageError("--watch looks at files, and stdin is none")
    while True:
        seen, _ = _snapshot(options)
        if sys.stdout.isatty():
            sys.stdout.write(CLEAR)
        _forget()
        if not options.quiet:
            say("checking")
        try:
            check(options)
        except UsageError as error:
            say(str(error))
        seen = _states(work.read) | seen
        if not options.quiet:
            say("watching for changes; Ctrl-C ends it")
        _wait_for_change(options, seen)


def _wait_for_change(options: Options, seen: Snapshot) -> None:
    """Look from time to time, so rarely that looking takes a small share of the time."""
    while True:
        now, took = _snapshot(options)
        if now != seen:
            return
        time.sleep(max(PAUSE, SHARE * took))


def _snapshot(options: Options) -> tuple[Snapshot, float]:
    """When the files that matter were changed last, and how long it took to see."""
    from keraslint.sources import discover

    start = time.monotonic()
    files: list[str] = []
    try:
        for settings, paths in Session(options).groups():
            files += discover(paths, includes=includes(settings), excludes=excludes(settings))
    except UsageError:
        pass
    files += [found for path in options.paths if (found := find(path))]
    if options.config:
        files.append(options.config)
    return _states(work.read) | _states(files), time.monotonic() - start


def _states(paths: Iterable[str]) -> Snapshot:
    """When files were changed last, and how long they are; nothing of those that are not there."""
    states = {}
    for path in paths:
        try:
            status = Path(path).stat()
        except OSError:
            continue
        states[path] = (status.st_mtime_ns, status.st_size)
    return states


def _forget() -> None:
    """Read everything anew."""
    from keraslint.engine import forget
    from keraslint.reports import excerpts

    forget()
    excerpts.forget()
