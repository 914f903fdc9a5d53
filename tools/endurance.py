"""Let keraslint read thousands of damaged files, for as long as you like.

    python -m tools.endurance --cases 10000 --seed 1 docs/examples tests/programs/data
    python -m tools.endurance --all --whole /usr/lib/python3

The files are copies of the Python files and notebooks below the given folders. Half of them are
damaged in one to four ways, and every fifth of those becomes a notebook; in the other half parts
take the places of other parts. With `--whole`, each file is read once as it is instead. With
`--all`, files that have nothing to do with Keras are made to import it. Each is checked with all
rules, and given to one other command. They are read in a process of its own, which a watchdog ends
when one file takes too long. What keraslint fails over is kept in `--keep`.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import resource
import select
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.endurance.commands import COMMANDS, Ran, run
from tests.endurance.mutations import grafted, mutant, odd_notebook

PATIENCE = 30  # seconds of processor time until a file counts as endless
STALLED = 600  # seconds until a process that does not even compute does
SLOW = 2.0
BATCH = 100
LIMIT = 6 << 30


@dataclass
class Tally:
    """What happened so far."""

    cases: int = 0
    faults: int = 0
    slow: int = 0
    unstated: int = 0  # slow, and no finding says that something was left out
    memory: int = 0  # MiB

    def __str__(self) -> str:
        counts = f"{self.cases} cases, {self.faults} faults"
        return f"{counts}, {self.slow} slow ({self.unstated} unstated), {self.memory} MiB"


Case = tuple[str, bytes, tuple[str, ...]]


@dataclass(frozen=True)
class Cases:
    """What is read: each case is a file's name and content, and a command for it."""

    files: list[Path]
    seed: int
    whole: bool

    def __call__(self, index: int) -> Case:
        """The case with a number."""
        draw = Random(f"{self.seed}:{index}")
        path = self.files[index] if self.whole else draw.choice(self.files)
        data, command = path.read_bytes(), draw.choice(COMMANDS[1:])
        if b"keras" not in data:
            data = _concerned(data, path.suffix)
        if self.whole:
            return f"case{index}{path.suffix}", data, command
        return _damaged(draw, data, path.suffix, index, command)


def _concerned(data: bytes, suffix: str) -> bytes:
    """The content of a file, made to import Keras."""
    if suffix == ".ipynb":
        return data.replace(b'"source": [', b'"source": ["import keras\\n",', 1)
    return data + b"\nimport keras\n"


def _damaged(draw: Random, data: bytes, suffix: str, index: int, command: tuple[str, ...]) -> Case:
    if suffix == ".ipynb":
        return f"case{index}.ipynb", mutant(draw, data), command
    if index % 2 and (text := grafted(draw, data.decode(errors="replace"))):
        return f"case{index}.py", text.encode(errors="surrogatepass"), command
    if index % 5:
        return f"case{index}.py", mutant(draw, data), command
    data = odd_notebook(draw, data.decode(errors="replace"))
    return f"case{index}.ipynb", mutant(draw, data) if index % 20 else data, command


def commands_of(path: Path, data: bytes, command: tuple[str, ...]) -> Iterator[Ran]:
    """Run the commands for a case."""
    for one in (COMMANDS[0], command):
        path.write_bytes(data)
        yield run(*one, str(path))


def work(cases: Cases, indices: range, keep: Path, report: int) -> None:
    """Go through some cases and tell a pipe about each."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    with (keep / "stuck.txt").open("a") as stuck, tempfile.TemporaryDirectory() as folder:
        faulthandler.enable(stuck)
        faulthandler.register(signal.SIGPROF, stuck, chain=True)
        for index in indices:
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            os.write(report, f"start {index}\n".encode())
            name, data, command = cases(index)
            stated = False
            for ran in commands_of(Path(folder, name), data, command):
                what = " ".join(ran.command[:-1])
                stated |= '"KL004"' in ran.out
                if ran.seconds > SLOW:
                    kind = "slow" if stated else "unstated"
                    os.write(report, f"{kind} {index} {ran.seconds:.1f} {what}\n".encode())
                    (keep / name).write_bytes(data)
                if ran.fault:
                    os.write(report, f"fault {index} {what}\n".encode())
                    (keep / name).write_bytes(data)
                    (keep / f"{name}.txt").write_text(ran.fault, errors="backslashreplace")
            for path in Path(folder).iterdir():
                path.unlink()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        os.write(report, f"memory {memory}\n".encode())


def batch(cases: Cases, indices: range, keep: Path, tally: Tally) -> int:
    """Go through some cases in a process of their own; the index of the first not reached."""
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        os.close(reader)
        status = 1
        try:
            work(cases, indices, keep, writer)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    lines = _lines(reader)
    current = indices.start - 1
    for line in lines:
        kind, *rest = line.split(" ", 2)
        if kind == "start":
            current = int(rest[0])
            tally.cases += 1
        elif kind == "memory":
            tally.memory = max(tally.memory, int(rest[0]))
        elif kind in {"slow", "unstated"}:
            tally.slow += 1
            tally.unstated += kind == "unstated"
            print(line, flush=True)
        elif kind == "fault":
            tally.faults += 1
            print(line, flush=True)
        elif kind == "stuck":
            os.kill(process, signal.SIGABRT)
    os.close(reader)
    _, status = os.waitpid(process, 0)
    if status:
        tally.faults += 1
        name, data, command = cases(current)
        (keep / name).write_bytes(data)
        print(f"ended {current} status {status}: {' '.join(command)}", flush=True)
    return current + 1


def _lines(reader: int) -> Iterator[str]:
    """The lines from a pipe; ``stuck`` when none comes for too long."""
    rest = b""
    while True:
        if not select.select([reader], [], [], STALLED)[0]:
            yield "stuck"
            continue
        data = os.read(reader, 65536)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode() for line in lines)


def main() -> None:
    """Read the arguments, damage files, and tell what came of it."""
    parser = argparse.ArgumentParser(description="Let keraslint read damaged files.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the index of the first case")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "endurance"))
    parser.add_argument("--all", action="store_true", help="not only files that mention Keras")
    parser.add_argument("--whole", action="store_true", help="each file once, undamaged")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    found = (path for folder in options.folders for path in folder.rglob("*.*") if path.is_file())
    files = sorted(path for path in found if path.suffix in {".py", ".ipynb"})
    files = [path for path in files if options.all or b"keras" in path.read_bytes()]
    cases = Cases(files, options.seed, options.whole)
    start, tally = time.monotonic(), Tally()
    index, end = options.first, options.first + options.cases
    if options.whole:
        Random(options.seed).shuffle(files)
        end = min(end, len(files))
    while index < end:
        indices = range(index, min(index + BATCH, end))
        index = batch(cases, indices, options.keep, tally)
        print(tally, f"{time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
