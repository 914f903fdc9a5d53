"""What the rules about training say, and where they are silent."""

from __future__ import annotations

from typing import Any

import pytest

from keraslint.findings import Finding
from tests.rules.examples import run
from tests.rules.test_examples import check

HEAD = """\
import keras
import numpy as np
import tensorflow as tf
from keras import layers

x = np.zeros((8, 4))
"""
HIDDEN = "flag = bool(np.random.rand() >= 0)\n"


def model(*stack: str, loss: str = '"mse"') -> str:
    lines = "".join(f"    {layer},\n" for layer in stack)
    return f"model = keras.Sequential([\n{lines}])\nmodel.compile('sgd', {loss})\n"


def dense(units: int, activation: str = "") -> str:
    ending = f", activation='{activation}'" if activation else ""
    return f"layers.Dense({units}{ending})"


TWO_INPUTS = """\
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
model = keras.Model([a, b], layers.Dense(1)(layers.Concatenate()([a, b])))
model.compile(loss="mse")
"""
TWO_OUTPUTS = """\
a = keras.Input((4,))
model = keras.Model(a, [layers.Dense(1)(a), layers.Dense(3)(a)])
"""
FLAT = "keras.Input((4,))"
FIT = "model.fit(x, y, verbose=0)\n"


def found(tmp_path: Any, code: str) -> list[Finding]:
    return [f for f in check(tmp_path, HEAD + code) if f.code.startswith("KL3")]


