"""Which files are worth a look."""

from __future__ import annotations

from pathlib import Path

import pytest

from keraslint.files.reach import concerns_keras

MODEL = "import keras\n\ndef build():\n    return keras.Sequential()\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "pyproject.toml": "",
        "models.py": MODEL,
        "plain.py": "import circle\n",
        "circle.py": "import plain\nimport models_of_ours\n",
        "models_of_ours.py": "from pack.deep import *\n",
        "pack/__init__.py": "",
        "pack/deep.py": MODEL,
        "pack/beside.py": "from . import deep\nx.predict(1)\n",
        "pack/inner/__init__.py": "",
        "pack/inner/above.py": "from ..deep import build\nx.predict(1)\n",
        "lib/apart.py": MODEL,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from tensorflow import keras", True),
        ("import torch", False),
        ("from models import build\nbuild().fit(x, y)", True),
        ("import numpy, models as m\nm.build().fit(x, y)", True),
        ("    from models import build\n    build().predict(x)", True),
        ("from models import build\nbuild()", False),
        ("from sklearn.svm import SVC\nSVC().fit(x, y)", False),
        ("import plain\nx.fit(y)", True),
        ("from pack import (deep)\nx.fit(y)", True),
        ("from missing import build\nx.fit(y)", False),
        ("import apart\nx.fit(y)", False),
    ],
)
def test_a_file_concerns_keras_if_it_or_what_it_trains_does(project, code, expected):
    assert concerns_keras(str(project / "train.py"), code.encode()) is expected


@pytest.mark.parametrize("name", ["pack/beside.py", "pack/inner/above.py"])
def test_relative_imports_are_looked_up(project, name):
    path = project / name
    assert concerns_keras(str(path), path.read_bytes())


def test_further_folders_are_searched(project):
    code = b"import apart\nx.fit(y)"
    assert concerns_keras(str(project / "train.py"), code, (str(project / "lib"),))


def test_the_cells_of_a_notebook_import_too(project):
    cell = b'{"source": [\n    "from models import build\\n",\n    "build().fit(x, y)"\n]}'
    assert concerns_keras(str(project / "train.ipynb"), cell)
