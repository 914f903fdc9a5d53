"""Files that are named and left out all the same."""

import io
import json
import sys
from pathlib import Path

import pytest

WRONG = 'from keras import layers\n\nlayer = layers.Dense(3, activation="rleu")\n'
FORCED = ("--force-exclude",)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("models", "models/old", "dist", "ignored"):
        Path(folder).mkdir()
        Path(folder, "m.py").write_text(WRONG, encoding="utf-8")
    Path("keraslint.toml").write_text('extend-exclude = ["models/old"]\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def told(run):
    def call(*argv):
        found = json.loads(run("check", "--output-format", "json", *argv).out)
        return [finding["filename"] for finding in found]

    return call


@pytest.fixture
def piped(run, monkeypatch):
    """Run a command on the program from stdin, which is called as is said."""

    def call(name, *argv):
        stdin = io.TextIOWrapper(io.BytesIO(WRONG.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        return run(*argv, "--stdin-filename", name, "-")

    return call


NAMED = ("models/m.py", "models/old/m.py", "dist/m.py")


def test_who_names_a_file_wants_it(project, told):
    assert told(*NAMED) == sorted(NAMED)


def test_what_is_named_is_left_out_if_that_is_asked_for(project, told):
    assert told(*FORCED, *NAMED) == ["models/m.py"]
    assert told(*FORCED, "models/old", "dist") == []
    assert told(*FORCED, *(str(project / name) for name in NAMED)) == [str(project / "models/m.py")]


def test_a_project_can_ask_for_it(project, told):
    with Path("keraslint.toml").open("a", encoding="utf-8") as file:
        file.write("force-exclude = true\n")
    assert told(*NAMED) == ["models/m.py"]
    assert told("--config", "keraslint.toml", *NAMED) == ["models/m.py"]


def test_the_settings_nearest_to_a_file_say_so(project, told):
    Path("models/keraslint.toml").write_text(
        'exclude = ["m.py"]\nforce-exclude = true\n', encoding="utf-8"
    )
    assert told(*NAMED) == ["dist/m.py"]


def test_what_git_ignores_is_looked_at_when_it_is_named(project, told):
    Path(".git").mkdir()
    Path(".gitignore").write_text("ignored\n", encoding="utf-8")
    assert told(*FORCED, "ignored/m.py") == ["ignored/m.py"]


def test_that_there_is_nothing_left_is_said(project, run):
    done = run("check", *FORCED, "dist/m.py")
    assert (done.code, done.err) == (0, "keraslint: warning: no files found\n")
    assert run("check", *FORCED, "--show-files", *NAMED).out == "models/m.py\n"


def test_other_commands_leave_it_out_as_well(project, run):
    assert run("annotate", *FORCED, "dist/m.py", "models/m.py").code == 0
    assert Path("dist/m.py").read_text(encoding="utf-8") == WRONG
    assert "Dense" in run("shapes", "dist/m.py").out
    assert "Dense" not in run("shapes", *FORCED, "dist/m.py").out


def test_stdin_is_left_out_by_its_name(project, piped):
    assert piped("dist/m.py", "check").code == 1
    assert piped("dist/m.py", "check", *FORCED).code == 0
    assert piped("models/m.py", "check", *FORCED).code == 1


@pytest.mark.parametrize("command", [("check", "--fix"), ("check", "--fix-only"), ("annotate",)])
def test_a_program_that_is_left_out_comes_back_as_it_was(project, piped, command):
    assert piped("dist/m.py", *command, *FORCED).out == WRONG


def test_settings_are_shown_as_they_are_written(project, run):
    assert "\nforce-exclude = false\n" in run("check", "--show-settings").out
