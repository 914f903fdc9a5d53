"""The command as a user gives it."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from keraslint.cli.diagram import configure
from keraslint.cli.doors import enter

TUTORIAL = str(Path("docs/examples/tutorial.py").resolve())


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*argv):
        parser = argparse.ArgumentParser()
        configure(parser)
        defaults: dict[str, object] = {"config": None, "quiet": False, "stdin_filename": None}
        code = enter(parser.parse_args(argv, argparse.Namespace(**defaults)))
        return code, capsys.readouterr()

    return call


def test_svg_by_default(run):
    code, said = run(f"{TUTORIAL}::model")
    assert code == 0
    assert said.out.startswith("<svg ")
    assert "3 × 32" in said.out


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.svg", "<svg"), ("a.tex", "\\definecolor"), ("a.mmd", "%%"), ("a.dot", "digraph")],
)
def test_the_name_of_the_file_says_the_format(run, name, start):
    code, said = run(f"{TUTORIAL}::model", "-o", name)
    assert (code, said.out) == (0, "")
    assert Path(name).read_text(encoding="utf-8").startswith(start)


def test_all_models_of_a_file(run):
    _, said = run(TUTORIAL, "--format", "text")
    assert said.out.count("Sequential, 2 layers") == 2


def test_axes_by_the_names_of_the_user(run):
    _, said = run(f"{TUTORIAL}::model", "--axis", "steps=days")
    assert "days = 10" in said.out


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("-o", "a.bmp"), "what format"),
        (("--collapse", "much"), "--collapse is"),
        (("--axis", "steps"), "--axis is"),
        (("-o", "missing/a.svg"), "cannot write"),
    ],
)
def test_wrong_use(run, argv, message):
    code, said = run(f"{TUTORIAL}::model", *argv)
    assert code == 2
    assert message in said.err


def test_models_that_are_not_there(run):
    code, said = run(f"{TUTORIAL}::nothing")
    assert code == 2
    assert "image_model" in said.err


def test_a_file_that_cannot_be_parsed(run):
    Path("broken.py").write_text("import keras\ndef (", encoding="utf-8")
    code, said = run("broken.py")
    assert code == 1
    assert "broken.py:2" in said.err
