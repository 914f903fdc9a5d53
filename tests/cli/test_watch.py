"""`keraslint check --watch` as somebody at a terminal meets it."""

import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

BAD = "import keras\nx = keras.layers.Dense(3, bogus=1)\n"
WAIT = 60


class Watcher:
    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "keraslint", "check", "--watch", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def round(self) -> str:
        """What it said until it waits again."""
        said = ""
        while "watching" not in said:
            said += self.lines.get(timeout=WAIT)
        return said

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WAIT)


@pytest.fixture
def watch(tmp_path):
    started = []

    def start(*arguments: str) -> Watcher:
        started.append(Watcher(tmp_path, *arguments))
        return started[-1]

    yield start
    for watcher in started:
        watcher.process.kill()


def test_it_checks_again_after_every_change(watch, tmp_path):
    model = tmp_path / "model.py"
    model.write_text(BAD, encoding="utf-8")
    watcher = watch("--output-format", "full", ".")
    assert "bogus=1" in watcher.round()
    model.write_text(BAD.replace("bogus", "wrong"), encoding="utf-8")
    assert "wrong=1" in watcher.round()
    (tmp_path / "keraslint.toml").write_text("select = 3\n", encoding="utf-8")
    assert "expected a list" in watcher.round()
    (tmp_path / "keraslint.toml").write_text('ignore = ["KL2"]\n', encoding="utf-8")
    assert "No problems found" in watcher.round()
    (tmp_path / "other.py").write_text("import keras\nx = (\n", encoding="utf-8")
    assert "KL001" in watcher.round()
    (tmp_path / "other.py").unlink()
    assert "No problems found" in watcher.round()
    assert watcher.interrupt() == 130
    assert watcher.lines.empty()


def test_what_it_imports_is_read_again(watch, tmp_path):
    (tmp_path / "size.py").write_text("UNITS = 3\n", encoding="utf-8")
    (tmp_path / "model.py").write_text(
        "import keras\nfrom size import UNITS\nx = keras.layers.Dense(UNITS)\n", encoding="utf-8"
    )
    watcher = watch(".")
    assert "No problems found" in watcher.round()
    (tmp_path / "size.py").write_text("UNITS = -3\n", encoding="utf-8")
    assert "KL203" in watcher.round()


@pytest.mark.parametrize("options", [(), ("--no-cache",)])
def test_what_it_imports_from_elsewhere_is_watched(watch, tmp_path, options):
    size = tmp_path / "size.py"
    size.write_text("UNITS = 3\n", encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "model.py").write_text(
        "import keras\nfrom size import UNITS\nx = keras.layers.Dense(UNITS)\n", encoding="utf-8"
    )
    (tmp_path / "keraslint.toml").write_text('src = ["."]\n', encoding="utf-8")
    for _ in range(2):  # the second one remembers what the first one found
        watcher = watch("app", *options)
        assert "No problems found" in watcher.round()
    size.write_text("UNITS = -3\n", encoding="utf-8")
    assert "KL203" in watcher.round()


def test_fixes_are_made_as_files_change(watch, tmp_path):
    model = tmp_path / "model.py"
    model.write_text("import keras\n", encoding="utf-8")
    watcher = watch("--fix", ".")
    watcher.round()
    model.write_text("import keras\nkeras.optimizers.Adam(lr=0.1)\n", encoding="utf-8")
    watcher.round()
    assert "learning_rate=0.1" in model.read_text(encoding="utf-8")


def test_stdin_cannot_be_watched(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "keraslint", "check", "--watch", "-"],
        cwd=tmp_path,
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "keraslint: --watch looks at files, and stdin is none\n"
