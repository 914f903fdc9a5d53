"""The example programs, held against the real Keras: every layer call, every model, every total."""

from pathlib import Path

import pytest

from keraslint.engine import analyse_file
from keraslint.verify.comparing import AGREES
from tests.programs.running import verdict_of_file

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
PROGRAMS = sorted(FOLDER.glob("*.py"))
# The command line decides about the sizes of this one: they stay symbols.
OPEN = {"configured.py": {55, 56, 54}}


@pytest.mark.oracle
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_keras_agrees_with_all_that_is_known(keras, path):
    verdict = verdict_of_file(keras, str(path))
    assert verdict.error is None
    left = [one for one in (*verdict.layers, *verdict.models) if one.status != AGREES]
    assert [one for one in left if one.row not in OPEN.get(path.name, ())] == []
    assert not verdict.differs
    assert verdict.layers
    assert verdict.models


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_there_is_nothing_wrong_with_them(path):
    analysis = analyse_file(str(path))
    assert (analysis.faults, analysis.limits, analysis.problems) == ([], [], [])
