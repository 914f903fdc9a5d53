"""The process that runs the program ends with the one that started it."""

import signal
import subprocess
import sys

import pytest

from keraslint.verify import running


@pytest.fixture
def started(monkeypatch, tmp_path):
    """The processes that were started; a signal comes while each of them starts."""
    processes = []

    class Starting(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            processes.append(self)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(subprocess, "Popen", Starting)
    return processes


def test_a_signal_while_it_starts_ends_it(started):
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        running._run([sys.executable, "-c", "import time; time.sleep(60)"], None)
    (process,) = started
    assert process.returncode not in {None, 0}
    assert signal.getsignal(signal.SIGINT) is before


def test_it_is_told_how_it_ended():
    assert running._run([sys.executable, "-c", "raise SystemExit(7)"], 60) == 7


def test_too_long():
    with pytest.raises(subprocess.TimeoutExpired):
        running._run([sys.executable, "-c", "import time; time.sleep(60)"], 0.1)
