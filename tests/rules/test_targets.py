"""Which Keras a file is for: what projects declare, what imports say, and what follows."""

import importlib
import os
import re

import pytest

from keraslint.defects import Shield
from keraslint.engine import analyse_file
from keraslint.findings import Severity
from keraslint.rules import Checker, Selection
from keraslint.rules.targets import Targets, declared_target
from tests.rules.examples import BAD, run

OLD = "from keras.optimizers import SGD\n\noptimizer = SGD(lr=0.1)\n"


def pyproject(*requirements: str) -> dict[str, str]:
    return {"pyproject.toml": f"[project]\ndependencies = {list(requirements)}\n"}


PROJECTS = [
    (pyproject("keras>=3"), 3),
    (pyproject("keras<3"), 2),
    (pyproject("keras==2.3.1"), 2),
    (pyproject("keras ~= 2.4"), 2),
    (pyproject("Keras<2"), 1),
    (pyproject("keras==1.2.*"), 1),
    (pyproject("keras>=2.4"), None),
    (pyproject("keras>=2.4,<3"), 2),
    (pyproject("keras"), None),
    (pyproject("tensorflow<2.16"), 2),
    (pyproject("tensorflow-cpu[and-cuda]==2.15.*; python_version<'3.12'"), 2),
    (pyproject("tensorflow<=2.15.1"), 2),
    (pyproject("tensorflow~=2.10.0"), 2),
    (pyproject("tensorflow~=2.10"), None),
    (pyproject("tensorflow==1.15"), 2),
    (pyproject("tensorflow>=2.16"), None),
    (pyproject("tensorflow<2.16; python_version<'3.9'", "tensorflow>=2.16"), None),
    (pyproject("tensorflow @ git+https://example.org/tensorflow"), None),
    (pyproject("keras>=3", "tensorflow<2.16"), 3),
    ({"pyproject.toml": '[tool.poetry.dependencies]\nkeras = "^2.10"\n'}, 2),
    (
        {"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = {version = "~2.9"}\n'},
        2,
    ),
    ({"pyproject.toml": '[tool.poetry.dependencies]\nkeras = "*"\n'}, None),
    ({"pyproject.toml": '[project.optional-dependencies]\ntf = ["keras<3"]\n'}, 2),
    ({"pyproject.toml": '[dependency-groups]\ntest = ["keras<3", {include-group = "x"}]\n'}, 2),
    ({"pyproject.toml": "not toml ["}, None),
    ({"requirements.txt": "# keras>=3\n-r other.txt\nnumpy\nkeras==2.2.4  # old\n"}, 2),
    ({"requirements-dev.txt": "keras==2.2.4\n"}, 2),
    ({"setup.cfg": "[options]\ninstall_requires =\n    numpy\n    tensorflow<2.12\n"}, 2),
    ({"setup.cfg": "[options.extras_require]\ntf = tensorflow<2.12\n"}, 2),
    ({"setup.cfg": "[options"}, None),
    ({"setup.py": "from setuptools import setup\nsetup(install_requires=['keras<3'])\n"}, 2),
    ({"setup.py": "NEEDS = ['numpy', 'keras<3']\nsetup(install_requires=NEEDS)\n"}, 2),
    ({"setup.py": "setup(extras_require={'tf': ['tensorflow<2.3']})\n"}, 2),
    ({"setup.py": "setup(install_requires=open('r.txt').read().split())\n"}, None),
    ({"setup.py": "def (:\n"}, None),
    ({"setup.py": "raise SystemExit('it was run')\nsetup(install_requires=['keras<3'])\n"}, 2),
    ({}, None),
]


@pytest.fixture(scope="module")
def tf_keras():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    return importlib.import_module("tf_keras")


def write(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def codes(path, text, target="auto"):
    path.write_text(text, encoding="utf-8")
    shield = Shield()
    found = Checker(Selection(target_keras=target), path.parent, shield).check(
        analyse_file(str(path))
    )
    assert shield.defects == []
    return [finding.code for finding in found]


@pytest.mark.parametrize(("files", "target"), PROJECTS)
def test_a_project_declares_its_keras(tmp_path, files, target):
    (tmp_path / ".git").mkdir()
    write(tmp_path, files)
    assert declared_target(tmp_path) == target


def test_the_nearest_folder_that_declares_something_counts(tmp_path):
    write(tmp_path, {"requirements.txt": "keras<3\n"})
    inner = tmp_path / "inner" / "deep"
    inner.mkdir(parents=True)
    assert declared_target(inner) == 2
    write(tmp_path / "inner", pyproject("keras>=3"))
    assert declared_target(inner) == 3


def test_nothing_is_looked_for_outside_the_repository(tmp_path):
    write(tmp_path, {"requirements.txt": "keras<3\n"})
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    assert declared_target(tmp_path / "clone") is None


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (pyproject("keras>=3"), ["KL502"]),
        (pyproject("keras<3"), []),
        (pyproject("numpy"), ["KL502"]),
    ],
)
def test_migration_is_not_asked_of_a_project_for_keras_2(tmp_path, files, found):
    write(tmp_path, files)
    assert codes(tmp_path / "a.py", OLD) == found


