"""Functions on tensors: shapes, and what Keras refuses."""

from __future__ import annotations

import pytest

from tests.interpreter.keras_programs import faults, model, outputs

START = "x = keras.Input((8, 4))\ny = keras.Input((7, 4))\n"
SHAPES = {
    "ops.reshape(x, (-1, 16))": (None, 1),
    "ops.transpose(x, (0, 2, 1))": (None, 4, 1),
    "ops.concatenate([x, y], axis=1)": (None, 15, 1),
    "ops.expand_dims(x, 1)": (None, 1, 8, 1),
    "ops.mean(x, axis=1)": (None, 1),
    "x[:, 0]": (None, 1),
    "x[..., :2]": (None, 8, 1),
    "x[:, None]": (None, 1, 8, 1),
    "x @ ops.transpose(x, (0, 2, 1))": (None, 8, 1),
    "x + 1": (None, 8, 1),
    "-x": (None, 8, 1),
}


@pytest.mark.parametrize(("expression", "shape"), SHAPES.items())
def test_shapes(expression: str, shape: tuple[int | None, ...]) -> None:
    assert outputs(f"{START}layers.Dense(1)({expression})\n") == [shape]


@pytest.mark.parametrize("expression", ["ops.concatenate([x, y], axis=-1)", "x + y"])
def test_shapes_that_do_not_fit_are_refused(expression: str) -> None:
    assert faults(f"{START}{expression}\n") == ["MERGE_SHAPE"]


def test_the_size_of_a_tensor_is_a_number() -> None:
    assert outputs(f"{START}layers.Dense(x.shape[-1] * 2)(x)\n") == [(None, 8, 8)]


def test_operations_are_nodes_of_a_model() -> None:
    record = model(f"{START}m = keras.Model(x, ops.expand_dims(x, 1))\n")
    assert record.outputs == ((None, 1, 8, 4),)
    assert record.layers[-1].name == "expand_dims"
