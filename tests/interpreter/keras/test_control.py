"""Functions of Keras that call functions of the program."""

from __future__ import annotations

from typing import Any

import pytest

from keraslint.tensors.specs import flatten
from tests.interpreter.keras_programs import faults, model
from tests.interpreter.soundness import interpret

START = "import keras\nfrom keras import ops\nx = keras.Input((3, 4))\n"
DATA = "import keras\nfrom keras import ops\nx = ops.ones((2, 3, 4))\n"
B = (None, 3, 4)
CALLS: dict[str, list[Any]] = {
    "ops.map(lambda t: ops.sum(t, axis=0), x)": [(None, 4)],
    "ops.vectorized_map(lambda t: t[None], x)": [(None, 1, 3, 4)],
    "ops.cond(ops.sum(x) > 0, lambda: ops.ones((2,)), lambda: ops.zeros((2,)))": [(2,)],
    "ops.while_loop(lambda i, t: i < 3, lambda i, t: (i, t), (ops.sum(x), x))": [(), B],
    "ops.fori_loop(0, 3, lambda i, t: t + 1, x)": [B],
    "ops.scan(lambda c, r: (c + r, r[0]), ops.zeros((3, 4)), x)": [(3, 4), (None, 4)],
    "ops.associative_scan(lambda a, b: a + b, x, axis=1)": [B],
    "ops.switch(1, [lambda t: t[..., 0], lambda t: t], x)": [(None, 3)],
    "ops.jvp(lambda t: t[:, 0], (x,), (x,))": [(None, 4), (None, 4)],
    "ops.custom_gradient(lambda t: (ops.sum(t), None))(x)": [()],
}
WITH_DATA: dict[str, list[Any]] = {
    "ops.map(lambda t: ops.sum(t, axis=0), x)": [(2, 4)],
    "ops.cond(True, lambda: ops.ones((2,)), lambda: ops.zeros((5, 3)))": [(2,)],
    "ops.scan(lambda c, r: (c + r, r[0]), ops.zeros((3, 4)), x)": [(3, 4), (2, 4)],
    "ops.while_loop(lambda t: False, lambda t: (t,), (x,))": [(2, 3, 4)],
}


def shapes(code: str) -> list[Any]:
    """The shapes of ``z`` after a program."""
    return [leaf.spec.shape for leaf in flatten(interpret(code)["z"])]


@pytest.mark.parametrize(("call", "expected"), CALLS.items())
def test_symbolic_tensors(call: str, expected: list[Any]) -> None:
    assert shapes(f"{START}z = {call}\n") == expected


@pytest.mark.parametrize(("call", "expected"), WITH_DATA.items())
def test_tensors_with_data(call: str, expected: list[Any]) -> None:
    assert shapes(f"{DATA}z = {call}\n") == expected


def test_both_sides_of_a_condition_give_the_same() -> None:
    sides = "lambda: ops.ones((2,)), lambda: ops.zeros((3,))"
    assert faults(f"{START}ops.cond(ops.sum(x) > 0, {sides})\n") == ["INVALID_VALUE"]


def test_they_are_operations_of_a_model() -> None:
    record = model(f"{START}keras.Model(x, ops.map(lambda t: t * 2, x))\n")
    assert [layer.name for layer in record.layers] == ["input_layer", "map"]
