"""Models of code, by what they can be asked for."""

from __future__ import annotations

import pytest

from keraslint.sphinx.reading import in_code
from keraslint.sphinx.targets import TargetError

CODE = """
import keras
from keras import layers
keras.Sequential([keras.Input((3,)), layers.Dense(4)], name="unassigned")
model = keras.Sequential([keras.Input((3,)), layers.Dense(5)], name="inner")
"""


@pytest.mark.parametrize(("name", "params"), [("unassigned", 16), ("model", 20), (None, 20)])
def test_models_answer_to_variables_and_to_names_of_their_own(name, params):
    assert in_code(CODE, name, "code.py").model.total_params == params


def test_what_there_is_is_told():
    with pytest.raises(TargetError, match=r"no model other in the code; .* model, unassigned"):
        in_code(CODE, "other", "code.py")
