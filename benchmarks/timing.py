"""Whole processes, timed in turn so that what else the machine does meets all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
KERASLINT = [sys.executable, str(ROOT / "benchmarks" / "run.py")]
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules stay compiled, as those of installed packages are."""


class Cost(NamedTuple):
    """What a process takes: seconds by the clock and of the processor, and megabytes at most."""

    clock: float
    processor: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, whatever that is."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=COMPILED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, _, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = 0
    return Cost(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(
    commands: Mapping[str, Sequence[str]], folder: Path, *, repeat: int, warm: int = 1
) -> dict[str, Cost]:
    """The medians of several commands that are run in turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(warm + repeat):
        for name, command in commands.items():
            cost = run(command, folder)
            if number >= warm:
                costs[name].append(cost)
    return {
        name: Cost(*map(statistics.median, zip(*found, strict=True)))
        for name, found in costs.items()
    }


def show(costs: Mapping[str, Cost], baseline: str) -> None:
    """Print the medians, and how they compare with one of them."""
    base = costs[baseline]
    for name, cost in costs.items():
        print(
            f"{name:44} {cost.clock:8.3f} s {cost.processor:8.3f} s {cost.memory:6.0f} MB"
            f"   {cost.clock / base.clock:6.2f} x {cost.processor / base.processor:6.2f} x"
        )
