"""Whatever ends the command, it ends quietly, and files are old or new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.endurance.processes import (
    ANNOUNCED,
    COMMAND,
    ENVIRONMENT,
    damage,
    duration,
    fixable,
    interrupted,
    run,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes are Unix's")

COMMANDS = (
    ("check", "models"),
    ("check", "models", "--output-format", "json"),
    ("check", "models", "--diff"),
    ("check", "models", "--show-settings"),
    ("shapes", "models"),
    ("summary", "models/good.py"),
    ("diagram", "models/good.py"),
    ("annotate", "models", "--diff"),
    ("rule", "--all"),
    ("--help",),
)
GOOD = """import keras

model = keras.Sequential()
model.add(keras.Input((3,)))
model.add(keras.layers.Dense(2))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    models = tmp_path / "models"
    models.mkdir()
    fixable(models, 3)
    models.joinpath("good.py").write_text(GOOD)
    return tmp_path


def alive(number: int) -> bool:
    """Whether a process runs: one that nobody has asked how it ended does not."""
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc").exists()


def piped(folder: Path, stdout: int, *arguments: str) -> tuple[int, str]:
    """The exit code, and what is said on stderr."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": ""},
        cwd=folder,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_pipe_that_nobody_reads(folder: Path, arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code, err = piped(folder, writer, *arguments)
    os.close(writer)
    assert code == 1
    assert "rror" not in err
    assert err.count("\n") <= 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="it is Linux's")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_full_disk_behind_stdout(folder: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        code, err = piped(folder, full.fileno(), *arguments)
    assert code == 2
    assert err == "keraslint: cannot write to stdout: no space left on device\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", [("check", "models"), ("check", "-")])
def test_closed_streams(folder: Path, arguments: tuple[str, ...], closed: str) -> None:
    script = f'"$@" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *COMMAND, *arguments],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=folder,
        input="",
        check=False,
    )
    assert done.returncode == int("models" in arguments)
    assert "rror" not in done.stderr


def test_files_that_may_not_grow(folder: Path) -> None:
    """A limit stands for a full disk; the last of the files is larger than it allows."""
    models = folder / "models"
    fixable(models, 4)
    script = 'ulimit -f 1; exec "$@"'
    done = subprocess.run(
        ["/bin/bash", "-c", script, "bash", *COMMAND, "check", "--fix", "models"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("keraslint: models/model3.py: cannot be written: file too large")
    models.joinpath("good.py").unlink()
    assert damage(models, 4, killed=False) == []
    assert "activaton" in models.joinpath("model3.py").read_text()
    assert "activation" in models.joinpath("model2.py").read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signals_at_any_moment(tmp_path: Path, number: signal.Signals) -> None:
    """`tools/interruptions.py` does this for longer."""
    count, draw = 6, Random(int(number))
    fixable(tmp_path, count)
    longest = duration(tmp_path)
    early = 0
    for _ in range(5):
        fixable(tmp_path, count)
        wrong, in_time = interrupted(tmp_path, number, draw.uniform(0, longest))
        early += in_time
        assert wrong == []
        assert damage(tmp_path, count, killed=number == signal.SIGKILL) == []
    assert early > 0
    fixable(tmp_path, count)
    assert run("check", "--fix", str(tmp_path)).returncode == 0
    assert damage(tmp_path, count, killed=False) == []


def test_what_is_ignored_stays_ignored(folder: Path) -> None:
    """As of what `nohup` starts, and of what a shell starts in the background."""
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "from keraslint.cli import main, ending; ending.settle = lambda: None; main();"
        "print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--version"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.stdout.endswith("True\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_verify_runs_ends_with_it(folder: Path, number: signal.Signals) -> None:
    python, note = folder / "python", folder / "note"
    python.write_text(f"#!/bin/sh\necho $$ > {note}.new\nmv {note}.new {note}\nexec sleep 60\n")
    python.chmod(0o755)
    model = folder / "models" / "good.py"
    process = subprocess.Popen(
        [*ANNOUNCED, "verify", str(model), "--python", str(python)],
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    while not note.exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert b"Traceback" not in err
    assert not alive(int(note.read_text()))
