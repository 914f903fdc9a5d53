"""Small data instead of downloads, and no training: a program runs for its shapes alone."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable
from typing import Any

ROWS = 8
IMAGES: dict[str, tuple[tuple[int, ...], int]] = {
    "mnist": ((28, 28), 10),
    "fashion_mnist": ((28, 28), 10),
    "cifar10": ((32, 32, 3), 10),
    "cifar100": ((32, 32, 3), 100),
}
TABLES = {"boston_housing": 13, "california_housing": 8}
TEXTS = {"imdb": 2, "reuters": 46}
TEXT_PARAMETERS: dict[str, Any] = {
    "directory": None,
    "labels": "inferred",
    "label_mode": "int",
    "class_names": None,
    "batch_size": 32,
}
IMAGE_PARAMETERS: dict[str, Any] = {
    "directory": None,
    "labels": "inferred",
    "label_mode": "int",
    "class_names": None,
    "color_mode": "rgb",
    "batch_size": 32,
    "image_size": (256, 256),
}


class History(dict[str, Any]):
    """What training would have left behind: a number whatever it is asked for."""

    def __missing__(self, key: str) -> list[float]:
        return [0.0]


def stub(keras: Any) -> None:
    """Replace data loading and training in the given Keras, and in its ``tf.keras``."""
    for root in (keras, importlib.import_module("keras._tf_keras.keras")):
        _stub_data(root)
    _stub_training(keras)


def _stub_data(keras: Any) -> None:
    for name, (shape, classes) in IMAGES.items():
        labels = (ROWS, 1) if name.startswith("cifar") else (ROWS,)
        _replace(keras.datasets, name, _arrays((ROWS, *shape), labels, classes))
    for name, width in TABLES.items():
        _replace(keras.datasets, name, _arrays((ROWS, width), (ROWS,), 2))
    for name, classes in TEXTS.items():
        _replace(keras.datasets, name, _texts(classes))
    keras.utils.image_dataset_from_directory = _images
    keras.utils.text_dataset_from_directory = _lines
    keras.utils.get_file = _empty_file
    keras.preprocessing.image_dataset_from_directory = _images


def _replace(datasets: Any, name: str, load_data: Callable[..., Any]) -> None:
    module = getattr(datasets, name, None)
    if module is not None:
        module.load_data = load_data


def _arrays(shape: tuple[int, ...], labels: tuple[int, ...], classes: int) -> Callable[..., Any]:
    def load_data(*_: Any, **__: Any) -> Any:
        import numpy

        x: Any = numpy.zeros(shape, "float64" if len(shape) == 2 else "uint8")
        y: Any = numpy.arange(ROWS).reshape(labels) % classes
        return (x, y), (x.copy(), y.copy())

    return load_data


def _texts(classes: int) -> Callable[..., Any]:
    def load_data(*_: Any, **__: Any) -> Any:
        import numpy

        x: Any = numpy.empty(ROWS, object)
        for row in range(ROWS):
            x[row] = [1, 2, 3][: row % 3 + 1]
        y: Any = numpy.arange(ROWS) % classes
        return (x, y), (x.copy(), y.copy())

    return load_data


def _images(*args: Any, **kwargs: Any) -> Any:
    import numpy

    given = _given(IMAGE_PARAMETERS, args, kwargs)
    channels = {"grayscale": 1, "rgb": 3, "rgba": 4}[given["color_mode"]]
    return _dataset(numpy.zeros((2, *given["image_size"], channels), "float32"), given)


def _lines(*args: Any, **kwargs: Any) -> Any:
    import numpy

    return _dataset(numpy.array(["a", "b"]), _given(TEXT_PARAMETERS, args, kwargs))


def _given(defaults: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return {**defaults, **dict(zip(defaults, args, strict=False)), **kwargs}


def _dataset(data: Any, given: dict[str, Any]) -> Any:
    import numpy
    import tensorflow as tf

    names = given["class_names"] or ["a", "b"]
    targets = {
        "int": numpy.array([0, 1]),
        "binary": numpy.zeros((2, 1), "float32"),
        "categorical": numpy.zeros((2, len(names)), "float32"),
    }
    mode = None if given["labels"] is None else given["label_mode"]
    parts = data if mode is None else (data, targets[mode])
    dataset = tf.data.Dataset.from_tensor_slices(parts)
    if given["batch_size"] is not None:
        dataset = dataset.batch(given["batch_size"])
    dataset.class_names = names
    return dataset


def _empty_file(fname: Any = None, *_: Any, **__: Any) -> str:
    path = os.path.join(tempfile.mkdtemp(), os.path.basename(str(fname or "file")))
    with open(path, "wb"):
        return path


def _stub_training(keras: Any) -> None:
    def fit(model: Any, x: Any = None, *_: Any, **__: Any) -> Any:
        _build(keras, model, x)
        history = keras.callbacks.History()
        history.set_model(model)
        history.epoch, history.history = [0], History()
        return history

    def evaluate(model: Any, x: Any = None, *_: Any, **__: Any) -> Any:
        _build(keras, model, x)
        return [0.0] * max(2, len(model.metrics_names))

    def predict(model: Any, x: Any = None, *_: Any, **__: Any) -> Any:
        _build(keras, model, x)
        return keras.tree.map_structure(
            _zeros(x), model.outputs[0] if len(model.outputs) == 1 else model.outputs
        )

    for method in (fit, evaluate, predict):
        setattr(keras.Model, method.__name__, method)


def _zeros(x: Any) -> Callable[[Any], Any]:
    import numpy

    rows = x.shape[0] if hasattr(x, "shape") and x.shape else ROWS
    return lambda tensor: numpy.zeros((rows, *(dim or 1 for dim in tensor.shape[1:])), "float32")


def _build(keras: Any, model: Any, data: Any) -> None:
    """Build a model that had no input from the first batch, as training would."""
    if model.built or data is None:
        return
    if hasattr(data, "element_spec"):
        element = data.element_spec
        data = element[0] if isinstance(element, tuple) else element
    model(
        keras.tree.map_structure(
            lambda array: keras.KerasTensor((None, *array.shape[1:]), _dtype(array)), data
        )
    )


def _dtype(array: Any) -> str:
    return getattr(array.dtype, "name", str(array.dtype))
