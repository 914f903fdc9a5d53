from pathlib import Path

import pytest

from keraslint.settings import READERS, Settings, SettingsError, find, load, settings_for


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_file_there_are_defaults(folder):
    assert settings_for(str(folder)) == Settings()


def test_every_key_is_read(folder):
    path = folder / "keraslint.toml"
    path.write_text(
        'select = ["KL1"]\n'
        'extend-select = ["KL420"]\n'
        'ignore = ["KL102"]\n'
        'extend-ignore = ["KL103"]\n'
        'exclude = ["a"]\n'
        'extend-exclude = ["b"]\n'
        "force-exclude = true\n"
        'src = ["lib"]\n'
        'target-keras = "2"\n'
        'fail-level = "error"\n'
        '[per-file-ignores]\n"tests/*" = ["KL1"]\n'
        '[severity]\nKL101 = "info"\n'
    )
    settings = load(str(path))
    assert settings == Settings(
        root=str(folder),
        select=("KL1",),
        extend_select=("KL420",),
        ignore=("KL102",),
        extend_ignore=("KL103",),
        per_file_ignores=(("tests/*", ("KL1",)),),
        severity=(("KL101", "info"),),
        exclude=("a",),
        extend_exclude=("b",),
        force_exclude=True,
        src=("lib",),
        target_keras="2",
        fail_level="error",
    )
    assert {key.replace("-", "_") for key in READERS} == set(Settings().values()) - {"root"}


def test_the_nearest_file_counts(folder):
    (folder / "keraslint.toml").write_text("")
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    (folder / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find(str(inner)) == str(folder / "keraslint.toml")
    (folder / "a" / "pyproject.toml").write_text("[tool.keraslint]\n")
    assert find(str(inner / "model.py")) == str(folder / "a" / "pyproject.toml")


def test_its_own_file_comes_before_the_shared_one(folder):
    (folder / "keraslint.toml").write_text('fail-level = "info"\n')
    (folder / "pyproject.toml").write_text("[tool.keraslint]\n")
    assert settings_for("model.py").fail_level == "info"


@pytest.mark.parametrize(
    "text",
    [
        "select = 'KL1'",
        "select = [1]",
        "per-file-ignores = ['a']",
        "per-file-ignores = {a = 'KL1'}",
        "severity = 'error'",
        "severity = {KL1 = 'bad'}",
        "force-exclude = 1",
        "target-keras = 3",
        "fail-level = 'fatal'",
        "no-such-key = 1",
        "not toml",
        "a = 1\na = 2",
    ],
)
def test_what_does_not_fit_is_one_line_with_the_file(folder, text):
    path = folder / "keraslint.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"^.*keraslint\.toml: .+$"):
        load(str(path))


def test_what_is_no_text(folder):
    path = folder / "pyproject.toml"
    path.write_bytes(b"\xff\xfe\x00 keraslint")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: "):
        settings_for(str(folder))


def test_a_shared_file_without_a_word_of_keraslint_is_not_read(folder):
    (folder / "keraslint.toml").write_text('fail-level = "info"\n')
    inner = folder / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.other\n")
    assert settings_for(str(inner)).fail_level == "info"
