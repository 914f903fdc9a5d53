"""Room for code that is nested deeper than Python's stack usually allows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_FRAMES = 100_000
_STACK = 512 * 1024 * 1024


def with_room(work: Callable[[], T]) -> T:
    """The result of a function that recurses; if it runs out of stack, of a second run with more.

    Raises:
        RecursionError: Even that was not enough.
    """
    try:
        return work()
    except RecursionError:
        return _with_more(work)


def _with_more(work: Callable[[], T]) -> T:
    import threading
    from concurrent.futures import ThreadPoolExecutor

    limit = sys.getrecursionlimit()
    size = threading.stack_size(_STACK)
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
