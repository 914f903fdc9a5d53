import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from keraslint.flake8 import Plugin

ROOT = Path(__file__).parents[1]
MISTAKE = """\
from keras.layers import Conv1D
from keras.models import Sequential

model = Sequential()
model.add(Conv1D(64, 3, input_shape=(256, 256, 3)))
"""


def plugin(text, path="model.py"):
    return Plugin(ast.parse(text), path, text.splitlines(keepends=True))


def test_reports_as_flake8_wants_them():
    ((row, column, text, origin),) = plugin(MISTAKE).run()
    assert (row, column, origin) == (5, 36, Plugin)
    assert text.startswith("KL101 [input-rank] Conv1D needs a 3-D input")


def test_other_files_are_not_looked_at():
    code = (
        "import ast, sys\n"
        "from keraslint.flake8 import Plugin\n"
        "assert list(Plugin(ast.parse('x = 1'), 'x.py', ['x = 1']).run()) == []\n"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"libcst", "keraslint.engine", "keraslint.rules"}


def test_the_settings_hold(tmp_path):
    path = tmp_path / "model.py"
    assert len(list(plugin(MISTAKE, str(path)).run())) == 1
    (tmp_path / "keraslint.toml").write_text('ignore = ["input-rank"]')
    assert list(plugin(MISTAKE, str(path)).run()) == []


@pytest.fixture
def environment(tmp_path):
    """One in which keraslint is installed, as far as flake8 can tell."""
    declared = re.search(
        r'"flake8.extension"\]\nKL = "(.+)"', (ROOT / "pyproject.toml").read_text()
    )
    assert declared is not None
    installed = tmp_path / "site" / "keraslint-0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: keraslint\nVersion: 0\n")
    (installed / "entry_points.txt").write_text(f"[flake8.extension]\nKL = {declared[1]}\n")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(installed.parent), str(ROOT)))}


def test_flake8_finds_it(environment, tmp_path):
    (tmp_path / "model.py").write_text(MISTAKE + "layer = Conv1D(8, 3, paddin='same')  # noqa\n")
    run = subprocess.run(
        [sys.executable, "-m", "flake8", "--select=KL", "model.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.startswith("model.py:5:37: KL101 [input-rank] Conv1D needs a 3-D input")
    assert run.stdout.count("\n") == 1, run.stderr