ERRORS: dict[str, tuple[str, str, str]] = {
    "steps with other features": (
        "steps = np.zeros((8, 5, 2))\n"
        + model("keras.Input((5, 1))", "layers.Dropout(0.5)", "layers.LSTM(2)")
        + "model.predict(steps, verbose=0)",
        "KL301",
        "the model takes (None, 5, 1), but steps has (8, 5, 2)",
    ),
    "steps of a functional model": (
        "steps = np.zeros((8, 5, 2))\na = keras.Input((5, 3))\n"
        "model = keras.Model(a, layers.Bidirectional(layers.GRU(2))(a))\n"
        "model.predict(steps, verbose=0)",
        "KL301",
        "the model takes (None, 5, 3), but steps has (8, 5, 2)",
    ),
    "a sample alone": (
        model(FLAT, dense(1)) + "model.predict(x[0], verbose=0)",
        "KL301",
        "the model takes (None, 4), but x has (4,)",
    ),
    "channels first": (
        "images = np.zeros((8, 3, 32, 32))\n"
        + model("keras.Input((32, 32, 3))", "layers.Conv2D(2, 3)", "layers.Flatten()")
        + "model.predict(images, verbose=0)",
        "KL301",
        (
            "the model takes (None, 32, 32, 3), but images has (8, 3, 32, 32): "
            "Conv2D takes the last axis of size 3, but gets (None, 3, 32, 32)"
        ),
    ),
    "a layer further on": (
        "images = np.zeros((8, 6, 6, 1))\n"
        + model("keras.Input((8, 8, 1))", "layers.Flatten()", dense(1))
        + "model.predict(images, verbose=0)",
        "KL301",
        (
            "the model takes (None, 8, 8, 1), but images has (8, 6, 6, 1): "
            "Dense takes the last axis of size 64, but gets (None, 36)"
        ),
    ),
    "two inputs, one array": (
        TWO_INPUTS + "model.fit(x, x[:, :1], verbose=0)",
        "KL301",
        "the model takes 2 inputs, but x is 1 array",
    ),
    "a missing key": (
        TWO_INPUTS + "model.fit({'a': x}, x[:, :1], verbose=0)",
        "KL301",
        "x has nothing for the model's input 'b'",
    ),
    "validation data": (
        "y = x[:, :1]\n"
        + model(FLAT, dense(1))
        + "model.fit(x, y, validation_data=(x[:, :3], y), verbose=0)",
        "KL301",
        (
            "the model takes (None, 4), but validation_data has (8, 3): "
            "Dense takes the last axis of size 4, but gets (None, 3)"
        ),
    ),
    "validation labels": (
        "y = np.zeros((8, 3))\n"
        + model(FLAT, dense(3, "softmax"), loss="'categorical_crossentropy'")
        + "model.fit(x, y, validation_data=(x, np.arange(8)), verbose=0)",
        "KL302",
        "categorical_crossentropy takes one-hot labels (8, 3), but gets class indices (8,)",
    ),
    "no labels": (
        model(FLAT, dense(1)) + "model.fit(x, verbose=0)",
        "KL302",
        "fit gets data without labels, but the loss needs some",
    ),
    "class indices for AUC": (
        "y = np.array([0, 1, 2, 1] * 2)\n"
        + f"model = keras.Sequential([{FLAT}, layers.Dense(3, 'softmax')])\n"
        + "model.compile('sgd', 'sparse_categorical_crossentropy', metrics=['auc'])\n"
        + FIT,
        "KL313",
        "auc takes labels of the shape of the output (None, 3), but gets (8,)",
    ),
    "labels of one axis for F1": (
        "y = np.array([0, 1] * 4)\n"
        + f"model = keras.Sequential([{FLAT}, layers.Dense(1, 'sigmoid')])\n"
        + "model.compile('sgd', 'binary_crossentropy', metrics=[keras.metrics.F1Score()])\n"
        + FIT,
        "KL313",
        "F1Score takes labels and outputs with two axes, but gets (8,) and (None, 1)",
    ),
    "one-hot labels for a sparse metric": (
        "y = np.eye(3)[[0, 1, 2, 1] * 2]\n"
        + f"model = keras.Sequential([{FLAT}, layers.Dense(3, 'softmax')])\n"
        + "model.compile('sgd', 'categorical_crossentropy', "
        + "metrics=['sparse_categorical_accuracy'])\n"
        + FIT,
        "KL313",
        "sparse_categorical_accuracy takes class indices (8,), but gets (8, 3)",
    ),
    "text": (
        "y = np.array(['a', 'b'] * 4)\n"
        + model(FLAT, dense(2, "softmax"), loss="'sparse_categorical_crossentropy'")
        + FIT,
        "KL302",
        "the labels are text, which no loss takes",
    ),
    "two units for yes and no": (
        "y = np.zeros(8)\n"
        + model(FLAT, dense(2, "sigmoid"), loss="keras.losses.BinaryCrossentropy()")
        + FIT,
        "KL302",
        "binary_crossentropy takes labels (8, 2) for the output (None, 2), but gets (8,)",
    ),
    "known labels": (
        "y = np.array([1, 2, 3, 1, 2, 3, 1, 2])\n"
        + model(FLAT, dense(3, "softmax"), loss="'sparse_categorical_crossentropy'")
        + FIT,
        "KL305",
        (
            "the labels have class indices up to 3, but the output (None, 3) has 3 units and takes "
            "0 to 2"
        ),
    ),
    "test labels with training data": (
        "y = np.zeros((10, 1))\n" + model(FLAT, dense(1)) + FIT,
        "KL306",
        "x has 8 samples, but y has 10",
    ),
    "one batch": (
        "y = np.zeros((10, 1))\n" + model(FLAT, dense(1)) + "model.train_on_batch(x, y)",
        "KL306",
        "x has 8 samples, but y has 10",
    ),
    "evaluate without compile": (
        f"model = keras.Sequential([{FLAT}, layers.Dense(1)])\nmodel.evaluate(x, x, verbose=0)",
        "KL307",
        "evaluate needs a compiled model, but compile is never called on model",
    ),
    "metrics for one of two outputs": (
        TWO_OUTPUTS
        + "model.compile(loss='mse', metrics=['mae'])\n"
        + "model.fit(x, [x[:, :1], x[:, :3]], verbose=0)",
        "KL308",
        "the model has 2 outputs, but gets a list of 1 metric",
    ),
    "labels for two of one outputs": (
        model(FLAT, dense(1)) + "model.fit(x, [x[:, :1], x[:, :1]], verbose=0)",
        "KL308",
        "the model has 1 output, but gets 2 arrays of labels",
    ),
    "the loss first": (
        f"model = keras.Sequential([{FLAT}, layers.Dense(1)])\nmodel.compile('mse', 'adam')",
        "KL309",
        "Keras does not know an optimizer 'mse'",
    ),
    "an optimizer class": (
        f"model = keras.Sequential([{FLAT}])\nmodel.compile(keras.optimizers.Adam, 'mse')",
        "KL309",
        "compile needs an optimizer, but gets the class Adam itself",
    ),
    "lists of lists": (
        model(FLAT, dense(1)) + "model.predict([[1, 2, 3, 4]], verbose=0)",
        "KL311",
        "predict takes arrays, but this is a list of plain Python values",
    ),
    "a Python generator": (
        "def batches():\n    while True:\n        yield x, np.zeros(8)\n\n\n"
        + model(FLAT, dense(3, "softmax"), loss="'categorical_crossentropy'")
        + "model.fit(batches(), steps_per_epoch=2, verbose=0)",
        "KL312",
        "categorical_crossentropy takes one-hot labels (8, 3), but gets class indices (8,)",
    ),
    "a data set of the program": (
        "class Data(keras.utils.PyDataset):\n"
        "    def __len__(self):\n        return 2\n\n"
        "    def __getitem__(self, index):\n        return x[:, :3], x\n\n\n"
        + model(FLAT, dense(4))
        + "model.fit(Data(), verbose=0)",
        "KL312",
        (
            "the model takes (None, 4), but the dataset has batches (8, 3): "
            "Dense takes the last axis of size 4, but gets (None, 3)"
        ),
    ),
    "a function that is called": (
        "def train(model, labels):\n"
        + "    model.compile('sgd', 'categorical_crossentropy')\n"
        + "    model.fit(x, labels, verbose=0)\n\n\n"
        + f"train(keras.Sequential([{FLAT}, layers.Dense(3, 'softmax')]), np.zeros(8))",
        "KL302",
        "categorical_crossentropy takes one-hot labels (8, 3), but gets class indices (8,)",
    ),
}