def test_settings_come_before_what_is_declared(tmp_path):
    write(tmp_path, pyproject("keras<3"))
    assert codes(tmp_path / "a.py", OLD, "3") == ["KL502"]
    write(tmp_path, pyproject("keras>=3"))
    assert codes(tmp_path / "a.py", OLD, "2") == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("import tf_keras as keras\n", 2),
        ("from tf_keras import layers\n", 2),
        ("import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nimport tensorflow.keras\n", 2),
        ("import keras\n", 3),
        ("import keras  # not tf_keras\n", 3),
    ],
)
def test_imports_leave_no_doubt(tmp_path, text, target):
    path = tmp_path / "a.py"
    path.write_text(text, encoding="utf-8")
    assert Targets("auto").of(analyse_file(str(path))) == target


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Dense(3, activaton='relu')", ["KL201"]),
        ("Embedding(9, 3, input_length=4)", []),
        ("Embedding(9, 3, batch_input_shape=(2, 4))", []),
        ("LSTM(3, implementation=1, time_major=True)", []),
        ("Conv2D(3)", ["KL202"]),
        ("Dense(9 / 3)", []),
    ],
)
def test_arguments_are_those_of_the_version(tmp_path, line, found):
    code = f"import keras\n\nlayer = keras.layers.{line}\n"
    assert codes(tmp_path / "a.py", code, "2") == found


RUN_IN_KERAS_2 = {
    *("KL101-0", "KL102-0", "KL112-0", "KL206-0", "KL308-1", "KL309-1", "KL310-0", "KL311-0"),
    *("KL502-0", "KL504-0", "KL504-1", "KL507-0", "KL507-1"),
}
TOLD_FOR_KERAS_2 = [example for example in BAD if example.rule.severity is Severity.ERROR]


@pytest.mark.parametrize("example", TOLD_FOR_KERAS_2, ids=lambda example: example.id)
def test_what_keras_2_takes_is_no_error_there(tmp_path, example):
    found = example.rule.code in codes(tmp_path / "a.py", example.code, "2")
    assert not (found and example.id in RUN_IN_KERAS_2)


@pytest.mark.oracle
@pytest.mark.parametrize("example", TOLD_FOR_KERAS_2, ids=lambda example: example.id)
def test_keras_2_agrees(tf_keras, tmp_path, example):
    code = re.sub(r"\bimport keras$", "import tf_keras as keras", example.code, flags=re.MULTILINE)
    code = re.sub(r"\b(import|from) keras\b", r"\1 tf_keras", code)
    told = example.rule.code in codes(tmp_path / "a.py", example.code, "2")
    runs = run(tf_keras, code) is None
    assert not (told and runs)
    assert runs == (example.id in RUN_IN_KERAS_2)
