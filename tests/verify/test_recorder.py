"""What the recorder notes of the real Keras."""

import pytest

from tests.programs.running import observe

pytestmark = pytest.mark.oracle


def sites(keras, tmp_path, text):
    path = tmp_path / "program.py"
    path.write_text(text, encoding="utf-8")
    noted = observe(keras, str(path), text)
    assert noted["error"] is None
    return {(s["row"], s["column"], s["layer"]): s["calls"] for s in noted["sites"]}


def call(inputs, outputs, params):
    return {"inputs": inputs, "outputs": outputs, "params": params}


def test_a_layer_stands_where_the_program_constructs_it(keras, tmp_path):
    text = "import keras\nx = keras.Input((3,))\ny = 'ä', keras.layers.Dense(\n    2,\n)(x)\n"
    assert sites(keras, tmp_path, text) == {
        (2, 5, "InputLayer"): [call([], [[None, 3]], 0)],
        (3, 10, "Dense"): [call([[None, 3]], [[None, 2]], 8)],
    }


def test_a_class_of_the_program_stands_at_its_call_and_not_at_its_super(keras, tmp_path):
    text = """
import keras
class L(keras.layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.d = keras.layers.Dense(n)
    def call(self, x):
        return self.d(x)
L(4)(keras.Input((3,)))
"""
    found = sites(keras, tmp_path, text)
    assert found[9, 1, "L"] == [call([[None, 3]], [[None, 4]], 16)]
    assert found[6, 18, "Dense"] == [call([[None, 3]], [[None, 4]], 16)]


def test_lower_case_functions_are_sites_of_their_layer(keras, tmp_path):
    text = "import keras\nx = keras.Input((3,))\nkeras.layers.add([x, x])\n"
    found = sites(keras, tmp_path, text)
    assert found[3, 1, "Add"] == [call([[None, 3], [None, 3]], [[None, 3]], 0)]


def test_what_keras_makes_and_calls_itself_is_left_out(keras, tmp_path):
    text = """
import keras
from keras import layers
inner = keras.Sequential([layers.Dense(5)])
x = keras.Input((7, 3))
layers.TimeDistributed(inner)(x)
layers.MultiHeadAttention(2, 4)(x, x)
layers.Bidirectional(layers.LSTM(4))(x)
keras.applications.MobileNet(weights=None, input_shape=(32, 32, 3), classes=3)
"""
    found = sites(keras, tmp_path, text)
    assert {layer for _, _, layer in found} == {
        *("Dense", "InputLayer", "TimeDistributed", "MultiHeadAttention", "Bidirectional", "LSTM")
    }
    assert found[8, 22, "LSTM"] == []


def test_layers_of_a_sequential_are_noted_once_for_each_shape(keras, tmp_path):
    text = """
import keras
m = keras.Sequential([keras.Input((3,))])
for n in (4, 5):
    m.add(keras.layers.Dense(n))
m(keras.Input((3,)))
"""
    found = sites(keras, tmp_path, text)
    shapes = [[[None, 3]], [[None, 4]], [[None, 5]]]
    assert found[5, 11, "Dense"] == [call(shapes[0], shapes[1], 16), call(shapes[1], shapes[2], 25)]


def test_masks_are_left_out_and_other_keywords_are_inputs(keras, tmp_path):
    text = """
import keras
x, m = keras.Input((3, 2)), keras.Input((3,), dtype="bool")
s = keras.Input((4,))
keras.layers.GRU(4)(x, mask=m, initial_state=s)
"""
    found = sites(keras, tmp_path, text)
    assert found[5, 1, "GRU"] == [call([[None, 3, 2], [None, 4]], [[None, 4]], 96)]


def test_keras_is_as_before_afterwards(keras, tmp_path):
    before = keras.layers.Layer.__call__, keras.layers.Layer.__dict__["__new__"]
    sites(keras, tmp_path, "import keras\n")
    assert before == (keras.layers.Layer.__call__, keras.layers.Layer.__dict__["__new__"])


def test_an_operation_has_no_weights_whatever_its_attributes(keras, tmp_path):
    text = "import keras\nx = keras.Input((3,))\nkeras.Model(x, keras.ops.average(x, axis=-1))\n"
    path = tmp_path / "program.py"
    path.write_text(text, encoding="utf-8")
    (model,) = observe(keras, str(path), text)["models"]
    assert [layer["params"] for layer in model["layers"]] == [0, 0]
