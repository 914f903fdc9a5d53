"""An engine that knows its answers, so that the command is tested on its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from keraslint.analysis import Analysis
from keraslint.cli import main
from keraslint.engine import unreadable


class Engine:
    def __init__(self) -> None:
        self.answers: list[Analysis] = []
        self.asked: list[tuple[list[str], dict[str, Any]]] = []
        self.trouble: BaseException | None = None

    def discover(self, paths: Iterable[str], **settings: Any) -> Iterator[str]:
        self.asked.append((list(paths), settings))
        names = [answer.filename for answer in self.answers]
        yield from dict.fromkeys(names or ["trouble.py"] * bool(self.trouble))

    def analyse_paths(self, paths: Iterable[str], **settings: Any) -> Iterator[Analysis]:
        self.asked.append((list(paths), settings))
        yield from self.answers
        if self.trouble is not None:
            raise self.trouble

    def analyse_programs(self, path: str, data: bytes, **settings: Any) -> Iterator[Analysis]:
        self.asked.append(([path], settings))
        yield from (answer for answer in self.answers if answer.filename == path)
        if self.trouble is not None:
            raise self.trouble

    def read_bytes(self, path: str) -> bytes:
        return b"import keras"


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Engine:
    """The engine behind the command, in a folder of its own."""
    made = Engine()
    module = ModuleType("keraslint.engine")
    vars(module)["analyse_paths"] = made.analyse_paths
    vars(module)["analyse_programs"] = made.analyse_programs
    vars(module)["unreadable"] = unreadable
    monkeypatch.setitem(sys.modules, "keraslint.engine", module)
    monkeypatch.setattr("keraslint.cli.grouping.discover", lambda *_, **__: [])
    monkeypatch.setattr("keraslint.cli.work.discover", made.discover)
    monkeypatch.setattr("keraslint.cli.work.read_bytes", made.read_bytes)
    monkeypatch.setattr("keraslint.cli.examining.read_bytes", made.read_bytes)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return made


Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and get its exit code, stdout and stderr."""

    def call(*argv: str) -> SimpleNamespace:
        code = main(argv)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return call
