"""Models in which masks are handed on, as the real Keras has them."""

from __future__ import annotations

import pytest

from tools.agreement_judging import AGREED, judge

pytestmark = pytest.mark.oracle

START = """\
import keras
from keras import Input, Model, Sequential, layers, ops
"""
MASKED = """\
i = Input((7,))
x = layers.Embedding(10, 4, mask_zero=True)(i)
"""


def agree(keras, code: str) -> None:
    """Assert that a program and its analysis agree on names, shapes and weights."""
    outcome = judge(keras, START + code + "\n")
    assert outcome.kind == AGREED, outcome


@pytest.mark.parametrize(
    "code",
    [
        "y = layers.LSTM(3)(x)\nm = Model(i, y)",
        "y = layers.Dense(3)(x)\ny = layers.LSTM(3)(y)\nm = Model(i, y)",
        "y = layers.LSTM(3, return_sequences=True)(x)\ny = layers.LSTM(3)(y)\nm = Model(i, y)",
        "y = layers.GlobalAveragePooling1D()(x)\nm = Model(i, y)",
        "y = layers.Flatten()(x)\nm = Model(i, y)",
        "y = layers.Bidirectional(layers.LSTM(3))(x)\nm = Model(i, y)",
        "y = layers.MultiHeadAttention(2, 3)(x, x)\nm = Model(i, y)",
        "y = layers.add([x, x])\ny = layers.LSTM(2)(y)\nm = Model(i, y)",
        "y = x + x\ny = layers.LSTM(2)(y)\nm = Model(i, y)",
        "z = layers.Embedding(10, 4)(i)\n"
        "y = layers.concatenate([x, z])\n"
        "y = layers.LSTM(2)(y)\n"
        "m = Model(i, y)",
        "z = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "y = layers.concatenate([x, z])\n"
        "y = layers.LSTM(2)(y)\n"
        "m = Model(i, y)",
        "y = layers.Attention()([x, x])\nm = Model(i, y)",
        "y = layers.TimeDistributed(layers.Dense(3))(x)\nm = Model(i, y)",
        "y = layers.BatchNormalization()(x)\nm = Model(i, y)",
        "y, h, c = layers.LSTM(3, return_sequences=True, return_state=True)(x)\n"
        "z = layers.LSTM(3, return_sequences=True)(y, initial_state=[h, c])\n"
        "w = layers.LSTM(3)(z)\n"
        "m = Model(i, w)",
        "y = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)\n"
        "z = layers.LSTM(3)(y)\n"
        "m = Model(i, z)",
        "y = layers.Bidirectional(layers.LSTM(3, return_sequences=True, return_state=True))(x)\n"
        "z = layers.LSTM(3)(y[0])\n"
        "m = Model(i, z)",
        "y = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode=None)(x)\n"
        "z = layers.LSTM(3)(y[1])\n"
        "m = Model(i, z)",
        "y = layers.MultiHeadAttention(2, 3)(x, x)\nz = layers.LSTM(3)(y)\nm = Model(i, z)",
        "y = layers.Attention()([x, x])\nz = layers.LSTM(3)(y)\nm = Model(i, z)",
        "y = layers.Dropout(.2)(layers.LayerNormalization()(x))\n"
        "z = layers.GRU(3)(y)\n"
        "m = Model(i, z)",
        "inner = Sequential([layers.LSTM(3)])\ny = inner(x)\nm = Model(i, y)",
        "a = Input((7, 4))\ninner = Model(a, layers.LSTM(3)(a))\ny = inner(x)\nm = Model(i, y)",
        "y = layers.Lambda(lambda t: t * 2)(x)\nz = layers.LSTM(2)(y)\nm = Model(i, z)",
        "z = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "y = layers.Concatenate(axis=1)([x, z])\n"
        "w = layers.LSTM(2)(y)\n"
        "m = Model(i, w)",
        "y = layers.MultiHeadAttention(2, 3)(query=x, value=x)\n"
        "z = layers.LSTM(3)(y)\n"
        "m = Model(i, z)",
        "y = layers.LSTM(2, return_sequences=True)(sequences=x)\nm = Model(i, layers.LSTM(3)(y))",
    ],
)
def test_masks_of_embedded_steps(keras, code: str) -> None:
    agree(keras, MASKED + code)


