"""Programs as people write them: data, labels, losses, and what Keras says when they run.

The first line of each says which errors are told of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from keraslint.findings import Severity
from tests.rules.examples import run
from tests.rules.test_examples import check

PROGRAMS = sorted((Path(__file__).parent / "data").glob("*.py"))
program = pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)


def expected(path: Path) -> list[str]:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
    return [] if first == "fine" else first.split()


def test_many_of_them_are_fine():
    fine = [path for path in PROGRAMS if not expected(path)]
    assert 0.3 < len(fine) / len(PROGRAMS) < 0.7


@program
def test_what_is_wrong_is_told(tmp_path: Path, path: Path) -> None:
    found = check(tmp_path, path.read_text(encoding="utf-8"))
    errors = {finding.code for finding in found if finding.severity is Severity.ERROR}
    assert sorted(errors) == expected(path)


@pytest.mark.oracle
@program
def test_keras_agrees(keras: Any, path: Path) -> None:
    error = run(keras, path.read_text(encoding="utf-8"))
    assert (error is not None) == bool(expected(path)), error
