"""The command as a user gives it."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import pytest

from keraslint.cli.doors import enter
from keraslint.cli.parser import parse

TUTORIAL = str(Path("docs/examples/tutorial.py").resolve())


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*argv):
        code = enter(parse(["diagram", *argv]))
        return code, capsys.readouterr()

    return call


def test_svg_by_default(run):
    code, said = run(f"{TUTORIAL}::model")
    assert code == 0
    assert said.out.startswith("<svg ")
    assert "3 × 32" in said.out


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.svg", b"<svg"),
        ("a.tex", b"\\definecolor"),
        ("a.mmd", b"%%"),
        ("a.dot", b"digraph"),
        ("a.txt", b"model "),
        ("a.png", b"\x89PNG"),
        ("a.pdf", b"%PDF"),
    ],
)
def test_the_name_of_the_file_says_the_format(run, name, start):
    code, said = run(f"{TUTORIAL}::model", "-o", name)
    assert (code, said.out) == (0, "")
    assert Path(name).read_bytes().startswith(start)


def test_images_have_the_size_of_the_picture(run):
    run(f"{TUTORIAL}::model", "-o", "a.png")
    run(f"{TUTORIAL}::model", "-o", "a.svg")
    width, height = struct.unpack(">II", Path("a.png").read_bytes()[16:24])
    assert f'width="{width // 2}" height="{height // 2}"' in Path("a.svg").read_text("utf-8")


def test_a_missing_library_is_named(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    code, said = run(f"{TUTORIAL}::model", "-o", "a.png")
    assert (code, said.err) == (
        2,
        "keraslint: png needs CairoSVG: pip install 'keraslint[images]'\n",
    )
    assert not Path("a.png").exists()


def test_open_shows_a_page(run, monkeypatch):
    opened: list[str] = []

    def note(url):
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", note)
    monkeypatch.setattr("tempfile.tempdir", str(Path.cwd()))
    code, said = run(TUTORIAL, "--open")
    assert (code, said.out, said.err) == (0, "", "")
    [url] = opened
    page = Path(url.removeprefix("file://")).read_text(encoding="utf-8")
    assert page.count("<svg ") == 2
    assert "prefers-color-scheme:dark" in page


def test_open_says_where_the_page_is_if_no_browser_opens(run, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    monkeypatch.setattr("tempfile.tempdir", str(Path.cwd()))
    code, said = run(TUTORIAL, "--open", "-o", "a.svg")
    assert code == 0
    assert ".html" in said.err
    assert Path("a.svg").exists()


BUILDER = """
from keras import Input, Sequential
from keras.layers import Dense

def build(units, last=1, *, wide=False):
    return Sequential([Input((4,)), Dense(units * 2 if wide else units), Dense(last)])
"""


@pytest.mark.parametrize(
    ("arguments", "sizes"),
    [
        ("8", "8 units|1 unit "),
        ("units=8, last=3", "8 units|3 units"),
        ("5, wide=True", "10 units"),
    ],
)
def test_a_builder_is_called_with_what_is_given(run, arguments, sizes):
    Path("b.py").write_text(BUILDER, encoding="utf-8")
    code, said = run("b.py::build", "--call", arguments, "--format", "txt")
    assert code == 0
    assert said.out.startswith("build — Sequential, 2 layers")
    assert all(size in said.out for size in sizes.split("|"))


def test_a_builder_of_several_models_is_called_too(run):
    several = "def several(n):\n    return build(n), build(2 * n)\n"
    Path("b.py").write_text(BUILDER + several, encoding="utf-8")
    code, said = run("b.py::several", "--call", "8", "--format", "txt")
    assert code == 0
    assert "8 units" in said.out
    assert "16 units" in said.out


def test_what_is_not_there_cannot_be_called(run):
    Path("b.py").write_text(BUILDER, encoding="utf-8")
    code, said = run("b.py::other", "--call", "8")
    assert code == 2
    assert "no model 'other' in b.py; there are build" in said.err


def test_a_call_in_a_notebook(run):
    cell = {"cell_type": "code", "source": BUILDER, "metadata": {}, "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    Path("b.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    _, said = run("b.ipynb::build", "--call", "8", "--format", "txt")
    assert "8 units" in said.out


@pytest.mark.parametrize(
    "arguments",
    [
        "open('x')",
        "8)(3",
        "*[8]",
        "**{}",
        "8; 9",
        "units=",
        "x",
        "(" * 300,
        "1 +",
        "__import__('os')",
    ],
)
def test_only_literals_are_passed(run, arguments):
    Path("b.py").write_text(BUILDER, encoding="utf-8")
    code, said = run("b.py::build", "--call", arguments)
    assert code == 2
    assert "cannot be passed" in said.err
    assert said.err.count("\n") == 1


def test_a_call_needs_a_name(run):
    code, said = run(TUTORIAL, "--call", "3")
    assert code == 2
    assert "--call needs the name" in said.err


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
        (("--format", "bmp"), "--format is svg, tex, txt, mermaid, dot, png or pdf, not 'bmp'"),
        (("--view", "3d"), "--view is auto, tensors, graph or table, not '3d'"),
        (("--direction", "up"), "--direction is auto, down or right, not 'up'"),
        (("--collapse", "depth=-1"), "--collapse is"),
        (("--collapse", "much"), "--collapse is"),
        (("--axis", "steps"), "--axis is"),
        (("-o", "missing/a.svg"), "cannot write"),
    ],
)
def test_wrong_use(run, argv, message):
    code, said = run(f"{TUTORIAL}::model", *argv)
    assert code == 2
    assert message in said.err
    assert said.err.count("\n") == 1


def test_models_that_are_not_there(run):
    code, said = run(f"{TUTORIAL}::nothing")
    assert code == 2
    assert "image_model" in said.err


def test_a_file_that_cannot_be_parsed(run):
    Path("broken.py").write_text("import keras\ndef (", encoding="utf-8")
    code, said = run("broken.py")
    assert code == 1
    assert "broken.py:2" in said.err


def test_summaries_of_builders(capsys, tmp_path):
    from keraslint.cli import main

    (tmp_path / "b.py").write_text(BUILDER, encoding="utf-8")
    assert main(["summary", f"{tmp_path / 'b.py'}::build", "--call", "8, wide=True"]) == 0
    assert "(None, 16)" in capsys.readouterr().out
