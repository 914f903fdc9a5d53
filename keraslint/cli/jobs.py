"""Several processes that examine files, each a stretch of neighbours: these import the same."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from keraslint.cli.ending import Gently
from keraslint.cli.progress import Progress
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from keraslint.cache.outcome import Outcome
    from keraslint.cli.options import Options
    from keraslint.settings import Settings

FEW_FILES = 8
FEW_BYTES = 100_000
BATCH = 60_000
SIGNALS = (signal.SIGINT, signal.SIGTERM)

Sized = tuple[str, int]
"""A file and its size."""


class LostWorkerError(UsageError):
    """A process that examined files is gone."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worthwhile(files: Sequence[Sized], jobs: int) -> bool:
    """Whether several processes are done sooner than this one."""
    total = sum(size for _, size in files)
    return jobs > 1 and len(files) >= FEW_FILES and total >= FEW_BYTES


def examine_all(
    files: Sequence[Sized], options: Options, settings: Settings, jobs: int
) -> Iterator[Outcome]:
    """The outcomes of files, in no certain order.

    Raises:
        LostWorkerError: a process was ended before it had done its work.
    """
    import multiprocessing
    from importlib import import_module
    from multiprocessing.connection import wait

    if sys.platform == "linux":
        context: Any = multiprocessing.get_context("fork")
        for name in ("engine", "rules", "interpreter.reading"):  # once for all
            import_module(f"keraslint.{name}")
    else:
        context = multiprocessing.get_context("spawn")
    stretches = _stretches(files, jobs)
    workers: dict[Any, BaseProcess] = {}
    with Gently():
        try:
            for stretch in stretches:
                ours, theirs = context.Pipe()
                arguments = (theirs, [*workers, ours], options, settings)
                process = context.Process(target=_work, args=arguments, daemon=True)
                with _undisturbed():
                    process.start()
                    workers[ours] = process
                theirs.close()
                _hand_out(ours, stretch, stretches)
            with Progress(len(files), quiet=options.quiet) as progress:
                own = dict(zip(workers, stretches, strict=True))
                busy = set(workers)
                while busy:
                    for connection in cast("list[Any]", wait(list(busy))):
                        for outcome in _receive(connection, workers[connection]):
                            progress.step()
                            yield outcome
                        if not _hand_out(connection, own[connection], stretches):
                            busy.remove(connection)
        finally:
            for process in workers.values():
                process.terminate()
            for process in workers.values():
                process.join()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait, so that a new process is known to this one and has got ready for them."""
    if sys.platform == "win32":
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _stretches(files: Sequence[Sized], jobs: int) -> list[deque[list[str]]]:
    """The files in as many stretches, about as long as each other; each in batches."""
    batches: list[tuple[int, list[str]]] = []
    for path, size in files:
        if not batches or batches[-1][0] + size > BATCH:
            batches.append((0, []))
        before, paths = batches[-1]
        batches[-1] = (before + size, [*paths, path])
    total = sum(size for size, _ in batches) or 1
    stretches: list[deque[list[str]]] = [deque() for _ in range(min(jobs, len(batches)))]
    done = 0
    for size, paths in batches:
        stretches[min(done * len(stretches) // total, len(stretches) - 1)].append(paths)
        done += size
    return stretches


def _hand_out(
    connection: Connection, own: deque[list[str]], stretches: Sequence[deque[list[str]]]
) -> bool:
    """Give a process the next files of its stretch, or the last ones of the longest; if any."""
    batch: list[str] | None = None
    if own:
        batch = own.popleft()
    else:
        longest = max(stretches, key=len)
        batch = longest.pop() if longest else None
    if batch is None:
        return False
    connection.send(batch)
    return True


def _receive(connection: Connection, process: BaseProcess) -> list[Outcome]:
    try:
        outcomes: list[Outcome] = connection.recv()
    except (EOFError, OSError):
        process.join()
        code = process.exitcode or 0
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        raise LostWorkerError(
            f"a process that examined files {how}; with --jobs 1 there is none"
        ) from None
    return outcomes


def _work(
    connection: Connection, inherited: Sequence[Connection], options: Options, settings: Settings
) -> None:
    """What a process does: examine the files it is told of, until nobody is there to tell it."""
    import gc

    from keraslint.cli.examining import Examiner

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    if sys.platform == "linux":
        for other in inherited:  # else nobody would notice that the first process is gone
            other.close()
    gc.set_threshold(100_000, 20, 100)
    examiner = Examiner(options, settings)
    while True:
        try:
            paths = connection.recv()
            connection.send([examiner.examine(path) for path in paths])
        except (EOFError, OSError):
            return
