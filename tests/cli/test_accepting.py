import json
from pathlib import Path

import pytest

WRONG = "layer = keras.layers.Dense(8, nonsense=1)"
CODE = f"import keras\n\n{WRONG}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "model.py") -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_a_baseline_hides_what_it_holds_and_nothing_else(run):
    path = write(CODE, "src/model.py")
    written = run("check", "src", "--write-baseline", "accepted.json")
    assert (written.code, written.out) == (0, "")
    data = json.loads(Path("accepted.json").read_text())
    assert [entry["filename"] for entry in data["findings"]] == ["src/model.py"]
    assert run("check", "src", "--baseline", "accepted.json").code == 0
    path.write_text(f"import keras\n\n\n# moved\n{WRONG}\n")
    assert run("check", "src", "--baseline", "accepted.json").code == 0
    path.write_text(f"import keras\n\n{WRONG}\n{WRONG}\n")
    result = run("check", "src", "--baseline", "accepted.json")
    assert result.code == 1
    assert "Found 1 error in 1 file." in result.out


@pytest.mark.parametrize("content", [None, "{", "[]", '{"findings": [{}]}', '{"findings": 3}'])
def test_a_baseline_that_is_none(run, content):
    write(CODE)
    if content is not None:
        Path("accepted.json").write_text(content)
    result = run("check", "model.py", "--baseline", "accepted.json")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("keraslint: accepted.json: ")


def test_a_baseline_that_cannot_be_written(run):
    write(CODE)
    result = run("check", "model.py", "--write-baseline", "no/such/folder.json")
    assert result.code == 2
    assert "no/such/folder.json: no such file or directory" in result.err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CODE, f"import keras\n\n{WRONG}  # keraslint: ignore[KL201]\n"),
        (
            f"import keras\n\n{WRONG}  # mine\n",
            f"import keras\n\n{WRONG}  # mine  # keraslint: ignore[KL201]\n",
        ),
        (
            f"import keras\n\n{WRONG}  # keraslint: ignore[KL101]\n",
            f"import keras\n\n{WRONG}  # keraslint: ignore[KL101, KL201]\n",
        ),
        (
            f"import keras\n\ntext = '''\na\n''', {WRONG[8:]}\n",
            f"import keras\n\ntext = '''\na\n''', {WRONG[8:]}  # keraslint: ignore[KL201]\n",
        ),
        (
            "import keras\n\nlayer = \\\n    keras.layers.Dense(8, \\\n    nonsense=1)\n",
            """import keras

layer = \\
    keras.layers.Dense(8, \\
    nonsense=1)  # keraslint: ignore[KL201]
""",
        ),
    ],
)
def test_comments_that_allow_what_is_found(run, before, after):
    path = write(before)
    assert run("check", "--add-ignore", "model.py").code == 0
    assert path.read_text() == after
    assert run("check", "model.py").code == 0
    run("check", "--add-ignore", "model.py")
    assert path.read_text() == after


def test_stdin_cannot_be_written_to(run):
    result = run("check", "--add-ignore", "-", "--stdin-filename", "x.py")
    assert result.code == 2


def test_statistics(run):
    write(f"import keras\n\n{WRONG}\n{WRONG}\nx = keras.layers.Dense(8, activation='rleu')\n")
    result = run("check", "--statistics", "model.py")
    assert (result.code, result.out) == (
        1,
        "    2  KL201  [ ] unknown-argument\n    1  KL203  [*] invalid-value\n",
    )
    result = run("check", "--statistics", "--output-format", "json", "model.py")
    assert json.loads(result.out)[0] == {
        "code": "KL201",
        "name": "unknown-argument",
        "count": 2,
        "fixable": 0,
    }


def test_files_and_settings_are_shown(run):
    write(CODE, "a/model.py")
    write(CODE, "b/other.py")
    write('select = ["KL1"]\nextend-exclude = ["b"]\n', "keraslint.toml")
    files = run("check", "--show-files")
    assert (files.code, files.out) == (0, "./a/model.py\n")
    settings = run("check", "--show-settings")
    assert settings.code == 0
    assert 'select = ["KL1"]\n' in settings.out
    assert "keraslint.toml" in settings.out.splitlines()[0]
