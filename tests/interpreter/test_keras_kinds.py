"""Which Keras class inherits from which: held against the installed Keras and TF-Keras."""

from __future__ import annotations

import importlib
import itertools

import pytest

from keraslint.interpreter.keras_kinds import inherits
from tests.interpreter.soundness import known

SETUP = """\
import keras
from keras import layers
class Own(layers.Layer):
    pass
class Net(keras.Model):
    pass
class Note(keras.callbacks.Callback):
    pass
conv, own, net = layers.Conv2D(3, 3), Own(), Net()
model = keras.Sequential([layers.Dense(3)])
"""
CASES = [
    ("conv, layers.Conv2D", True),
    ("conv, layers.Convolution2D", True),
    ("conv, layers.Layer", True),
    ("conv, (layers.Dense, layers.BatchNormalization)", False),
    ("conv, keras.Model", False),
    ("layers.LSTM(3), layers.RNN", True),
    ("model, keras.Model", True),
    ("model, keras.Sequential", True),
    ("model, layers.Layer", True),
    ("model, layers.Dense", False),
    ("own, layers.Layer", True),
    ("own, layers.Dense", False),
    ("own, (list, tuple)", False),
    ("net, keras.Model", True),
    ("net, layers.Layer", True),
    ("net, Own", False),
    ("3, layers.Layer", False),
    ("conv, str", False),
    ("layers.Dense, str", False),
    ("keras.Input((3,)), keras.KerasTensor", True),
    ("keras.Input((3,)), (list, tuple, dict)", False),
]


@pytest.mark.parametrize(("arguments", "expected"), CASES)
def test_layers_and_models(arguments: str, expected: bool) -> None:
    assert known(f"{SETUP}result = isinstance({arguments})") is expected


@pytest.mark.oracle
@pytest.mark.parametrize("package", ["keras", "tf_keras"])
def test_inheritance_among_the_layers_is_that_of_keras(package: str) -> None:
    module = importlib.import_module(package).layers
    layer = module.Layer
    kinds = {
        name: kind
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, layer)
    }
    decided = 0
    for (name, kind), (other, base) in itertools.product(kinds.items(), repeat=2):
        verdict = inherits(f"keras.layers.{name}", f"keras.layers.{other}")
        assert verdict in (None, issubclass(kind, base)), (name, other)
        decided += verdict is not None
    assert decided > 0.8 * len(kinds) ** 2
