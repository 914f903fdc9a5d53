"""What rules about whole models leave alone."""

import pytest

from tests.rules.test_examples import check

INPUTS = """\
import keras
from keras import layers

a = keras.Input((4,))
b = keras.Input((4,))
"""
MODEL = "x = layers.Dense(8)(a)\nmodel = keras.Model([a, b], x)\n"
FUNCTION = """\
def f(known=False):
    a, c = keras.Input((4,)), keras.Input((3,))
    b = keras.Input((4,))
    x = layers.Dense(8)(a)
    if known:
        x = layers.Concatenate()([x, b])
    return keras.Model([a, b], x)
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (INPUTS + MODEL, True),
        (INPUTS + "y = anything([a, b])\n" + MODEL, False),
        (INPUTS + "print(b)\n" + MODEL, False),
        (INPUTS + FUNCTION, False),
        (
            INPUTS + "both = [keras.Input((2,)), a]\nmodel = keras.Model(both, layers.ReLU()(a))\n",
            False,
        ),
    ],
)
def test_an_input_that_is_used_elsewhere_may_reach_the_model(tmp_path, code, told):
    assert ("KL411" in {finding.code for finding in check(tmp_path, code)}) == told
