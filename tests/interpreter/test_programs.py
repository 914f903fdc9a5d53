"""Programs of several files: what is imported is read when it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from keraslint.analysis import Analysis
from keraslint.engine import analyse_file

BLOCKS = "import keras\ndef block(n):\n    return keras.layers.Dense(n)\n_hidden = 3\n"
USE = "(keras.Input((3,)))\n"


def read(folder: Path, files: dict[str, str], main: str = "main.py") -> Analysis:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return analyse_file(str(folder / main))


def params(analysis: Analysis) -> list[int | None]:
    return [call.params for site, call in analysis.calls() if site.layer.endswith(".Dense")]


IMPORTS = {
    "module": ("blocks.py", "main.py", "import blocks\nblocks.block(4)"),
    "name": ("blocks.py", "main.py", "from blocks import block\nblock(4)"),
    "alias": ("blocks.py", "main.py", "from blocks import block as b\nb(4)"),
    "star": ("blocks.py", "main.py", "from blocks import *\nblock(4)"),
    "package": ("lib/__init__.py", "main.py", "from lib import block\nblock(4)"),
    "namespace folder": ("lib/blocks.py", "main.py", "from lib.blocks import block\nblock(4)"),
    "dotted": ("lib/blocks.py", "main.py", "import lib.blocks\nlib.blocks.block(4)"),
    "inside a function": (
        "blocks.py",
        "main.py",
        "def f():\n    from blocks import block\n    return block\nf()(4)",
    ),
}


@pytest.mark.parametrize(("where", "main", "code"), IMPORTS.values(), ids=IMPORTS.keys())
def test_a_layer_from_another_file(tmp_path: Path, where: str, main: str, code: str) -> None:
    analysis = read(tmp_path, {where: BLOCKS, main: f"import keras\n{code}{USE}"}, main)
    assert params(analysis) == [16]
    assert not analysis.limits


def test_relative_imports_in_a_package_below_src(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": "",
        "src/lib/__init__.py": "",
        "src/lib/blocks.py": BLOCKS,
        "src/lib/models.py": f"import keras\nfrom .blocks import block\nblock(4){USE}",
        "train.py": f"import keras\nfrom lib.blocks import block\nblock(5){USE}",
    }
    assert params(read(tmp_path, files, "src/lib/models.py")) == [16]
    assert params(read(tmp_path, files, "train.py")) == [20]


def test_names_that_are_not_used_are_not_read(tmp_path: Path) -> None:
    files = {"blocks.py": BLOCKS, "main.py": "import keras\nfrom blocks import block\n"}
    assert read(tmp_path, files).dependencies == []
    files["main.py"] += f"block(4){USE}"
    [path] = read(tmp_path, files).dependencies
    assert Path(path).name == "blocks.py"


def test_a_name_that_a_file_lacks_is_unknown(tmp_path: Path) -> None:
    files = {"blocks.py": BLOCKS, "main.py": f"import keras\nfrom blocks import no\nno(4){USE}"}
    analysis = read(tmp_path, files)
    assert params(analysis) == []
    assert not analysis.faults


@pytest.mark.parametrize(("package", "found"), [("ours", [16]), ("theirs", [])])
def test_what_is_installed_beside_a_package_is_none_of_it(
    tmp_path: Path, package: str, found: list[int | None]
) -> None:
    folder, main = tmp_path / "lib" / "site-packages", f"{package}/models.py"
    files = {"ours/__init__.py": "", "ours/blocks.py": BLOCKS, "theirs/__init__.py": ""}
    use = f"import keras\nfrom ours.blocks import block\nblock(4){USE}"
    assert params(read(folder, {**files, main: use}, main)) == found
