"""What is drawn of a model, and what is not."""

from __future__ import annotations

from keraslint.diagrams import Options, picture
from tests.diagrams.drawing import model, sequential, texts

MASKED = """
from keras import Input, Model, layers
tokens = Input((None,), name="tokens")
x = layers.Embedding(100, 16, mask_zero=True)(tokens)
x = layers.LSTM(8, return_sequences=True)(x)
y = layers.Concatenate()([x, layers.Attention()([x, x])])
model = Model(tokens, layers.TimeDistributed(layers.Dense(3))(y))
"""


def test_what_only_makes_masks_is_not_drawn():
    found = model(MASKED)
    assert any(row.class_name == "NotEqual" for row in found.layers)
    said = {text.text for text, _ in texts(picture(found, Options(view="graph")))}
    assert {"Embedding", "LSTM", "Attention", "Concatenate", "TimeDistributed"} <= said
    assert said.isdisjoint({"NotEqual", "LogicalOr", "ExpandDims", "ZerosLike", "Any"})


def test_what_the_program_computes_itself_is_drawn():
    code = """
from keras import Input, Model, layers, ops
a = Input((4,))
model = Model(a, layers.Dense(2)(ops.not_equal(a, 0)))
"""
    said = {text.text for text, _ in texts(picture(model(code), Options(view="graph")))}
    assert "NotEqual" in said


def test_a_window_that_stands_nowhere_else_has_no_next_place():
    one = sequential("MaxPooling2D(4)", shape="(6, 6, 3)")
    assert "the next window" not in {text.text for text, _ in texts(picture(one))}
    more = sequential("MaxPooling2D(3)", shape="(6, 6, 3)")
    assert "the next window" in {text.text for text, _ in texts(picture(more))}
