import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from keraslint.cli import main
from tests.schemas import validate

TYPO = "import keras\n\nlayer = keras.layers.Dense(8, activaton='relu')  # hidden\n"
FIXED = TYPO.replace("activaton", "activation")
UNSAFE = (
    "import keras\n\nx = keras.layers.LSTM(4)(keras.Input((3, 2)))\ny = keras.layers.LSTM(4)(x)\n"
)
HOPELESS = "import keras\n\nlayer = keras.layers.Dense(8, nonsense=1)\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def piped(monkeypatch, capfdbinary):
    """Run the command with something on stdin."""

    def call(given: bytes, *argv: str) -> SimpleNamespace:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        code = main(argv)
        captured = capfdbinary.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err.decode())

    return call


def write(text: str | bytes, name: str = "model.py") -> Path:
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_all_fixed(run):
    path = write(TYPO)
    result = run("check", "--fix", "model.py")
    assert (result.code, result.out) == (0, "No problems found.\n")
    assert result.err == "keraslint: fixed 1 problem\n"
    assert path.read_text() == FIXED


def test_what_cannot_be_fixed_is_reported(run):
    write(TYPO, "a.py")
    write(HOPELESS, "b.py")
    result = run("check", "--fix", "a.py", "b.py", "--output-format", "json")
    assert result.code == 1
    assert [item["filename"] for item in json.loads(result.out)] == ["b.py"]


def test_unsafe_fixes_need_to_be_asked_for(run):
    path = write(UNSAFE)
    assert run("check", "--fix", "model.py").code == 1
    assert path.read_text() == UNSAFE
    assert run("check", "--fix", "--unsafe-fixes", "model.py").code == 0
    assert "LSTM(4, return_sequences=True)(keras.Input" in path.read_text()


def test_a_diff_changes_nothing(run):
    path = write(TYPO)
    result = run("check", "--diff", "model.py")
    assert (result.code, path.read_text()) == (1, TYPO)
    assert result.out.startswith("--- model.py\n+++ model.py\n@@ -1,3 +1,3 @@\n")
    assert result.err == "keraslint: would fix 1 problem\n"
    write(FIXED)
    result = run("check", "--diff", "-q", "model.py")
    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("option", ["--diff", "--fix-only"])
def test_a_file_that_cannot_be_read_is_no_success(run, option):
    assert run("check", option, "gone.py").code == 1
    write("import keras\nx = (\n")
    assert run("check", option, "model.py").code == 1


def test_fixing_only(run):
    path = write(TYPO + HOPELESS)
    result = run("check", "--fix-only", "model.py")
    assert (result.code, result.out) == (0, "")
    assert path.read_text() == FIXED + HOPELESS


def test_what_was_fixed_can_be_listed(run):
    write(TYPO + TYPO)
    result = run("check", "--fix", "--show-fixes", "model.py")
    assert "model.py: 2 × KL201 (unknown-argument)" in result.err


def test_a_program_from_stdin_is_printed_fixed(piped):
    result = piped(TYPO.encode(), "check", "--fix", "--stdin-filename", "given.py", "-")
    assert (result.code, result.out.decode()) == (0, FIXED)
    result = piped(HOPELESS.encode(), "check", "--fix", "--stdin-filename", "given.py", "-")
    assert (result.code, result.out.decode()) == (1, HOPELESS)
    assert "given.py:3:31: KL201" in result.err


@pytest.mark.parametrize("given", [b"print(1)\n", b"import keras\nx = (\n", b"\xff keras", b""])
def test_what_is_no_program_comes_out_of_stdin_as_it_went_in(piped, given):
    assert piped(given, "check", "--fix", "-").out == given


def test_stdin_is_checked_under_its_name(piped):
    result = piped(HOPELESS.encode(), "check", "-", "--output-format", "json")
    (item,) = json.loads(result.out)
    assert (result.code, item["filename"]) == (1, "-")
    validate(json.loads(result.out), "check")
    shapes = piped(b"import keras\n", "shapes", "-", "--output-format", "json")
    assert json.loads(shapes.out)["files"][0]["filename"] == "-"


