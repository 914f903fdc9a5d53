import json
import subprocess
import sys

import pytest

from keraslint import __version__
from tests.handmade import problem, tutorial

HEAVY = ("click", "json", "keraslint.engine", "libcst", "numpy", "tomllib", "dataclasses")
LIGHT = {"__future__", "gc", "importlib", "warnings"}
MOST = 26


def imported(*arguments: str) -> set[str]:
    """What a command imports besides what Python itself does."""
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from keraslint.cli import main\n"
        f"code = main({list(arguments)!r})\n"
        "sys.stderr.write(' '.join(set(sys.modules) - before))\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_telling_imports_nothing_heavy(arguments):
    assert not imported(*arguments) & set(HEAVY)


@pytest.mark.parametrize(
    "options",
    [[], ["--quiet", "--exit-zero", "--output-format=full"], ["--force-exclude"]],
)
def test_a_file_without_keras_needs_next_to_nothing(tmp_path, options):
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "plain.py").write_text("print('nothing to see')\n")
    loaded = imported("check", str(tmp_path / "plain.py"), *options)
    own = {name for name in loaded if name.partition(".")[0] == "keraslint"}
    others = {name for name in loaded - own if not name.startswith("importlib._")}
    assert others <= LIGHT
    assert len(own) <= MOST


def test_what_is_remembered_needs_no_parser(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.py").write_text("import keras\n")
    assert "libcst" in imported("check")
    loaded = imported("check")
    assert "json" in loaded
    assert not loaded & {"contextlib", "dataclasses", "keraslint.engine", "libcst", "pathspec"}


def test_the_version(run):
    result = run("--version")
    assert (result.code, result.out) == (0, f"keraslint {__version__}\n")


@pytest.mark.parametrize("argv", [(), ("chekc",), ("check", "--no-such"), ("rule",)])
def test_wrong_usage(run, argv):
    result = run(*argv)
    assert (result.code, result.out) == (2, "")
    assert "usage: keraslint" in result.err


def test_a_closed_pipe_is_quiet():
    done = subprocess.run(
        f"{sys.executable} -m keraslint rule --all | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("KL001")
    assert done.stderr == ""


def test_the_page_of_a_rule(run):
    by_code, by_name = run("rule", "kl101"), run("rule", "input-rank")
    assert by_code.out == by_name.out
    assert by_code.out.startswith("# input-rank (KL101)\n")
    assert "## Use instead" in by_code.out


def test_an_unknown_rule(run):
    result = run("rule", "input-rnk")
    assert (result.code, result.out) == (2, "")
    assert result.err == "keraslint: unknown rule 'input-rnk'; did you mean input-rank?\n"


def test_all_rules_are_listed(run):
    lines = run("rule", "--all").out.splitlines()
    assert [line[:5] for line in lines] == sorted({line[:5] for line in lines})
    assert any(line.startswith("KL101  input-rank") for line in lines)


def test_shapes_as_data(engine, run):
    engine.answers = [tutorial()]
    result = run("shapes", "tutorial.py", "--output-format", "json")
    data = json.loads(result.out)
    assert result.code == 0
    assert data["schema"] == 1
    (file,) = data["files"]
    assert file["filename"] == "tutorial.py"
    assert [site["location"] for site in file["sites"]] == [
        {"row": 2, "column": 5},
        {"row": 3, "column": 5},
    ]
    assert file["sites"][0]["calls"] == [
        {
            "entry": "<module>",
            "inputs": [[None, 10, 32]],
            "outputs": [[None, 8, 64]],
            "params": 6208,
        }
    ]


def test_shapes_as_text(engine, run):
    engine.answers = [tutorial()]
    assert run("shapes").out.splitlines() == [
        "tutorial.py",
        "     2:5  Conv1D  (None, 10, 32) → (None, 8, 64)  6,208 params",
        "     3:5  Conv1D  (None, 8, 64) → (None, 6, 32)  6,176 params",
    ]


def test_summary_as_data(engine, run):
    engine.answers = [tutorial()]
    (model,) = json.loads(run("summary", "tutorial.py", "--output-format", "json").out)["models"]
    assert model["name"] == "model"
    assert model["kind"] == "Sequential"
    assert model["location"] == {"row": 1, "column": 9}
    assert model["total_params"] == 12384
    assert model["layers"][0]["class"] == "Conv1D"
    assert model["layers"][0]["inbound"] == ["input_layer"]


def test_summary_as_text(engine, run):
    engine.answers = [tutorial()]
    lines = run("summary", "tutorial.py::model").out.splitlines()
    assert lines[0] == 'Model: "sequential" (model, tutorial.py:1)'
    assert "│ conv1d_1 (Conv1D) │ (None, 6, 32) │   6,176 │    3 │" in lines
    assert lines[-3:] == [
        "Total params: 12,384",
        "Trainable params: 12,384",
        "Non-trainable params: 0",
    ]
    assert len({len(line) for line in lines[1:-3]}) == 1


def test_a_model_that_is_not_there(engine, run):
    engine.answers = [tutorial()]
    result = run("summary", "tutorial.py::modle")
    assert (result.code, result.out) == (2, "")
    assert result.err == "keraslint: no model 'modle' in tutorial.py; there are model\n"


@pytest.mark.parametrize("command", ["shapes", "summary"])
def test_what_a_view_cannot_read_is_told_on_stderr(engine, run, command):
    engine.answers = [problem("unreadable", "gone.py", "no such file")]
    result = run(command, "gone.py", "--output-format", "json")
    assert result.code == 1
    assert json.loads(result.out)["schema"] == 1
    assert result.err == "keraslint: gone.py:1:1: no such file\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.py", b"x = (\n", "KL001"),
        ("a.py", b"x = 1\n\0", "KL001"),
        ("a.py", b"x = '\xff'\n", "KL002"),
        ("a.ipynb", b"{", "KL002"),
        ("a.py", b"x = '\\d'\n", None),
        ("a.md", b"```python\nx = (\n```\n", None),
        ("a.ipynb", b'{"cells": [{"cell_type": "code", "source": "!ls (\\nawait x"}]}', None),
    ],
)
def test_a_file_that_is_named_is_read_with_or_without_keras(name, content, code, tmp_path):
    (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-m", "keraslint", "check", "--output-format", "json-lines", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = [json.loads(line)["code"] for line in done.stdout.splitlines()]
    assert (done.returncode, found, done.stderr) == (int(bool(code)), [code] * bool(code), "")


def test_of_many_named_files_only_those_with_keras_are_read(tmp_path):
    names = [f"m{number}.py" for number in range(30)]
    for name in names:
        (tmp_path / name).write_text("x = (\n")
    command = [sys.executable, "-m", "keraslint", "check", *names]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
