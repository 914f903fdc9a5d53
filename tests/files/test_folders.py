import os
from itertools import product
from pathlib import Path

import pytest

from keraslint.files.folders import Folders
from keraslint.files.modules import find_module, import_roots, project_roots

FOLDERS = ["", ".", "..", "a", "a/b", "a/../a/b", "link", "link/b", "a/./b", "gone/c", "loop"]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/__init__.py").write_text("")
    (tmp_path / "a/b/m.py").write_text("")
    (tmp_path / "a/n.py").symlink_to("b/m.py")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "setup.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_real_paths_are_those_of_the_system(tree):
    folders = Folders()
    for folder, name in product(FOLDERS, ["m.py", "n.py", "gone.py"]):
        path = f"{folder}/{name}".lstrip("/")
        for written in (path, f"{tree}/{path}"):
            assert folders.real(written) == os.path.realpath(written)
            assert folders.real_folder(folder) == os.path.realpath(folder)


def test_modules_are_found_as_without_it(tree):
    folders = Folders()
    _, roots = import_roots(str(tree / "a/b"))
    assert str(tree) in roots
    for name in ("a", "a.b", "a.b.m", "a.n", "b", "b.m", "m", "gone", "gone.m", "setup"):
        assert find_module(roots, name, folders) == find_module(roots, name)
    assert find_module(roots, "b.m", folders) == str(tree / "a/b/m.py")


def test_what_a_folder_holds_is_looked_up_once(tree):
    folders = Folders()
    assert folders.names("a") == {"b", "n.py"}
    (tree / "a/more.py").write_text("")
    assert folders.names("a") == {"b", "n.py"}
    assert folders.names("gone") == frozenset()


def test_the_project_may_be_known_already(tree):
    inner = str(tree / "a/b")
    assert import_roots(inner, (), lambda _: project_roots(str(tree))) == import_roots(inner)
    assert import_roots(inner, (), lambda _: ()) == ("b", (inner, str(tree / "a")))
