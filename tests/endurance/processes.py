"""The command as a process of its own, and signals that end it at any moment."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

COMMAND = (sys.executable, "-m", "keraslint")
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
# Before its own first lines a command can do nothing about signals; this tells when it is ready.
ANNOUNCED = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from keraslint.cli import ending, main; prepare = ending.prepare;"
    "ending.prepare = lambda: (prepare(), os.write(2, b'.')); sys.exit(main())",
)

OLD = "import keras\n\nlayer = keras.layers.Dense(8, activaton='relu')  # {}\n"
LEFT = re.compile(r"\.model\d+\.py\.\w{8}\.keraslint")
MODES = (0o644, 0o600, 0o755)
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command and wait for it."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=cwd,
        check=False,
    )


def fixable(folder: Path, count: int) -> None:
    """Write files that have something to fix."""
    for number in range(count):
        path = folder / f"model{number}.py"
        path.write_text(OLD.format("x" * 10 ** (number % 5)))
        path.chmod(MODES[number % len(MODES)])


def damage(folder: Path, count: int, *, killed: bool) -> list[str]:
    """What is wrong with the files after some of them were fixed: nothing, it should be."""
    wrong = []
    names = {f"model{number}.py" for number in range(count)}
    for number in range(count):
        path = folder / f"model{number}.py"
        old = OLD.format("x" * 10 ** (number % 5))
        if path.read_text() not in {old, old.replace("activaton", "activation")}:
            wrong.append(f"{path.name} is neither old nor new")
        if path.stat().st_mode & 0o777 != MODES[number % len(MODES)]:
            wrong.append(f"{path.name} has other permissions")
    others = {path.name for path in folder.iterdir()} - names
    if killed and len(others) == 1:
        others = {name for name in others if not LEFT.fullmatch(name)}
    return wrong + [f"{name} is left over" for name in others]


def interrupted(folder: Path, number: signal.Signals, seconds: float) -> tuple[list[str], bool]:
    """Fix a folder's files, and send a signal after some time.

    Returns:
        What was wrong then, and whether the signal came in time.
    """
    process = subprocess.Popen(
        [*ANNOUNCED, "check", "--fix", "--quiet", "--exit-zero", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stderr is not None
    process.stderr.read(1)
    time.sleep(seconds)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    wrong = [f"it says {err.decode()}"] if err else []
    if process.returncode not in {0, CODES.get(number, -number)}:
        wrong.append(f"it ends with {process.returncode}")
    if process.returncode == 0 and out != b"No problems found.\n":
        wrong.append("it does not say that it is done")
    return wrong, process.returncode != 0


def duration(folder: Path) -> float:
    """The seconds that fixing a folder's files takes, from the first line of the command on."""
    start = time.monotonic()
    interrupted(folder, signal.SIGKILL, 0)
    started = time.monotonic() - start
    start = time.monotonic()
    run("check", "--fix", "--quiet", str(folder))
    return max(time.monotonic() - start - started, 0.1)


def cached(folder: Path, cache: Path, seconds: float) -> None:
    """Check a folder with a cache, and kill that after some time."""
    process = subprocess.Popen(
        [*ANNOUNCED, "check", "--quiet", "--cache-dir", str(cache), str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stderr is not None
    process.stderr.read(1)
    time.sleep(seconds)
    process.kill()
    process.communicate(timeout=60)
