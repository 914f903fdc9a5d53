"""Settings that stand below the folder that is asked for."""

import json
from pathlib import Path

import pytest

from keraslint.cli import main

WRONG = 'from keras import layers\n\nlayer = layers.Dense(3, activation="rleu")\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "a/inner", "b", "c"):
        Path(folder).mkdir()
        Path(folder, "m.py").write_text(WRONG, encoding="utf-8")
    return tmp_path


def told(capsys, *paths):
    main(["check", "--output-format", "json", *paths])
    return [finding["filename"] for finding in json.loads(capsys.readouterr().out)]


def test_the_nearest_settings_hold(project, capsys):
    Path("keraslint.toml").write_text('ignore = ["KL4"]\n', encoding="utf-8")
    assert told(capsys, ".") == ["./a/inner/m.py", "./a/m.py", "./b/m.py", "./c/m.py"]
    Path("a/keraslint.toml").write_text('select = ["KL1"]\n', encoding="utf-8")
    Path("a/inner/pyproject.toml").write_text("[project]\n", encoding="utf-8")
    Path("c/keraslint.toml").write_text('exclude = ["m.py"]\n', encoding="utf-8")
    assert told(capsys, ".") == ["./b/m.py"]
    assert told(capsys, "a", "b") == ["b/m.py"]
    assert told(capsys, str(project)) == [str(project / "b/m.py")]
    assert told(capsys, "--config", "keraslint.toml", ".") == [
        *("./a/inner/m.py", "./a/m.py", "./b/m.py", "./c/m.py"),
    ]


def test_settings_below_are_read_as_strictly(project, capsys):
    Path("b/keraslint.toml").write_text('selct = ["KL1"]\n', encoding="utf-8")
    assert main(["check", "."]) == 2
    assert "did you mean 'select'?" in capsys.readouterr().err


def test_settings_of_what_is_left_out_do_not_matter(project, capsys):
    Path("b/keraslint.toml").write_text('selct = ["KL1"]\n', encoding="utf-8")
    Path("keraslint.toml").write_text('exclude = ["b"]\n', encoding="utf-8")
    assert told(capsys, ".") == ["./a/inner/m.py", "./a/m.py", "./c/m.py"]