@pytest.mark.parametrize(("code", "rule", "message"), ERRORS.values(), ids=ERRORS)
def test_errors(tmp_path, code, rule, message):
    (finding,) = [f for f in found(tmp_path, code) if f.severity.value == "error"]
    assert (finding.code, finding.message) == (rule, message)


@pytest.mark.oracle
@pytest.mark.parametrize("code", [code for code, *_ in ERRORS.values()], ids=ERRORS)
def test_keras_raises(keras, code):
    assert run(keras, HEAD + code) is not None


WARNINGS: dict[str, tuple[str, str]] = {
    "class indices for categorical accuracy": (
        "y = np.array([0, 1, 2, 1] * 2)\n"
        + f"model = keras.Sequential([{FLAT}, layers.Dense(3, 'softmax')])\n"
        + "model.compile('sgd', 'sparse_categorical_crossentropy', "
        + "metrics=['categorical_accuracy'])\n"
        + FIT,
        "KL313",
    ),
    "a loss that is never used": (model(FLAT, dense(1), loss="'mes'"), "KL309"),
    "broadcast labels": (
        "y = np.zeros((8, 1))\n" + model(FLAT, dense(3)) + FIT,
        "KL302",
    ),
    "broadcast output": ("y = np.zeros((8, 3))\n" + model(FLAT, dense(1)) + FIT, "KL302"),
    "too many classes for one unit": (
        "y = np.array([0, 1, 2, 3] * 2)\n"
        + model(FLAT, dense(1, "sigmoid"), loss="'binary_crossentropy'")
        + FIT,
        "KL305",
    ),
    "relu before probabilities": (
        model(FLAT, dense(3, "relu"), loss="'categorical_crossentropy'"),
        "KL303",
    ),
    "sigmoid for classes": (
        model(FLAT, dense(3, "sigmoid"), loss="keras.losses.CategoricalCrossentropy()"),
        "KL303",
    ),
    "an activation layer before logits": (
        model(
            FLAT,
            dense(1),
            "layers.Activation('sigmoid')",
            loss="keras.losses.BinaryCrossentropy(from_logits=True)",
        ),
        "KL303",
    ),
    "one unit compared as classes": (
        model(FLAT, dense(1, "sigmoid"), loss="'categorical_crossentropy'"),
        "KL303",
    ),
    "a softmax layer over one unit": (
        f"model = keras.Sequential([{FLAT}, layers.Dense(1), layers.Activation('softmax')])",
        "KL304",
    ),
}


