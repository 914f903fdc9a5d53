"""Keras's data functions, interpreted and executed."""

import importlib
import os
from pathlib import Path
from typing import Any

import pytest

from keraslint.interpreter.values import Opaque
from keraslint.tensors.dims import UNKNOWN, Unknown
from tests.interpreter.libraries.programs import assert_sound, execute, interpret, is_exact

pytestmark = pytest.mark.oracle
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
tf: Any = importlib.import_module("tensorflow")

SETUP = """
import numpy as np
import keras
import tensorflow as tf
from keras.utils import to_categorical, pad_sequences
x = np.ones((10, 8, 8, 3))
y = np.array([0, 2, 1, 2, 0, 1, 1, 2, 0, 1])
series = np.ones((50, 4), "float32")
"""

ARRAYS = """
to_categorical(y)
to_categorical(y, 5)
to_categorical(y, num_classes=3)
to_categorical([0, 1, 2])
to_categorical(y.reshape(-1, 1), 3)
to_categorical(y.reshape(5, 2), 3)
to_categorical(np.ones((2, 1, 1), int), 3)
pad_sequences([[1, 2], [3]], maxlen=4)
pad_sequences([[1, 2], [3]], maxlen=4, dtype="float32")
keras.preprocessing.sequence.pad_sequences(sequences=[[1], [2, 3]], maxlen=3)
pad_sequences(series, maxlen=6)
pad_sequences(np.ones((3, 5, 2)), maxlen=6)
keras.utils.normalize(series)
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def both(expression: str) -> tuple[Any, Any]:
    code = f"{SETUP}\nresult = {expression}"
    return interpret(code)["result"], execute(code)["result"]


@pytest.mark.parametrize("expression", lines(ARRAYS))
def test_array_is_known(expression: str) -> None:
    known, real = both(expression)
    assert_sound(known, real, expression)
    assert is_exact(known, real)


def assert_spec(known: Any, real: Any) -> None:
    if isinstance(real, tuple):
        assert isinstance(known, tuple)
        for one, other in zip(known, real, strict=True):
            assert_spec(one, other)
        return
    assert len(known.spec.shape) == len(real.shape)
    for dim, actual in zip(known.spec.shape, real.shape, strict=True):
        assert dim == actual or isinstance(dim, Unknown), (known.spec.shape, real.shape)
    assert known.spec.dtype == real.dtype.name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    """Two classes of three images and three texts each."""
    root: Path = tmp_path_factory.mktemp("data")
    for kind in ("images", "texts"):
        for name in ("a", "b"):
            (root / kind / name).mkdir(parents=True)
    for name in ("a", "b"):
        for number in range(3):
            pixels = tf.io.encode_png(tf.zeros((9, 7, 3), tf.uint8))
            tf.io.write_file(str(root / "images" / name / f"{number}.png"), pixels)
            (root / "texts" / name / f"{number}.txt").write_text("some words")
    return root


FOLDERS = """
keras.utils.image_dataset_from_directory(IMAGES)
keras.utils.image_dataset_from_directory(IMAGES, image_size=(32, 16), batch_size=4)
keras.utils.image_dataset_from_directory(IMAGES, label_mode="categorical", class_names=["a", "b"])
keras.utils.image_dataset_from_directory(IMAGES, label_mode="binary", color_mode="grayscale")
keras.utils.image_dataset_from_directory(IMAGES, label_mode=None, color_mode="rgba")
keras.utils.image_dataset_from_directory(IMAGES, labels=None)
keras.utils.image_dataset_from_directory(IMAGES, batch_size=None)
keras.utils.image_dataset_from_directory(IMAGES).map(lambda a, b: (a / 255.0, tf.one_hot(b, 2)))
keras.utils.image_dataset_from_directory(IMAGES, subset="both", validation_split=0.5, seed=1)[1]
keras.utils.text_dataset_from_directory(TEXTS)
keras.utils.text_dataset_from_directory(TEXTS, label_mode="binary", batch_size=2)
keras.utils.text_dataset_from_directory(TEXTS, labels=None)
"""


@pytest.mark.parametrize("expression", lines(FOLDERS))
def test_folder(expression: str, folder: Path) -> None:
    images, texts = repr(str(folder / "images")), repr(str(folder / "texts"))
    known, real = both(expression.replace("IMAGES", images).replace("TEXTS", texts))
    assert isinstance(known, Opaque)
    assert_spec(known.attributes["element_spec"], real.element_spec)


@pytest.mark.parametrize(
    "arguments",
    [
        "series, None, 10",
        "series, series[:, 0], sequence_length=10",
        "data=series, targets=series, sequence_length=8, sampling_rate=3, batch_size=4",
        "series, None, 10, batch_size=None",
    ],
)
def test_windows_of_a_series(arguments: str) -> None:
    code = f"{SETUP}\nds = keras.utils.timeseries_dataset_from_array({arguments})\nresult = ds"
    known, real = interpret(code)["result"], execute(code)["result"]
    assert_spec(
        known.attributes["element"], tf.nest.map_structure(lambda item: item, next(iter(real)))
    )


GENERATORS = """
G.flow(x, y, batch_size=4)
G.flow(x)
G.flow(x, to_categorical(y, 3))
"""


@pytest.mark.parametrize("expression", lines(GENERATORS))
def test_generator(expression: str) -> None:
    code = f"{SETUP}\nG = tf.keras.preprocessing.image.ImageDataGenerator()\nresult = {expression}"
    known, real = interpret(code)["result"], execute(code)["result"]
    batch = as_tuple(next(iter(real)))
    for item, actual in zip(as_tuple(known.attributes["element"]), batch, strict=True):
        assert item.spec.shape == (UNKNOWN, *actual.shape[1:])


def as_tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_directory_generator_has_kerass_defaults() -> None:
    setup = (
        "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n"
        "g = ImageDataGenerator()"
    )
    calls = {
        "g.flow_from_directory('x')": [(UNKNOWN, 256, 256, 3), (UNKNOWN, UNKNOWN)],
        "g.flow_from_directory('x', target_size=(64, 32), class_mode='binary')": [
            (UNKNOWN, 64, 32, 3),
            (UNKNOWN,),
        ],
        "g.flow_from_directory('x', classes=['a', 'b', 'c'])": [
            (UNKNOWN, 256, 256, 3),
            (UNKNOWN, 3),
        ],
        "g.flow_from_directory('x', color_mode='grayscale', class_mode=None)": [
            (UNKNOWN, 256, 256, 1)
        ],
        "g.flow_from_dataframe(None, x_col='f', y_col='c')": [
            (UNKNOWN, 256, 256, 3),
            (UNKNOWN, UNKNOWN),
        ],
    }
    for call, expected in calls.items():
        element = interpret(f"{setup}\nresult = {call}")["result"].attributes["element"]
        assert [item.spec.shape for item in as_tuple(element)] == expected


DATA: dict[str, list[Any]] = {
    "mnist.load_data()": [(60000, 28, 28), (60000,), (10000, 28, 28), (10000,)],
    "cifar10.load_data()": [(50000, 32, 32, 3), (50000, 1), (10000, 32, 32, 3), (10000, 1)],
    "imdb.load_data(num_words=100)": [(25000,), (25000,), (25000,), (25000,)],
    "reuters.load_data(test_split=0.2)": [(8982,), (8982,), (2246,), (2246,)],
    "boston_housing.load_data()": [(404, 13), (404,), (102, 13), (102,)],
    "california_housing.load_data(version='small')": [(480, 8), (480,), (120, 8), (120,)],
}


@pytest.mark.parametrize(("call", "shapes"), DATA.items())
def test_data_set(call: str, shapes: list[Any]) -> None:
    names = interpret(f"from tensorflow.keras import datasets\n(a, b), (c, d) = datasets.{call}")
    assert [names[key].spec.shape for key in "abcd"] == shapes


def test_labels_of_a_data_set_are_counted() -> None:
    names = interpret(
        "import numpy as np\n"
        "from keras.datasets import mnist\n"
        "from keras.utils import to_categorical\n"
        "(_, y), _ = mnist.load_data()\none = to_categorical(y)\nn = len(np.unique(y))\n"
        "part = to_categorical(y[:100])"
    )
    assert names["one"].spec.shape == (60000, 10)
    assert names["n"] == 10
    assert names["part"].spec.shape == (100, UNKNOWN)


def test_words_of_texts() -> None:
    names = interpret(
        "from tensorflow.keras.preprocessing.text import Tokenizer\n"
        "from tensorflow.keras.preprocessing.sequence import pad_sequences\n"
        "t = Tokenizer(num_words=500)\nt.fit_on_texts(open('f'))\n"
        "x = pad_sequences(t.texts_to_sequences(open('f')), maxlen=20)\n"
        "m = t.texts_to_matrix(['a', 'b'])"
    )
    assert names["x"].spec.shape == (UNKNOWN, 20)
    assert names["x"].facts == {"low": 0, "high": 499}
    assert names["m"].spec.shape == (2, 500)


def test_images_of_files() -> None:
    names = interpret(
        "import numpy as np\nfrom keras.utils import load_img, img_to_array\n"
        "i = load_img('f', target_size=(9, 7))\n"
        "a = img_to_array(i)\n"
        "b = np.expand_dims(np.array(i), 0)\n"
        "c = img_to_array(load_img('f', color_mode='grayscale', target_size=(9, 7)))\n"
        "d = img_to_array(open('f'))"
    )
    shapes = [names[key].spec.shape for key in "abcd"]
    assert shapes == [(9, 7, 3), (1, 9, 7, 3), (9, 7, 1), (UNKNOWN, UNKNOWN, UNKNOWN)]
