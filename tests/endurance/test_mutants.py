"""Damaged programs are read like any other; `tools/endurance.py` does this for longer."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.endurance.commands import COMMANDS, run
from tests.endurance.mutations import mutant, odd_notebook

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted(
    path
    for folder in ("docs/examples", "tests/programs/data")
    for path in ROOT.joinpath(folder).rglob("*.py")
)
SECONDS = 10  # much more than any of them takes: machines differ


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_file(tmp_path: Path, seed: int) -> None:
    draw = Random(seed)
    data = draw.choice(PROGRAMS).read_bytes()
    path = tmp_path / "model.py"
    if seed % 5 == 0:
        path = tmp_path / "model.ipynb"
        data = odd_notebook(draw, data.decode())
    if seed % 10:
        data = mutant(draw, data)
    for command in (COMMANDS[0], draw.choice(COMMANDS[1:])):
        path.write_bytes(data)
        ran = run(*command, str(path))
        assert ran.fault is None
        assert ran.seconds < SECONDS
