"""No code of an analysed project is run, and no file of it written that is not to be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.endurance.mutations import notebook
from tests.endurance.processes import ENVIRONMENT

TOKEN = "tattletale"
MARK = f"open(r'{{marker}}', 'a').write('{TOKEN} in {{name}}')\n"
MODEL = """import keras
from keras import layers
from {package} import sizes

{mark}
print("{token}")

@keras.saving.register_keras_serializable("{token}")
class Block(layers.Layer):
    {mark}
    def __init__(self, units=sizes.UNITS, **rest):
        {mark}
        super().__init__(**rest)
        self.dense = layers.Dense(units, activaton="relu")

    def call(self, x):
        {mark}
        return self.dense(x)

def build(n=3):
    {mark}
    inputs = keras.Input((n,))
    return keras.Model(inputs, Block()(inputs))

model = build()
model.summary()
layers.Conv1D(64, 3, input_shape=(28, 28, 1))(keras.Input((256, 256, 3)))
"""
CELL = """import keras
{mark}
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
"""
PAGE = """Page
====

.. keras:automodel:: {package}/models.py:build

.. keras:automodel:: {package}/models.py:model
   :view: summary

.. keras:model:: classifier

   import keras
   {mark}
   classifier = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
"""
SETTINGS = f"""
[tool.keraslint]
src = ["{TOKEN}"]
{{more}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which everything tells when it is run."""
    root = tmp_path / "project"
    package = root / TOKEN
    package.mkdir(parents=True)

    def write(name: str, text: str) -> None:
        mark = MARK.format(marker=tmp_path / "marker", name=name).strip()
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            text.replace("{mark}", mark).replace("{package}", TOKEN).replace("{token}", TOKEN)
        )

    for name in ("conftest", "sitecustomize", "usercustomize", "setup", "keraslint_plugin"):
        write(f"{name}.py", "import keras\n{mark}\n")
    for name in ("keras", "tensorflow", "libcst", "json", "pathspec", "tomllib", "argparse"):
        write(f"{name}.py", "{mark}\n")
    write(f"{TOKEN}/__init__.py", "import keras\n{mark}\n")
    write(f"{TOKEN}/__main__.py", "import keras\n{mark}\n")
    write(f"{TOKEN}/sizes.py", "import keras\n{mark}\nUNITS = 4\n")
    write(f"{TOKEN}/models.py", MODEL)
    write(f"{TOKEN}.pth", "import sizes; {mark}\n")
    write("page.md", f"# Code\n\n```python\n{CELL}```\n")
    write("setup.cfg", f"[options.entry_points]\nconsole_scripts =\n  x = {TOKEN}.models:build\n")
    write("pyproject.toml", SETTINGS.format(more=f'[project.scripts]\nx = "{TOKEN}:build"\n'))
    cell = CELL.replace("{mark}", MARK.format(marker=tmp_path / "marker", name="a cell").strip())
    write("notebook.ipynb", json.dumps(notebook(f"{cell}%run conftest.py\n!ls\n", cells=1)))
    write("docs/conf.py", f"extensions = ['keraslint.sphinx']\nkeraslint_root = {str(root)!r}\n")
    write("docs/index.rst", PAGE)
    return root


def watched(project: Path, *commands: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    """Run commands there; for each its exit code and what it did."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("watched.py")), TOKEN],
        input="".join("\t".join(command) + "\n" for command in commands),
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=project,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    told = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(told) == len(commands), done.stderr
    return [(int(code), what) for code, *what in told]


def test_looking_writes_nothing_and_runs_nothing(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    models = f"{TOKEN}/models.py"
    results = watched(
        project,
        ("check", "--no-cache", "--select", "ALL", "."),
        ("check", "--no-cache", "--select", "ALL", "--diff", "--unsafe-fixes", "."),
        ("check", "--no-cache", "--output-format", "full", models, "notebook.ipynb", "page.md"),
        ("check", "--show-settings", "."),
        ("shapes", "."),
        ("shapes", "--output-format", "json", "notebook.ipynb"),
        ("summary", models),
        ("summary", f"{models}::build"),
        ("diagram", models),
        ("diagram", f"{models}::Block"),
        ("annotate", "--diff", "."),
        ("annotate", "--check", "."),
    )
    assert [what for _, what in results] == [[]] * len(results)
    assert 0 < sum(code for code, _ in results) < 2 * len(results)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert not project.parent.joinpath("marker").exists()


def test_fixing_runs_nothing_and_writes_the_files_alone(project: Path) -> None:
    results = watched(
        project,
        ("check", "--no-cache", "--select", "ALL", "--fix", "--unsafe-fixes", "."),
        ("annotate", "."),
        ("check", "--no-cache", "--add-ignore", "."),
    )
    written = {what for _, done in results for what in done}
    assert all(what.startswith(f"write {project}{os.sep}") for what in written), written
    assert all(what.endswith(".keraslint") for what in written)
    assert "activation" in project.joinpath(TOKEN, "models.py").read_text()
    assert not list(project.rglob(".*"))
    assert not project.parent.joinpath("marker").exists()


def test_documenting_runs_nothing(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ((code, done),) = watched(project, ("sphinx", "-q", "docs", str(out)))
    assert code == 0
    assert "keraslint" in out.joinpath("index.html").read_text()
    own = ("socket.__new__", "socket.bind")  # what Sphinx loads asks whether there is IPv6
    assert [what for what in done if not what.startswith((f"write {out}", *own))] == []
    assert not tmp_path.joinpath("marker").exists()


def test_the_folder_worked_in_is_not_imported_from(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "keraslint", "check", "--select", "ALL", "."],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=project,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert not project.parent.joinpath("marker").exists()


@pytest.mark.parametrize("more", ['plugins = ["x"]', 'rules = "x:y"', 'exec = "x"', "src = [1]"])
def test_settings_name_no_code(project: Path, more: str) -> None:
    project.joinpath("pyproject.toml").write_text(f"[tool.keraslint]\n{more}\n")
    ((code, done),) = watched(project, ("check", "."))
    assert (code, done) == (2, [])
