"""A cache that is damaged, shared, full or written by who is killed changes no answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from keraslint.cache import folder
from tests.endurance.commands import run
from tests.endurance.mutations import WAYS
from tests.endurance.processes import ANNOUNCED, COMMAND, ENVIRONMENT, cached, fixable

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")
FILES = 6


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    fixable(folder, FILES)
    return folder


def check(models: Path, cache: Path) -> list[dict[str, object]]:
    """What is found, with a cache."""
    ran = run("check", "--output-format", "json", "--cache-dir", str(cache), str(models))
    assert ran.fault is None
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


def entry(cache: Path) -> Path:
    """The file that the outcomes stand in."""
    (path,) = cache.glob("[0-9a-f]*.json")
    return path


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_cache_is_made_again(models: Path, tmp_path: Path, seed: int) -> None:
    cache = tmp_path / "cache"
    expected = check(models, cache)
    assert len(expected) == FILES
    path = entry(cache)
    whole = path.read_bytes()
    path.write_bytes(WAYS[seed % len(WAYS)](Random(seed), whole))
    assert check(models, cache) == expected
    assert entry(cache).read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"\n{}", b"\0" * 1000, b"\xff\n" * 9])
def test_what_is_no_cache_is_not_one(models: Path, tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache"
    expected = check(models, cache)
    entry(cache).write_bytes(content)
    assert check(models, cache) == expected


def test_its_files_are_never_partial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands under the name of one of them is whole from its first moment on."""
    seen = []
    replace = os.replace

    def watched(made: str, path: str) -> None:
        seen.append((Path(path).name, Path(made).read_bytes(), Path(path).exists()))
        replace(made, path)

    monkeypatch.setattr(os, "replace", watched)
    folder.write(str(tmp_path), "a" * 32 + folder.SUFFIX, b"content")
    assert seen == [(".gitignore", b"*\n", False), ("a" * 32 + ".json", b"content", False)]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_cache_that_cannot_be_written(models: Path, tmp_path: Path) -> None:
    expected = check(models, tmp_path / "cache")
    file = tmp_path / "file"
    file.write_text("mine")
    assert check(models, file) == expected
    assert file.read_text() == "mine"
    path = entry(tmp_path / "cache")
    path.unlink()
    path.mkdir()
    assert check(models, tmp_path / "cache") == expected


@unix
def test_a_full_disk(models: Path, tmp_path: Path) -> None:
    """No file may grow, as on a full disk."""
    done = subprocess.run(
        [
            *("/bin/bash", "-c", 'ulimit -f 0; exec "$@"', "bash", *COMMAND, "check"),
            *("--cache-dir", str(tmp_path / "cache"), str(models)),
        ],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith(f"Found {FILES} errors in {FILES} files.\n")
    assert not list(tmp_path.joinpath("cache").glob("*.json*"))
    assert len(check(models, tmp_path / "cache")) == FILES


def test_processes_share_it(models: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    expected = check(models, tmp_path / "other")
    command = (*COMMAND, "check", "--output-format", "json", "--cache-dir", str(cache), str(models))
    for _ in range(2):
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) for _ in range(3)
        ]
        for process in running:
            out, _ = process.communicate(timeout=120)
            assert json.loads(out) == expected
        models.joinpath("model0.py").touch()
    assert len(list(cache.glob("*.json"))) == 1


@unix
def test_killed_at_any_moment(models: Path, tmp_path: Path) -> None:
    """`tools/interruptions.py --cache` does this for longer."""
    cache, draw = tmp_path / "cache", Random(0)
    expected = check(models, tmp_path / "other")
    for _ in range(4):
        cached(models, cache, draw.uniform(0, 1))
        assert check(models, cache) == expected
    assert len(list(cache.iterdir())) <= 10


@unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_other_processes_end_with_the_first(tmp_path: Path, number: signal.Signals) -> None:
    fixable(tmp_path, 50)
    for path in tmp_path.iterdir():
        path.write_text(path.read_text() * 20 + "# " + "x" * 10_000 + "\n")
    process = subprocess.Popen(
        [*ANNOUNCED, "check", "--no-cache", "--jobs", "3", "--quiet", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stderr is not None
    process.stderr.read(1)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while children.exists() and len(children.read_text().split()) < 3:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)  # their end closes the pipe
    assert (process.returncode, err) == (128 + number, b"")
