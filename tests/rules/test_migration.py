"""What Keras 3 takes for old code's sake and ignores."""

import warnings
from importlib import import_module

import pytest

from keraslint.defects import Shield
from keraslint.engine import analyse_file
from keraslint.rules import Checker, Selection
from tests.rules.test_examples import check

HEAD = "import keras\nfrom keras.optimizers import Adam\n\n"


def told(tmp_path, text):
    return [f for f in check(tmp_path, text) if f.code == "KL509"]


def test_the_decay_of_an_optimizer_is_ignored(tmp_path):
    text = f"{HEAD}a = Adam(learning_rate=1e-3, decay=1e-6)\n"
    (found,) = told(tmp_path, text)
    assert found.message == "Adam's 'decay' is only taken for old code's sake"
    assert found.help == ("it is ignored: use a schedule from keras.optimizers.schedules",)
    where = found.location
    assert (where.row, where.column, where.end_column) == (4, 30, 40)
    assert found.fix is None


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (f"{HEAD}a = keras.optimizers.SGD(0.1, decay=rate)\n", 1),
        (f"{HEAD}model.compile(Adam(decay=0.0))\n", 1),
        (f"{HEAD}def build():\n    return Adam(decay=1e-6)\n", 1),
        ("import tensorflow as tf\na = tf.keras.optimizers.RMSprop(decay=0.1)\n", 1),
        (f"{HEAD}a = Adam(decay=None)\n", 0),
        (f"{HEAD}a = Adam(weight_decay=0.1)\n", 0),
        (f"{HEAD}a = Adam(**decay)\n", 0),
        (f"{HEAD}if old:\n    a = Adam(decay=0.1)\n", 0),
        (f"{HEAD}a = keras.optimizers.legacy.Adam(decay=0.1)\n", 0),
        (f"{HEAD}a = keras.layers.Dense(3, decay=0.1)\n", 0),
        (f"{HEAD}a = keras.optimizers.LossScaleOptimizer(Adam(), decay=0.1)\n", 0),
        ("from mine import Adam\nfrom keras import optimizers\na = Adam(decay=0.1)\n", 0),
        (f"{HEAD}def Adam(decay):\n    pass\na = Adam(decay=0.1)\n", 0),
    ],
)
def test_where_it_is_told(tmp_path, text, times):
    assert len(told(tmp_path, text)) == times


@pytest.mark.parametrize(
    ("head", "target", "codes"),
    [
        ("import keras", "auto", ["KL509"]),
        ("import keras", "3", ["KL509"]),
        ("import keras", "2", []),
        ("import tf_keras as keras", "auto", []),
        ("import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nimport keras", "auto", []),
    ],
)
def test_keras_2_knows_decay(tmp_path, head, target, codes):
    path = tmp_path / "a.py"
    path.write_text(f"{head}\na = keras.optimizers.Adam(decay=0.1)\n", encoding="utf-8")
    shield = Shield()
    checker = Checker(Selection(select=("KL5",), target_keras=target), tmp_path, shield)
    assert [finding.code for finding in checker.check(analyse_file(str(path)))] == codes
    assert shield.defects == []


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("Adam(decay=1e-6)", "ignored"),
        ("SGD(decay=0.0)", "ignored"),
        ("Adam(decay=None)", "taken"),
        ("LossScaleOptimizer(keras.optimizers.Adam(), decay=1e-6)", "refused"),
        ("MultiOptimizer([(keras.optimizers.Adam(), [])], decay=1e-6)", "refused"),
    ],
)
def test_keras_does_so(tmp_path, call, outcome):
    code = f"keras.optimizers.{call}"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            eval(code, {"keras": import_module("keras")})
            found = "ignored" if any("ignored" in str(w.message) for w in warned) else "taken"
        except (TypeError, ValueError):
            found = "refused"
    assert found == outcome
    kinds = {"KL502": "refused", "KL509": "ignored"}
    said = {f.code for f in check(tmp_path, f"import keras\na = {code}\n")} & kinds.keys()
    assert [kinds[name] for name in said] == [outcome] * (outcome != "taken")
