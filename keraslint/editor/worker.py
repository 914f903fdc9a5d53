"""One thread for the work that takes time, so that the server can listen meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

STACK = 64 * 1024 * 1024


class Worker:
    """Does one thing after the other. It is a daemon: what it still does keeps nobody waiting."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        before = threading.stack_size(STACK)
        threading.Thread(target=self._work, name="examine", daemon=True).start()
        threading.stack_size(before)

    def do(self, job: Callable[[], T]) -> asyncio.Future[T]:
        """Do something; the result, when it is there."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def work() -> None:
            if future.cancelled():
                return
            try:
                result = job()
            except Exception as error:
                loop.call_soon_threadsafe(_settle, future.set_exception, error, future)
            else:
                loop.call_soon_threadsafe(_settle, future.set_result, result, future)

        self._jobs.put(work)
        return future

    def _work(self) -> None:
        while True:
            self._jobs.get()()


def _settle(settle: Callable[[Any], None], outcome: Any, future: asyncio.Future[Any]) -> None:
    if not future.done():
        settle(outcome)
