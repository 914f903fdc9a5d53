from pathlib import Path

import pytest

BARE = "import keras\n\nx = keras.layers.Dense(3)(keras.Input((4,)))\n"
DONE = f"{BARE}# Output Shape: (None, 3)\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "model.py"
    path.write_text(BARE)
    return path


def test_comments_are_written_once(run, path):
    result = run("annotate", "model.py")
    assert (result.code, result.out, result.err) == (0, "", "keraslint: changed 1 file\n")
    assert path.read_text() == DONE
    assert run("annotate", "model.py").err == "keraslint: changed 0 files\n"
    assert path.read_text() == DONE


def test_looking_changes_nothing(run, path):
    check, diff = run("annotate", "--check", "model.py"), run("annotate", "--diff", "model.py")
    assert (check.code, check.out) == (1, "model.py\n")
    assert diff.code == 1
    assert diff.out.endswith("+# Output Shape: (None, 3)\n")
    assert path.read_text() == BARE
    path.write_text(DONE)
    assert run("annotate", "--check", "model.py").code == 0
    assert run("annotate", "--diff", "model.py").code == 0


def test_comments_are_removed(run, path):
    path.write_text(DONE)
    assert run("annotate", "--remove", "model.py").code == 0
    assert path.read_text() == BARE


def test_the_style_is_a_setting_and_an_option(run, path):
    Path("keraslint.toml").write_text('shape-comments = "behind"\n')
    run("annotate", "model.py")
    assert path.read_text() == f"{BARE[:-1]}  # Output Shape: (None, 3)\n"
    path.write_text(BARE)
    run("annotate", "--style", "below", "model.py")
    assert path.read_text() == DONE


def test_what_cannot_be_read_is_told(run, path):
    path.write_text("import keras\nx = (\n")
    result = run("annotate", "model.py", "gone.py")
    assert result.code == 1
    assert "model.py:2:5:" in result.err
    assert "gone.py:1:1: no such file" in result.err


def test_the_examples_of_the_tutorial_are_up_to_date(run):
    folder = Path(__file__).parents[2] / "docs" / "examples"
    files = [str(folder / name) for name in ("tutorial.py", "tutorial_zh.py")]
    assert run("annotate", "--check", *files).code == 0
