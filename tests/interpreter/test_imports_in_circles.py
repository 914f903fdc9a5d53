"""Packages whose modules import each other."""

from keraslint.engine import analyse_file


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_package_may_import_its_own_modules(tmp_path):
    files = {
        "package/__init__.py": "from package import blocks as blocks\n",
        "package/blocks.py": "import keras\ndef block(n):\n    return keras.layers.Dense(n)\n",
        "main.py": "import keras, package\npackage.blocks.block(4)(keras.Input((3,)))\n",
    }
    write(tmp_path, files)
    analysis = analyse_file(str(tmp_path / "main.py"))
    assert analysis.limits == []
    [dense] = [site for site in analysis.sites if site.layer == "keras.layers.Dense"]
    assert [tensor.shape for tensor in dense.calls[0].outputs or ()] == [(None, 4)]


def test_a_name_that_comes_from_nowhere_is_unknown(tmp_path):
    files = {
        "one.py": "from two import size\n",
        "two.py": "from one import size\n",
        "main.py": "import keras\nfrom one import size\nkeras.layers.Dense(size)\n",
    }
    write(tmp_path, files)
    analysis = analyse_file(str(tmp_path / "main.py"))
    assert (analysis.limits, analysis.faults) == ([], [])