@pytest.mark.parametrize(
    "code",
    [
        "i = Input((7,3))\nx = layers.Masking()(i)\ny = layers.LSTM(3)(x)\nm = Model(i, y)",
        "m = Sequential([Input((7,)), layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3)])",
        "m = Sequential([layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3), layers.ReLU()])\n"
        "m.build((None, 5))",
        "inner = Sequential([Input((7,)), layers.Embedding(10, 4, mask_zero=True)])\n"
        "i = Input((7,))\n"
        "x = inner(i)\n"
        "y = layers.LSTM(3)(x)\n"
        "m = Model(i, y)",
        "s = Sequential()\n"
        "s.add(Input((7,)))\n"
        "s.add(layers.Embedding(10, 4, mask_zero=True))\n"
        "s.add(layers.LSTM(3))\n"
        "s.add(layers.Dense(3))\n"
        "i = Input((7,))\n"
        "x = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "y = layers.LSTM(3)(x)\n"
        "m = Model(i, y)",
        "s = Sequential([Input((7,)), layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3)])\n"
        "i = Input((7,))\n"
        "x = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "y = layers.LSTM(3)(x)\n"
        "m = Model(i, y)",
        "i = Input((7,))\n"
        "e = layers.Embedding(10, 4, mask_zero=True)\n"
        "x = e(i)\n"
        "mk = e.compute_mask(i)\n"
        "y = layers.LSTM(3)(x, mask=mk)\n"
        "m = Model(i, y)",
        "i = Input((7,))\n"
        "b = Input((7,), dtype='bool')\n"
        "x = layers.Embedding(10, 4)(i)\n"
        "y = layers.LSTM(3, return_sequences=True)(x, mask=b)\n"
        "z = layers.LSTM(2)(y)\n"
        "m = Model([i, b], z)",
        "i = Input((7,), dtype='int32')\n"
        "x = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "y = layers.Softmax()(x)\n"
        "z = layers.LSTM(2)(y)\n"
        "m = Model(i, z)",
        "i = Input((7,3))\n"
        "x = layers.Masking(0.0)(i)\n"
        "y = layers.TimeDistributed(layers.Dense(3))(x)\n"
        "z = layers.LSTM(2)(y)\n"
        "m = Model(i, z)",
        "i = Input((7,3))\n"
        "x = layers.Masking(0.0)(i)\n"
        "y = layers.Conv1D(3, 2)(x)\n"
        "z = layers.LSTM(2)(y)\n"
        "m = Model(i, z)",
        "i = Input((7,3))\n"
        "x = layers.Masking(0.0, dtype='float16')(i)\n"
        "z = layers.LSTM(2)(x)\n"
        "m = Model(i, z)",
        "i = Input((7,))\n"
        "j = Input((5,))\n"
        "x = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "z = layers.Embedding(10, 4, mask_zero=True)(j)\n"
        "_, h, c = layers.LSTM(4, return_state=True)(x)\n"
        "y = layers.LSTM(4, return_sequences=True)(z, initial_state=[h, c])\n"
        "o = layers.Dense(3)(y)\n"
        "m = Model([i, j], o)",
        "i = Input((7,))\n"
        "j = Input((5,))\n"
        "e = layers.Embedding(10, 4, mask_zero=True)\n"
        "x = e(i)\n"
        "z = e(j)\n"
        "a = layers.LSTM(4)(x)\n"
        "b = layers.LSTM(4)(z)\n"
        "o = layers.Dense(3)(layers.concatenate([a, b]))\n"
        "m = Model([i, j], o)",
        "i = Input((7,))\n"
        "x = layers.Embedding(10, 4)(i)\n"
        "a = ops.not_equal(i, 0)\n"
        "y = layers.MultiHeadAttention(2, 3)(x, x, attention_mask=a)\n"
        "m = Model(i, y)",
        "i = Input((7,))\n"
        "x = layers.Embedding(10, 4)(i)\n"
        "a = ops.not_equal(i, 0)\n"
        "y = layers.MultiHeadAttention(2, 3)(x, x, key_mask=a, query_mask=a)\n"
        "m = Model(i, y)",
        "i = Input((7,))\n"
        "x = layers.Embedding(10, 4)(i)\n"
        "a = ops.not_equal(i, 0)\n"
        "y = layers.Attention()([x, x], mask=[a, a])\n"
        "m = Model(i, y)",
    ],
)
def test_other_masks(keras, code: str) -> None:
    agree(keras, code)


OWN = """\
class Own(layers.Layer):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(10, 4, mask_zero=True)
        {setting}

    {method}


"""
USED = "y = Own()(x)\nmodel = Model(i, layers.LSTM(3)(y))"


@pytest.mark.parametrize(
    ("setting", "method"),
    [
        ("pass", "def call(self, x, mask=None): return x * 2"),
        ("pass", "def call(self, x): return x * 2"),
        ("self.supports_masking = True", "def call(self, x): return x * 2"),
    ],
)
def test_masks_in_a_layer_of_the_program(keras, setting: str, method: str) -> None:
    agree(keras, OWN.format(setting=setting, method=method) + MASKED + USED)


def test_a_mask_that_a_layer_of_the_program_makes(keras) -> None:
    method = """\
def call(self, x):
        return self.embed(x)

    def compute_mask(self, x, mask=None):
        return self.embed.compute_mask(x)"""
    code = "i = Input((7,))\nmodel = Model(i, layers.LSTM(3)(Own()(i)))"
    agree(keras, OWN.format(setting="pass", method=method) + code)
