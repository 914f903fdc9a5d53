"""Programs for Keras 2, the package ``tf_keras``."""

import pytest

from keraslint.engine import analyse_source
from keraslint.sources import Source

PROGRAM = """
import {module} as k
x = k.Input((8, 8, 3))
k.layers.BatchNormalization(fused=True)(x)
k.layers.Conv1D(3, 3)(x)
"""


def faults(module):
    text = PROGRAM.format(module=module)
    return len(analyse_source(Source("program.py", text, text)).faults)


@pytest.mark.parametrize(("module", "expected"), [("keras", 2), ("tensorflow.keras", 2)])
def test_keras_3_refuses_more(module, expected):
    assert faults(module) == expected


def test_nothing_is_said_of_what_only_keras_3_refuses():
    assert faults("tf_keras") == 0
