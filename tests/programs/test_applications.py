"""The sources of Keras's own pretrained models, read by keraslint and built by Keras."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from keraslint.analysis import LayerRow
from keraslint.engine import analyse_source
from keraslint.sources import Source

pytestmark = pytest.mark.oracle

MODELS = {
    "VGG16": "vgg16",
    "ResNet50": "resnet",
    "MobileNet": "mobilenet",
    "MobileNetV2": "mobilenet_v2",
    "MobileNetV3Small": "mobilenet_v3",
    "InceptionV3": "inception_v3",
    "Xception": "xception",
    "DenseNet121": "densenet",
    "EfficientNetB0": "efficientnet",
}


@pytest.fixture(scope="module")
def keras() -> Any:
    """The real thing."""
    return importlib.import_module("keras")


@pytest.mark.parametrize(("name", "module"), MODELS.items(), ids=MODELS.keys())
def test_source_is_read_as_keras_builds_it(keras: Any, name: str, module: str) -> None:
    shape = (160, 192, 3)
    source = inspect.getsource(importlib.import_module(f"keras.src.applications.{module}"))
    text = f"{source}\nmodel = {name}(weights=None, input_shape={shape})\n"
    analysis = analyse_source(Source(f"{module}.py", text, text))
    assert not analysis.faults
    assert not analysis.problems
    [known] = [model for model in analysis.models if model.entry == "<module>"]
    keras.utils.clear_session()
    real = getattr(keras.applications, name)(weights=None, input_shape=shape)
    assert [told(row) for row in known.layers if not row.is_operation] == [
        (layer.name, type(layer).__name__, tuple(layer.output.shape), layer.count_params())
        for layer in real.layers
    ]
    assert known.total_params == real.count_params()


def told(row: LayerRow) -> tuple[str, str, Any, int | None]:
    """What keraslint says of a layer."""
    return (row.name, row.class_name, row.outputs and row.outputs[0], row.params)
