"""Models of code, by what they can be asked for."""

from __future__ import annotations

import pytest

from keraslint.sphinx.reading import analysed, chosen
from keraslint.sphinx.targets import TargetError

CODE = b"""
import keras
from keras import layers
keras.Sequential([keras.Input((3,)), layers.Dense(4)], name="unassigned")
model = keras.Sequential([keras.Input((3,)), layers.Dense(5)], name="inner")
"""


@pytest.mark.parametrize(("name", "params"), [("unassigned", 16), ("model", 20), (None, 20)])
def test_models_answer_to_variables_and_to_names_of_their_own(name, params):
    assert chosen(analysed("code.py", CODE), name, "the code").model.total_params == params


def test_what_there_is_is_told():
    with pytest.raises(TargetError, match=r"no model other in the code; .* model, unassigned"):
        chosen(analysed("code.py", CODE), "other", "the code")