@pytest.mark.parametrize(("code", "rule"), WARNINGS.values(), ids=WARNINGS)
def test_warnings(tmp_path, code, rule):
    assert [(f.code, f.severity.value) for f in found(tmp_path, code)] == [(rule, "warning")]


@pytest.mark.oracle
@pytest.mark.parametrize("code", [code for code, _ in WARNINGS.values()], ids=WARNINGS)
def test_keras_runs_what_is_a_warning(keras, code):
    assert run(keras, HEAD + code) is None


SILENT: dict[str, str] = {
    "a last axis of 1 too few": (
        "y = np.zeros(8)\n" + model("keras.Input((4, 1))", "layers.Flatten()", dense(1)) + FIT
    ),
    "another size that every layer takes": (
        "images = np.zeros((2, 9, 9, 1))\n"
        + model("keras.Input((8, 8, 1))", "layers.Conv2D(2, 3)", "layers.GlobalMaxPooling2D()")
        + "model.predict(images, verbose=0)"
    ),
    "compiled perhaps": (
        HIDDEN
        + f"model = keras.Sequential([{FLAT}, layers.Dense(1)])\n"
        + "if flag:\n    model.compile('sgd', 'mse')\n"
        + "model.fit(x, x[:, 0], verbose=0)"
    ),
    "compiled in one of two ways": (
        HIDDEN
        + f"model = keras.Sequential([{FLAT}, layers.Dense(4, 'softmax')])\n"
        + "if flag:\n    model.compile('sgd', 'mse')\n"
        + "else:\n    model.compile('sgd', 'sparse_categorical_crossentropy')\n"
        + "model.fit(x, x, verbose=0)"
    ),
    "compiled by something unknown": (
        "compilers = {'a': keras.Model.compile}\n"
        f"model = keras.Sequential([{FLAT}, layers.Dense(4)])\n"
        "compilers['a'](model, 'sgd', 'mse')\n"
        "model.fit(x, x, verbose=0)"
    ),
    "methods in any order": (
        "class Work:\n"
        "    def __init__(self):\n"
        f"        self.model = keras.Sequential([{FLAT}, layers.Dense(4)])\n\n"
        "    def train(self):\n        self.model.fit(x, x, verbose=0)\n\n"
        "    def prepare(self):\n        self.model.compile('sgd', 'mse')\n"
    ),
    "a training step of its own": (
        "class Mine(keras.Model):\n"
        "    def __init__(self):\n        super().__init__()\n        self.d = layers.Dense(2)\n\n"
        "    def call(self, inputs):\n        return self.d(inputs)\n\n"
        "    def train_step(self, data):\n        return {'loss': 0.0}\n\n\n"
        "model = Mine()\nmodel.compile('sgd', 'mse')\nmodel.fit(x, x, verbose=0)"
    ),
    "a loss of the program": (
        "def dice(y_true, y_pred):\n    return keras.ops.mean(y_pred, -1)\n\n\n"
        + model(FLAT, dense(2), loss="dice")
        + "model.fit(x, x, verbose=0)"
    ),
    "softmax over two units": model(FLAT, dense(2, "softmax"), loss="'binary_crossentropy'"),
    "logits": model(
        FLAT, dense(3), loss="keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
    ),
    "softmax behind a reshaping": model(
        "keras.Input((4, 2))",
        dense(3, "softmax"),
        "layers.Reshape((4, 3))",
        loss="'categorical_crossentropy'",
    ),
    "an ignored class": (
        "y = np.array([0, 1, 2, 255] * 2)\n"
        + model(
            FLAT,
            dense(3, "softmax"),
            loss="keras.losses.SparseCategoricalCrossentropy(ignore_class=255)",
        )
        + FIT
    ),
    "labels for steps": (
        "y = np.zeros((8, 5))\nsteps = np.zeros((8, 5, 4))\n"
        + model(
            "keras.Input((5, 4))",
            "layers.LSTM(3, return_sequences=True)",
            dense(2, "softmax"),
            loss="'sparse_categorical_crossentropy'",
        )
        + "model.fit(steps, y, verbose=0)"
    ),
    "two outputs": (
        TWO_OUTPUTS
        + "model.compile(loss=['mse', 'mae'], metrics=[['mae'], ['mse']])\n"
        + "model.fit(x, [x[:, :1], x[:, :3]], verbose=0)"
    ),
    "an output without a loss": (
        TWO_OUTPUTS + "model.compile(loss=['mse', None])\nmodel.fit(x, x[:, :1], verbose=0)"
    ),
    "inputs by name": TWO_INPUTS + "model.fit({'b': x[:, 1:], 'a': x}, x[:, :1], verbose=0)",
    "a layer added after compile": (
        model(FLAT, dense(3), loss="'categorical_crossentropy'") + "model.add(layers.Softmax())"
    ),
    "an adaptive metric": (
        "y = np.array([0, 1, 2, 1] * 2)\n"
        + f"model = keras.Sequential([{FLAT}, layers.Dense(3, 'softmax')])\n"
        + "model.compile('sgd', 'sparse_categorical_crossentropy', metrics=['accuracy'])\n"
        + FIT
    ),
    "a metric for two classes": (
        "y = np.array([0, 1] * 4)\n"
        + f"model = keras.Sequential([{FLAT}, layers.Dense(1, 'sigmoid')])\n"
        + "model.compile('sgd', 'binary_crossentropy', metrics=[keras.metrics.AUC()])\n"
        + FIT
    ),
    "batches": (
        "data = tf.data.Dataset.from_tensor_slices((x, x)).batch(2)\n"
        + model(FLAT, dense(4))
        + "model.fit(data, verbose=0)"
    ),
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_silence(tmp_path, code):
    assert found(tmp_path, code) == []


@pytest.mark.oracle
@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_keras_runs_where_the_rules_are_silent(keras, code):
    assert run(keras, HEAD + code) is None


def test_both_ends_are_shown(tmp_path):
    y = "y = np.zeros(8)\n"
    code = y + model(FLAT, dense(3, "softmax"), loss="'categorical_crossentropy'") + FIT
    (finding,) = found(tmp_path, code)
    rows = {related.message: related.location.row for related in finding.related}
    assert rows == {
        "the labels (8,) come from here": 7,
        "the output (None, 3) is made here": 10,
        "the loss is set here": 12,
    }
    assert finding.location.row == 13


FOLDER = """\
from tensorflow.keras.preprocessing.image import ImageDataGenerator

data = ImageDataGenerator().flow_from_directory("images"{arguments})
model = keras.Sequential([
    keras.Input((150, 150, 3)),
    layers.Flatten(),
    layers.Dense({units}),
])
model.compile("sgd", "{loss}")
model.fit(data)
"""


@pytest.mark.parametrize(
    ("arguments", "head", "loss", "expected"),
    [
        ("", "1, 'sigmoid'", "binary_crossentropy", "error"),
        (", (150, 150)", "1, 'sigmoid'", "binary_crossentropy", "warning"),
        (", (150, 150)", "4, 'softmax'", "sparse_categorical_crossentropy", "warning"),
        (", (150, 150), class_mode='sparse'", "4, 'softmax'", "categorical_crossentropy", "error"),
        (", (150, 150), color_mode='grayscale'", "1, 'sigmoid'", "mse", "error"),
        (", (150, 150), class_mode='binary'", "1, 'sigmoid'", "binary_crossentropy", None),
        (", (150, 150)", "4, 'softmax'", "categorical_crossentropy", None),
        (", target_size=SIZE", "4, 'softmax'", "categorical_crossentropy", None),
    ],
)
def test_folders_of_images(tmp_path, arguments, head, loss, expected):
    code = FOLDER.format(arguments=arguments, units=head, loss=loss)
    told = [(f.code, f.severity.value) for f in found(tmp_path, code)]
    assert told == ([("KL312", expected)] if expected else [])
