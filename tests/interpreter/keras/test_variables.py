"""What a layer of the program holds, and may not hold."""

from __future__ import annotations

import pytest

from tests.interpreter.keras_programs import model

HOLDING = """
class Own(layers.Layer):
    def __init__(self, **kw):
        super().__init__(**kw)
        {body}
    def call(self, x):
        return x
x = keras.Input((4,))
m = keras.Model(x, Own()(x))
"""
UNSETTLED = {
    "layers counted by something unknown": "self.a = [layers.Dense(4) for _ in range(int(flag))]",
    "a layer in one of two branches": "if flag:\n            self.a = layers.Dense(4)",
    "a layer or another": "self.a = layers.Dense(4) if flag else layers.Dense(5)",
    "a variable in one of two branches": "if flag:\n            self.a = keras.Variable(1.0)",
    "a weight in one of two branches": "if flag:\n            self.add_weight(shape=(3,))",
}


@pytest.mark.parametrize("body", UNSETTLED.values(), ids=UNSETTLED)
def test_nothing_is_counted_that_may_not_be_there(body: str) -> None:
    assert model(HOLDING.format(body=body)).total_params is None


def test_a_variable_is_counted_once_under_two_names() -> None:
    body = "self.a = self.b = keras.Variable([1.0, 2.0], trainable=False)"
    record = model(HOLDING.format(body=body))
    assert (record.total_params, record.non_trainable_params) == (2, 2)
