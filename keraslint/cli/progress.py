"""A bar on stderr that shows how far a long run has come; nobody sees it if that is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from keraslint.terminal import canvas_of

DELAY = 1.0
PERIOD = 0.1
WIDTH = 30
ERASE = "\r\x1b[K"

T = TypeVar("T")

_shown: list[Progress] = []


class Progress:
    """Counts what is done of something, and shows it while this is entered."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        """Prepare to count.

        Args:
            total: how many there are.
            quiet: whether to show nothing.
        """
        self.done = 0
        self._total = total
        self._end: Callable[[], None] | None = None
        self._shows = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        if self._shows:
            import threading

            over = threading.Event()
            thread = threading.Thread(target=self._show, args=(over.wait,), daemon=True)
            thread.start()

            def end() -> None:
                over.set()
                thread.join()
                clear()

            self._end = end
        return self

    def __exit__(self, *_: object) -> None:
        if self._end is not None:
            self._end()

    def step(self) -> None:
        """Count one more."""
        self.done += 1

    def _show(self, is_over: Callable[[float], bool]) -> None:
        full, empty = "█░" if canvas_of(sys.stderr).unicode else "#-"
        period = DELAY
        while not is_over(period):
            period = PERIOD
            filled = WIDTH * min(self.done, self._total) // max(self._total, 1)
            bar = full * filled + empty * (WIDTH - filled)
            _shown[:] = [self]
            sys.stderr.write(f"\r{bar} {self.done}/{self._total} files")
            sys.stderr.flush()


def clear() -> None:
    """Take the bar away, so that something else can be written; it comes back."""
    if _shown:
        _shown.clear()
        sys.stderr.write(ERASE)
        sys.stderr.flush()


def counted(items: Iterable[T], total: int, *, quiet: bool = False) -> Iterator[T]:
    """The items, one after the other, while it is shown how many of them are done.

    Args:
        items: what is worked on.
        total: how many there are.
        quiet: whether to show nothing.
    """
    with Progress(total, quiet=quiet) as progress:
        for item in items:
            yield item
            progress.step()
