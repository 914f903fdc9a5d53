"""A fault in a helper says which calls led there."""

from __future__ import annotations

from pathlib import Path

from keraslint.defects import Shield
from keraslint.engine import analyse_source
from keraslint.rules import Checker, Selection
from keraslint.sources import Source

PROGRAM = """
import keras
from keras import layers

def pool(x):
    return layers.MaxPooling2D(2)(x)

def twice(x):
    return pool(pool(x))

def four_times(x):
    return twice(twice(x))

def net(size):
    return four_times(keras.Input((size, size, 3)))

net(16)
net(8)
"""


def test_the_last_calls_and_the_first_are_told_in_that_order() -> None:
    analysis = analyse_source(Source("program.py", PROGRAM, PROGRAM))
    [finding] = Checker(Selection(select=("KL104",)), Path(), Shield()).check(analysis)
    told = [one.location.row for one in finding.related if one.message == "called from here"]
    assert told == [9, 12, 18]
