import os
import subprocess
from pathlib import Path

import pytest

from keraslint.files import (
    DEFAULT_INCLUDES,
    UnreadableError,
    discover,
    is_excluded,
    read_bytes,
)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def make(*names: str) -> Path:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("import keras\n", encoding="utf-8")
        return tmp_path

    return make


def found(*paths: str, **options) -> list[str]:
    return list(discover(paths, **options))


def test_a_folders_files_are_sorted_and_joined_to_it(tree):
    tree("src/b.py", "src/a/z.py", "src/a/c.ipynb", "src/notes.txt", "src/a.py")
    assert found("src") == ["src/a.py", "src/a/c.ipynb", "src/a/z.py", "src/b.py"]
    assert found("src/") == found("src")
    assert found("./src")[0] == "./src/a.py"
    assert found("")[0] == "src/a.py"


def test_absolute_paths_stay_absolute(tree):
    root = tree("a.py")
    assert found(str(root)) == [str(root / "a.py")]


def test_each_file_comes_once(tree):
    tree("src/a.py", "src/b.py")
    assert found("src/b.py", "src", "./src/a.py") == ["src/b.py", "src/a.py"]


def test_named_files_need_no_suffix_and_no_existence(tree):
    tree("script", ".venv/a.py")
    assert found("script", "missing.py", ".venv/a.py") == ["script", "missing.py", ".venv/a.py"]


def test_documents_on_demand(tree):
    tree("a.py", "README.md", "docs/index.rst", "docs/api/layers.rst", "docs/notes.txt")
    assert found("", includes=[*DEFAULT_INCLUDES, "README.md", "docs/*.rst"]) == [
        "README.md",
        "a.py",
        "docs/api/layers.rst",
        "docs/index.rst",
    ]
    assert found("", includes=["*.md"]) == ["README.md"]


@pytest.mark.parametrize("name", [".git", "node_modules", ".venv", "build", ".keraslint_cache"])
def test_default_excludes(tree, name):
    tree("a.py", f"{name}/b.py", f"pkg/{name}/c.py")
    assert found("") == ["a.py"]


@pytest.mark.parametrize(
    ("path", "excluded"),
    [
        ("a.py", False),
        ("old/a.py", True),
        ("pkg/old/a.py", True),
        ("pkg/gen/d.py", True),
        ("pkg/test_a.py", True),
        ("../old/a.py", False),
    ],
)
def test_whether_one_file_is_left_out(tmp_path, path, excluded):
    (tmp_path / "project").mkdir()
    project = tmp_path / "project"
    patterns = ["test_*.py", "old/", "pkg/gen/*"]
    assert is_excluded(str(project / path), str(project), patterns) is excluded


def test_own_excludes(tree):
    tree("a.py", "test_a.py", "old/b.py", "pkg/old/c.py", "pkg/gen/d.py")
    assert found("", excludes=["test_*.py", "old/", "pkg/gen/*"]) == ["a.py"]


def test_links_in_circles_end(tree):
    root = tree("pkg/a.py")
    (root / "pkg/again").symlink_to(root / "pkg", target_is_directory=True)
    (root / "pkg/self.py").symlink_to("self.py")
    (root / "pkg/link.py").symlink_to("a.py")
    assert found("pkg") == ["pkg/a.py", "pkg/link.py"]


def test_deep_trees_need_no_deep_stack(tree, monkeypatch):
    root = tree()
    for _ in range(300):
        Path("d" * 60).mkdir()
        monkeypatch.chdir("d" * 60)
    monkeypatch.chdir(root)
    (too_long,) = found("")
    assert len(too_long) > 4000, "what no system call can reach any more stands for itself"


def test_gitignore_decides_as_git_does(tree):
    root = tree(
        "a.py", "gen/b.py", "pkg/gen/c.py", "pkg/keep.py", "pkg/tmp_1.py", "pkg/sub/tmp_2.py",
        "pkg/sub/deep/tmp_3.py", "only/x.py", "only/y.py",
    )  # fmt: skip
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    (root / ".gitignore").write_text("# generated\n/gen/\ntmp_*.py\nonly/*\n!only/y.py\n")
    (root / "pkg/sub/.gitignore").write_text("!tmp_*.py\n")
    (root / "pkg/sub/deep/.gitignore").write_text("tmp_3.py\n")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py"],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert found("") == sorted(listed.stdout.split())
    assert found("pkg/sub") == ["pkg/sub/tmp_2.py"]
    assert found("gen") == ["gen/b.py"], "a folder named by the user is wanted"
    assert "gen/b.py" in found("", gitignore=False)


def test_broken_gitignore_is_no_obstacle(tree):
    root = tree("a.py")
    (root / ".gitignore").write_bytes(b"!\n\xff[\n***\n[z-a\n")
    assert found("") == ["a.py"]


def reason(path: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(path)
    assert caught.value.path == path
    return caught.value.message


def test_what_cannot_be_read_says_why(tree):
    root = tree("pkg/a.py")
    os.mkfifo(root / "pipe.py")
    assert reason("missing.py") == "no such file"
    assert reason("pkg") == "is a directory"
    assert reason("pkg/a.py/b.py") == "not a directory"
    assert reason("pipe.py") == "is not a regular file"
    assert reason("a\0b.py").startswith("not a path")
    assert found("") == ["pkg/a.py"]


def test_a_folder_that_cannot_be_listed_stands_for_itself(tree, monkeypatch):
    tree("pkg/a.py", "secret/b.py")
    real = os.scandir

    def scandir(path):
        if "secret" in path:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found("") == ["pkg/a.py", "secret"]
