"""The bar that a long run shows on a terminal."""

import io
import os
import pty
import subprocess
import sys
import time
from contextlib import redirect_stderr

import pytest

from keraslint.cli import progress


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(progress, "DELAY", 0.1)
    monkeypatch.setattr(progress, "PERIOD", 0.01)
    return Terminal()


def work(terminal: Terminal, count: int, seconds: float, **options: bool) -> None:
    with redirect_stderr(terminal):
        for _ in progress.counted(range(count), count, **options):
            time.sleep(seconds)


def test_a_long_run_shows_how_far_it_is(terminal):
    work(terminal, 4, 0.1)
    shown = terminal.getvalue()
    assert "█░" in shown
    assert " 3/4 files" in shown
    assert shown.endswith(progress.ERASE)
    assert progress.ERASE not in shown.removesuffix(progress.ERASE)


def test_a_short_run_shows_nothing(terminal):
    work(terminal, 4, 0)
    assert terminal.getvalue() == ""


def test_who_wants_quiet_has_it(terminal):
    work(terminal, 4, 0.1, quiet=True)
    assert terminal.getvalue() == ""


def test_where_there_is_no_terminal_nothing_is_shown(terminal, monkeypatch):
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    work(terminal, 4, 0.1)
    assert terminal.getvalue() == ""


def test_it_makes_room_for_messages(terminal):
    with redirect_stderr(terminal):
        for _ in progress.counted(range(1), 1):
            time.sleep(0.2)
            progress.clear()
            terminal.write("message\n")
    assert f"{progress.ERASE}message\n" in terminal.getvalue()


def test_a_terminal_without_such_characters(terminal, monkeypatch):
    monkeypatch.setattr(terminal, "encoding", "ascii")
    work(terminal, 2, 0.15)
    assert "#" in terminal.getvalue()
    assert terminal.getvalue().isascii()


def test_it_goes_away_when_the_work_fails(terminal):
    def fail():
        for _ in progress.counted(range(2), 2):
            time.sleep(0.2)
            raise LookupError

    with redirect_stderr(terminal), pytest.raises(LookupError):
        fail()
    assert terminal.getvalue().endswith(progress.ERASE)


COMMAND = """\
import sys
from keraslint.cli import main, progress
progress.DELAY = progress.PERIOD = 0.001
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["check", "shapes"])
def test_a_command_on_a_terminal(tmp_path, command):
    for number in range(20):
        (tmp_path / f"{number}.py").write_text("import keras\nkeras.layers.Dense(3)\n")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, command, "."],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    try:
        while data := os.read(ours, 4096):
            written += data
    except OSError:  # how a terminal says that there is nobody any more
        pass
    finally:
        os.close(ours)
    shown = written.decode()
    assert "/20 files" in shown
    assert shown.endswith(progress.ERASE)
    assert process.stdout is not None
    assert "files" not in process.stdout.read().decode().replace("in 20 files", "")
    process.wait()
