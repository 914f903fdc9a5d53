"""Layers and models made again from their configurations."""

from __future__ import annotations

import pytest

from keraslint.tensors.dims import UNKNOWN
from tests.interpreter.keras_programs import analyse, model, outputs

STACK = "s = keras.Sequential([keras.Input((8,), name='data'), layers.Dense(6), layers.Dense(2)])\n"
WAYS = (
    "keras.Sequential.from_config(s.get_config())",
    "keras.models.model_from_json(s.to_json())",
    "keras.models.clone_model(s)",
)


@pytest.mark.parametrize("way", WAYS)
def test_the_same_stack_again(way: str) -> None:
    record = model(f"{STACK}again = {way}\n")
    assert record.qualnames == ("again",)
    assert [(row.name, row.params) for row in record.layers] == [("dense", 54), ("dense_1", 14)]


def test_a_changed_configuration() -> None:
    code = "c = layers.Dense(5).get_config()\nc['units'] = 7\nd = layers.Dense.from_config(c)\n"
    assert outputs(f"{code}layers.Flatten()(d(keras.Input((3,))))\n", "Flatten") == [(None, 7)]


def test_an_unknown_configuration() -> None:
    code = "c = layers.Dense(5).get_config()\nc.update(flag)\nd = layers.Dense.from_config(c)\n"
    assert outputs(f"{code}layers.Flatten()(d(keras.Input((3,))))\n", "Flatten") == [
        (None, UNKNOWN)
    ]


def test_a_wrapper_with_a_layer_inside_is_left_open() -> None:
    code = "w = layers.Bidirectional(layers.LSTM(4))\nv = w.from_config(w.get_config())\n"
    assert not analyse(f"{code}layers.Dense(3)(v(keras.Input((5, 3))))\n").faults
