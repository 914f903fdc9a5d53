"""Several processes find what one finds, and end when they should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from keraslint.cli import jobs, main
from keraslint.cli.examining import Examiner

ROOT = Path(__file__).parents[2]
BUSY = "\nfor i in range(9000):\n    x = i\n"
MODEL = (
    "import keras\nfrom blocks import make\nmake({n})(keras.Input((4, 4, {n})))\n" + "# \n" * 4_000
)
BLOCKS = "import keras\ndef make(n):\n    return keras.layers.Conv1D(n, 3)\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("blocks.py").write_text(BLOCKS)
    for number in range(12):
        folder = Path(f"part{number % 3}")
        folder.mkdir(exist_ok=True)
        (folder / f"model{number}.py").write_text("import sys\n" + MODEL.format(n=number + 1))
    Path("keraslint.toml").write_text('src = ["."]\n')
    return tmp_path


def test_the_same_findings_in_the_same_order(project, capsys):
    printed = []
    for number in ("1", "2", "5"):
        assert main(["check", "--no-cache", "--jobs", number]) == 1
        printed.append(capsys.readouterr())
    assert printed[0].out.count("KL101") == 12
    assert printed[0] == printed[1] == printed[2]


def test_what_processes_found_is_remembered(project, capsys):
    main(["check", "--jobs", "2"])
    first = capsys.readouterr()
    main(["check", "--jobs", "1"])
    assert capsys.readouterr() == first


def test_a_process_that_is_killed(project, capsys, monkeypatch):
    def examine(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Examiner, "examine", examine)
    assert main(["check", "--no-cache", "--jobs", "2"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "killed by signal 9" in told.err
    assert told.err.count("\n") == 1


def runs(pid):
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_interruption(project):
    for number in range(12, 30):
        Path(f"part0/model{number}.py").write_text(MODEL.format(n=3) + BUSY)
    process = subprocess.Popen(
        [sys.executable, "-m", "keraslint", "check", "--no-cache", "--jobs", "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while workers.exists() and len(workers.read_text().split()) < 2 and process.poll() is None:
        time.sleep(0.01)
    left = workers.read_text().split() if workers.exists() else []
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not any(runs(pid) for pid in left)


@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize("sizes", [[10], [jobs.BATCH * 2, 1, 1], [1000] * 500, [0] * 9])
def test_stretches_hold_every_file_once_and_in_order(sizes, count):
    files = [(f"{number:03}", size) for number, size in enumerate(sizes)]
    stretches = jobs._stretches(files, count)
    assert [path for stretch in stretches for batch in stretch for path in batch] == [
        path for path, _ in files
    ]
    assert len(stretches) <= count


def test_a_few_files_are_not_worth_it():
    assert not jobs.worthwhile([("a", 10**6)] * 3, 8)
    assert not jobs.worthwhile([("a", 10)] * 100, 8)
    assert not jobs.worthwhile([("a", 10**6)] * 100, 1)
    assert jobs.worthwhile([("a", 10**5)] * 100, 2)
