"""`keraslint verify` from the command line, with a process of its own for Keras."""

import json
import sys

import pytest

from keraslint.cli import main
from tests.schemas import validate

MODEL = """\
import keras

(x, y), _ = keras.datasets.mnist.load_data()


def build(n=4):
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(n)])


model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Flatten()])
model.compile("adam", "mse")
model.fit(x, y, epochs=100)
print("chatter")
"""


@pytest.fixture
def program(tmp_path):
    def write(text):
        path = tmp_path / "program.py"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.mark.oracle
def test_a_function_is_called_as_asked(program, capfd):
    path = program(MODEL)
    arguments = [f"{path}::build", "--call", "n=7", "--stub-data", "--output-format", "json"]
    code = main(["verify", *arguments])
    captured = capfd.readouterr()
    assert f"this runs {path} with the real Keras" in captured.err
    assert "chatter" in captured.err
    data = json.loads(captured.out)
    validate(data, "verify")
    assert (code, data["error"]) == (0, None)
    dense = next(one for one in data["layers"] if one["subject"] == "Dense")
    expected = {"inputs": [[None, 3]], "outputs": [[None, 7]], "params": 28}
    assert (dense["status"], dense["static"], dense["real"]) == ("agrees", expected, expected)


@pytest.mark.oracle
def test_what_the_program_raises_is_told(program, capfd):
    path = program(
        "import keras\nkeras.layers.Dense(2)(keras.Input((3,)))\nraise KeyError('gone')\n"
    )
    assert main(["verify", path]) == 1
    out = capfd.readouterr().out
    assert f"{path}:3: the program raised KeyError: 'gone'" in out
    assert "2 in agreement, 0 unknown, 0 different, 0 not run" in out


@pytest.mark.oracle
def test_it_is_stopped_in_time(program, capfd):
    path = program("import time\ntime.sleep(60)\n")
    assert main(["verify", path, "--timeout", "0.5"]) == 2
    assert "stopped after 0.5 seconds" in capfd.readouterr().err


def test_only_python_files_can_be_run(tmp_path, capfd):
    path = tmp_path / "notebook.ipynb"
    path.write_text("{}", encoding="utf-8")
    assert main(["verify", str(path)]) == 2
    assert "Python files only" in capfd.readouterr().err


def test_an_interpreter_without_keras_is_told(program, tmp_path, capfd):
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    assert main(["verify", program(""), "--python", str(python)]) == 2
    assert "has no Keras" in capfd.readouterr().err


def test_an_interpreter_that_is_missing_is_told(program, capfd):
    assert main(["verify", program(""), "--python", "/no/such/python"]) == 2
    assert "cannot start /no/such/python" in capfd.readouterr().err


def test_a_missing_file_is_told(capfd):
    assert main(["verify", "missing.py"]) == 2
    assert "missing.py" in capfd.readouterr().err
