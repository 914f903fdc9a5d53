"""Programs written in many ways, held against the real Keras: every layer call, every model."""

from pathlib import Path

import pytest

from keraslint.engine import analyse_file
from keraslint.verify.comparing import AGREES
from tests.programs.running import verdict_of_file

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DATA = Path(__file__).with_name("data")
PROGRAMS = sorted((*EXAMPLES.glob("*.py"), *DATA.glob("*.py")))
# What only a run can tell: options of the command line, whether a conversion raises, and the
# branches that were not taken, what a hidden decorator makes.
OPEN = {
    "configured": ("LSTM", "Dense", "model"),
    "loops": ("Dense", "model"),
    "old_style": ("Dense",),
    "tolerated": ("Dense", "model"),
}


def open_subjects(path):
    return OPEN.get(path.stem, ())


@pytest.mark.oracle
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_keras_agrees_with_all_that_is_known(keras, path):
    verdict = verdict_of_file(keras, str(path))
    assert verdict.error is None
    assert not verdict.differs
    left = [one for one in (*verdict.layers, *verdict.models) if one.status != AGREES]
    allowed = open_subjects(path)
    assert [one for one in left if one.subject.partition(":")[0] not in allowed] == []
    assert verdict.layers


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_there_is_nothing_wrong_with_them(path):
    analysis = analyse_file(str(path))
    assert (analysis.faults, analysis.limits, analysis.problems) == ([], [], [])
