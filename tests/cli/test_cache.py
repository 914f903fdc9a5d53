"""What was found before is used as long as it holds, and never longer."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

from keraslint.cache import folder
from keraslint.cache.context import DECLARING
from keraslint.cli import main
from keraslint.engine import forget

WRONG = "import keras\nlayer = keras.layers.Conv1D(3, 3)(keras.Input({shape}))\n"
MODEL = WRONG.format(shape="(4, 4, 4)")
HELPER = "import keras\ndef make(n):\n    return keras.layers.Dense(n)\n"
USER = "import keras\nfrom helper import make\nmake(3)(keras.Input((2, 3)))\n"


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys, *arguments):
    """Codes and rows of the findings, and whether anything had to be analysed for them."""
    forget()
    name = "keraslint.cli.examining"
    known = import_module(name)
    del sys.modules[name]
    main(["check", "--output-format", "json", *arguments])
    found = json.loads(capsys.readouterr().out)
    codes = [(Path(f["filename"]).name, f["code"], f["location"]["row"]) for f in found]
    analysed = name in sys.modules
    sys.modules[name] = vars(import_module("keraslint.cli"))["examining"] = known
    return codes, analysed


def stored():
    return [path for path in Path(folder.NAME).iterdir() if path.suffix == ".json"]


def test_the_second_run_analyses_nothing(capsys):
    Path("model.py").write_text(MODEL)
    first = check(capsys)
    assert first == ([("model.py", "KL101", 2)], True)
    assert check(capsys) == (first[0], False)
    assert Path(folder.NAME, ".gitignore").read_text() == "*\n"


def test_findings_come_back_whole(capsys):
    code = "import keras\nkeras.layers.Conv1D(nb_filter=3, filter_length=3)\n" + MODEL
    Path("model.py").write_text(code)
    main(["check", "--output-format", "json"])
    first = capsys.readouterr().out
    main(["check", "--output-format", "json"])
    assert capsys.readouterr().out == first
    assert any(finding["fix"] for finding in json.loads(first))


def test_another_path_to_the_same_file(capsys):
    Path("model.py").write_text(MODEL)
    check(capsys)
    main(["check", str(Path("model.py").resolve()), "--output-format", "json"])
    [finding] = json.loads(capsys.readouterr().out)
    assert finding["filename"] == str(Path("model.py").resolve())


def test_a_changed_file_is_analysed_again(capsys):
    path = Path("model.py")
    path.write_text(MODEL)
    status = path.stat()
    check(capsys)
    path.write_text(WRONG.format(shape="(4, 444) "))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert check(capsys) == ([], True)


def test_a_change_in_what_is_imported(capsys):
    Path("helper.py").write_text(HELPER)
    Path("user.py").write_text(USER)
    assert check(capsys) == ([], True)
    assert check(capsys) == ([], False)
    Path("helper.py").write_text(HELPER.replace("Dense(n)", "Conv1D(n, 9)"))
    assert check(capsys) == ([("helper.py", "KL104", 3)], True)


def test_a_module_that_appears(capsys):
    Path("user.py").write_text(USER)
    assert check(capsys) == ([], True)
    Path("lib").mkdir()
    Path("src").mkdir()
    assert check(capsys) == ([], False)
    Path("helper.py").write_text(HELPER.replace("Dense(n)", "Conv1D(n, 9)"))
    assert check(capsys) == ([("helper.py", "KL104", 3)], True)


def test_a_module_that_goes_away(capsys):
    Path("helper.py").write_text(HELPER.replace("Dense(n)", "Conv1D(n, 9)"))
    Path("user.py").write_text(USER)
    assert check(capsys)[0] == [("helper.py", "KL104", 3)]
    Path("helper.py").unlink()
    assert check(capsys) == ([], True)


def test_a_module_that_comes_before_another(capsys):
    Path("pyproject.toml").write_text("")
    Path("src").mkdir()
    Path("src", "helper.py").write_text(HELPER)
    Path("user.py").write_text(USER)
    assert check(capsys) == ([], True)
    Path("helper.py").write_text(HELPER.replace("Dense(n)", "Conv1D(n, 9)"))
    assert check(capsys) == ([("helper.py", "KL104", 3)], True)


@pytest.mark.parametrize("name", ["requirements.txt", *DECLARING])
def test_what_the_project_asks_for(capsys, name):
    Path("model.py").write_text(MODEL)
    check(capsys)
    Path(name).write_text("\n")
    assert check(capsys)[1]
    assert not check(capsys)[1]


def test_the_files_that_declare_are_all_known():
    from keraslint.rules.support.declared import READERS, REQUIREMENTS

    assert set(READERS) == set(DECLARING)
    assert REQUIREMENTS == "requirements*.txt"


def test_settings_and_selection(capsys):
    Path("model.py").write_text(MODEL)
    check(capsys)
    assert check(capsys, "--ignore", "KL101") == ([], True)
    assert check(capsys, "--select", "ALL")[1]
    assert not check(capsys)[1]
    Path("keraslint.toml").write_text('severity = { KL101 = "info" }\n')
    assert check(capsys)[1]


def test_wrong_selectors_are_refused_every_time(capsys):
    Path("model.py").write_text(MODEL)
    for _ in range(2):
        assert main(["check", "--select", "KL999"]) == 2
        assert "KL999" in capsys.readouterr().err


def test_comments_of_no_use(capsys):
    Path("helper.py").write_text(f"{HELPER}x = 1  # keraslint: ignore[input-rank]\n")
    Path("model.py").write_text(MODEL.replace("))\n", "))  # keraslint: ignore[input-rank]\n"))
    first = check(capsys, "--extend-select", "KL003")
    assert first == ([("helper.py", "KL003", 4)], True)
    assert check(capsys, "--extend-select", "KL003") == (first[0], False)


DAMAGES = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "a flipped bit": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "something else": lambda data: b"[]",
    "a wrong form": lambda data: _sealed(b"[]"),
    "wrong tables": lambda data: _sealed(data.partition(b"\n")[2].replace(b'"files":[', b'"f":[')),
}


def _sealed(body):
    from keraslint.files.evidence import digest

    return digest(body).encode() + b"\n" + body


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_cache_is_rebuilt(capsys, damage):
    Path("helper.py").write_text(HELPER)
    Path("user.py").write_text(USER + MODEL)
    first, _ = check(capsys)
    [path] = stored()
    path.write_bytes(damage(path.read_bytes()))
    assert check(capsys) == (first, True)
    assert check(capsys) == (first, False)


def test_a_cache_that_cannot_be_written_or_read(capsys):
    Path("model.py").write_text(MODEL)
    Path(folder.NAME).write_text("in the way")
    assert check(capsys) == ([("model.py", "KL101", 2)], True)
    assert capsys.readouterr().err == ""
    assert Path(folder.NAME).read_text() == "in the way"


def test_no_cache_neither_reads_nor_writes(capsys):
    Path("model.py").write_text(MODEL)
    assert check(capsys, "--no-cache")[1]
    assert not Path(folder.NAME).exists()
    check(capsys)
    assert check(capsys, "--no-cache")[1]


def test_another_folder(capsys):
    Path("model.py").write_text(MODEL)
    check(capsys, "--cache-dir", "one/two")
    assert Path("one", "two", ".gitignore").exists()
    Path("keraslint.toml").write_text('cache-dir = "three"\n')
    check(capsys)
    assert Path("three").is_dir()
    assert not Path(folder.NAME).exists()


def test_clean(capsys):
    Path("model.py").write_text(MODEL)
    check(capsys)
    assert main(["clean"]) == 0
    assert "removed" in capsys.readouterr().err
    assert not Path(folder.NAME).exists()
    assert main(["clean"]) == 0
    assert "no cache" in capsys.readouterr().err


def test_clean_leaves_what_is_not_its_own(capsys):
    Path("data").mkdir()
    Path("data", "precious.json").write_text("{}")
    Path("data", ".gitignore").write_text("x")
    main(["clean", "--cache-dir", "data"])
    assert sorted(path.name for path in Path("data").iterdir()) == [".gitignore", "precious.json"]


def test_what_is_no_longer_there_is_forgotten(capsys):
    for number in range(3):
        Path(f"model{number}.py").write_text(MODEL)
    check(capsys)
    Path("model0.py").unlink()
    Path("model1.py").write_text(MODEL + "\n")
    check(capsys)
    [path] = stored()
    entries = json.loads(path.read_bytes().partition(b"\n")[2])["entries"]
    assert sorted(Path(name).name for name in entries) == ["model1.py", "model2.py"]


def test_few_sets_of_settings_are_kept(capsys):
    Path("model.py").write_text(MODEL)
    for number in range(folder.KEPT + 3):
        check(capsys, "--ignore", f"KL{101 + number}")
    assert len(stored()) <= folder.KEPT


def test_fixing_uses_what_was_found(capsys):
    Path("model.py").write_text("import keras\nx = keras.layers.Dense(output_dim=3)\n")
    check(capsys)
    main(["check", "--fix", "-q"])
    capsys.readouterr()
    assert Path("model.py").read_text() == "import keras\nx = keras.layers.Dense(units=3)\n"
    assert check(capsys)[0] == []
