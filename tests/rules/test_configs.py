"""Saving objects of the program's own classes: what is told, and what Keras does."""

from typing import Any

import pytest

from tests.rules.examples import somewhere_else
from tests.rules.test_examples import check

HEAD = "import keras\nfrom keras import layers\n\n\n"
LAYER = (
    HEAD
    + """\
class Own(layers.Layer):
    def __init__({parameters}):
        super().__init__({base})

    def call(self, inputs):
        return inputs
{more}

model = keras.Sequential([keras.Input((3,)), Own({arguments}), layers.Dense(2)])
"""
)
MODEL = (
    HEAD
    + """\
class Own(keras.Model):
    def __init__({parameters}):
        super().__init__({base})
        self.dense = layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs)
{more}

model = Own({arguments})
model(keras.ops.zeros((2, 3)))
"""
)
CONFIG = "\n    def get_config(self):\n        return super().get_config()\n"
MAKER = "\n    @classmethod\n    def from_config(cls, config):\n        return cls()\n"
TAKES, HANDS = "self, a=1, **more", "**more"
CASES = {
    "plain": (LAYER, TAKES, HANDS, "2", "", True),
    "list": (LAYER, TAKES, HANDS, "[1, (2, None)]", "", True),
    "function": (LAYER, TAKES, HANDS, "lambda x: x", "", False),
    "layer": (LAYER, TAKES, HANDS, "layers.Dense(3)", "", False),
    "layers": (LAYER, TAKES, HANDS, "a=[layers.Dense(3)]", "", False),
    "function and config": (LAYER, TAKES, HANDS, "lambda x: x", CONFIG, True),
    "varargs": (LAYER, "self, *a, **more", HANDS, "1", "", False),
    "no varargs": (LAYER, "self, *a, **more", HANDS, "", "", True),
    "no keywords": (LAYER, "self, a=1", "", "2", "", False),
    "nothing": (LAYER, "self", "", "", "", False),
    "all keywords": (LAYER, "self, trainable=True, dtype=None", "", "", "", True),
    "own way": (LAYER, "self", "", "", MAKER, True),
    "model": (MODEL, TAKES, HANDS, "", "", True),
    "needy model": (MODEL, "self, a, **more", HANDS, "1", "", False),
    "model without keywords": (MODEL, "self, a=1", "", "", "", False),
}


def program(case: str) -> str:
    form, parameters, base, arguments, more, _ = CASES[case]
    return form.format(parameters=parameters, base=base, arguments=arguments, more=more)


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_saved_or_loaded_is_told(tmp_path, case):
    told = [
        f for f in check(tmp_path, program(case) + 'model.save("m.keras")\n') if f.code == "KL413"
    ]
    assert (told == []) == CASES[case][-1]


@pytest.mark.parametrize("save", ["", 'model.save_weights("m.weights.h5")', "model.save(path)"])
def test_nothing_is_told_where_no_model_is_saved(tmp_path, save):
    assert "KL413" not in {f.code for f in check(tmp_path, f"{program('layer')}{save}\n")}


def test_there_are_two_ways_to_save(tmp_path):
    code = program("layer") + 'keras.saving.save_model(model, "m.keras")\n'
    assert "KL413" in {f.code for f in check(tmp_path, code)}


@pytest.mark.oracle
@pytest.mark.parametrize("case", CASES)
def test_keras_agrees(keras, case):
    names: dict[str, Any] = {}
    exec(program(case), names)
    with somewhere_else():
        try:
            names["model"].save("m.keras")
            keras.models.load_model("m.keras", custom_objects={"Own": names["Own"]})
        except (NotImplementedError, TypeError):
            works = False
        else:
            works = True
    assert works == CASES[case][-1]
