"""Where targets lead."""

from __future__ import annotations

import pytest

from keraslint.sphinx.reading import analysed, chosen, of_layer
from keraslint.sphinx.targets import TargetError, find


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pkg").mkdir()
    for name in ("pkg/__init__.py", "pkg/nets.py", "nets.py"):
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("nets.py:model", "nets.py", "model"),
        ("nets.py", "nets.py", None),
        ("/nets.py:a.b", "nets.py", "a.b"),
        ("pkg.nets:build", "pkg/nets.py", "build"),
        ("pkg:build", "pkg/__init__.py", "build"),
        ("pkg/nets.py:build", "pkg/nets.py", "build"),
    ],
)
def test_files_and_modules(folder, text, path, name):
    target = find(text, [folder])
    assert (target.path, target.name) == (folder / path, name)


def test_nothing_there(folder):
    with pytest.raises(TargetError, match="no file"):
        find("other.py:model", [folder])


def test_the_last_model_of_code_if_none_is_named():
    code = b"import keras\na = keras.Sequential()\nb = keras.Sequential()\n"
    analysis = analysed("x.py", code)
    assert chosen(analysis, None, "x.py").model.name == "b"
    assert chosen(analysis, "a", "x.py").model.name == "a"
    with pytest.raises(TargetError, match="there are a, b"):
        chosen(analysis, "c", "x.py")


def test_layers_within_layers():
    found = of_layer("Bidirectional(LSTM(4))", "(10, 8)")
    assert found.model.outputs == ((None, 8),)


@pytest.mark.parametrize("text", ["", "1", "Conv1D(", "Conv1D(4, 3)]) or ([1"])
def test_what_is_no_layer(text):
    with pytest.raises(TargetError):
        of_layer(text, "(10, 8)")
