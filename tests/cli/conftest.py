"""An engine that knows its answers, so that the command is tested on its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from keraslint.analysis import Analysis
from keraslint.cli import main


class Engine:
    def __init__(self) -> None:
        self.answers: list[Analysis] = []
        self.asked: list[tuple[list[str], dict[str, Any]]] = []
        self.trouble: BaseException | None = None

    def analyse_paths(self, paths: Iterable[str], **settings: Any) -> Iterator[Analysis]:
        self.asked.append((list(paths), settings))
        yield from self.answers
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Engine:
    """The engine behind the command, in a folder of its own."""
    made = Engine()
    module = ModuleType("keraslint.engine")
    vars(module)["analyse_paths"] = made.analyse_paths
    monkeypatch.setitem(sys.modules, "keraslint.engine", module)
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