def test_bytes_that_are_not_concerned_stay(run):
    before = b"\xef\xbb\xbf" + TYPO.replace("\n", "\r\n").encode() + b"s = '\xc3\xa4'\r\n\t\r\n#end"
    path = write(before)
    path.chmod(0o640)
    run("check", "--fix", "model.py")
    assert path.read_bytes() == before.replace(b"activaton", b"activation")
    assert path.stat().st_mode & 0o777 == 0o640


def test_another_encoding_stays(run):
    before = "# -*- coding: latin-1 -*-\n# größer\n".encode("latin-1") + TYPO.encode()
    path = write(before)
    run("check", "--fix", "model.py")
    assert path.read_bytes() == before.replace(b"activaton", b"activation")


NOTEBOOK = """{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["activaton='relu' \\u00e4"]},
  {"cell_type": "code", "execution_count": 3, "metadata": {"a" : 1},
   "outputs": [{"data": {"text/plain": ["<b>  "]}, "output_type": "execute_result"}],
   "source": ["%matplotlib inline\\n",
"import keras\\n"]},
  {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [ ],
   "source": [
    "layer = keras.layers.Dense(8, activaton='relu')\\n",
    "# done"
   ]}
 ],
 "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
 "nbformat": 4, "nbformat_minor": 5}"""


def test_only_the_edited_cells_of_a_notebook_change(run):
    path = write(NOTEBOOK, "n.ipynb")
    assert run("check", "--fix", "n.ipynb").code == 0
    head, _, tail = NOTEBOOK.rpartition("activaton")
    assert path.read_text() == f"{head}activation{tail}"


def test_a_link_leads_to_the_fixed_file(run):
    path = write(TYPO)
    Path("link.py").symlink_to(path)
    run("check", "--fix", "link.py")
    assert Path("link.py").is_symlink()
    assert path.read_text() == FIXED


def test_a_file_that_cannot_be_written_is_told(run, monkeypatch):
    path = write(TYPO)
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("check", "--fix", "model.py")
    assert result.code == 1
    assert "model.py: cannot be written: permission denied" in result.err
    assert path.read_text() == TYPO


def test_a_change_meanwhile_is_kept_and_fixed_too(run, monkeypatch):
    from keraslint import fixing
    from keraslint.fixing import writing

    path = write(TYPO)
    waiting = [TYPO + TYPO]

    def interrupted(*arguments):
        if waiting:
            path.write_text(waiting.pop())
        writing.replace_file(*arguments)

    monkeypatch.setattr(fixing, "replace_file", interrupted)
    assert run("check", "--fix", "model.py").code == 0
    assert path.read_text() == FIXED + FIXED


def test_two_runs_at_once_do_no_harm():
    path = write(TYPO * 20)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "keraslint", "check", "--fix", "-q", "model.py"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    assert path.read_text() == FIXED * 20


def test_the_unused_part_of_a_suppression_goes(run):
    line = "layer = keras.layers.Dense(8)  # keraslint: ignore[KL201]\n"
    path = write(f"import keras\n\n{line}")
    result = run("check", "--select", "ALL", "--fix", "model.py")
    assert result.code == 0
    assert path.read_text() == "import keras\n\nlayer = keras.layers.Dense(8)\n"


def test_a_suppression_that_another_file_needs_stays(run):
    helper = (
        "import keras\n\n\ndef head(x):\n"
        "    return keras.layers.LSTM(4)(x)  # keraslint: ignore[input-rank]\n"
    )
    path = write(helper, "helper.py")
    write("import keras\nfrom helper import head\n\ny = head(keras.Input((3, 4, 5)))\n", "main.py")
    assert run("check", "--select", "KL0,KL1", "--fix", "helper.py", "main.py").code == 0
    assert path.read_text() == helper


def test_files_that_import_each_other_are_checked_anew(run):
    helper = (
        "import keras\n\n\ndef head(x):\n    return keras.layers.Dense(8, activaton='relu')(x)\n"
    )
    write(helper, "helper.py")
    write("import keras\nfrom helper import head\n\ny = head(keras.Input((4,)))\n", "main.py")
    result = run("check", "--fix", "main.py", "helper.py")
    assert (result.code, result.out) == (0, "No problems found.\n")
