"""Every layer of the pretrained models, as real Keras builds them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from keraslint.tensors.specs import TensorSpec
from tests.knowledge.applications.oracle import Reality, build

TOP: dict[str, Any] = {"input_shape": (97, 130, 1), "classes": 7, "classifier_activation": None}
AVERAGE: dict[str, Any] = {"include_top": False, "pooling": "avg", "input_shape": (None, None, 3)}
MAXIMUM: dict[str, Any] = {"include_top": False, "pooling": "max", "input_shape": (75, 101, 4)}
OTHER: dict[str, Any] = {"include_top": False, "pooling": "average", "input_shape": (96, 96, 3)}
TENSOR: dict[str, Any] = {"include_top": False, "input_tensor": TensorSpec((2, 96, 80, 3))}
PRETRAINED: dict[str, Any] = {"weights": "imagenet"}
NO_TOP: dict[str, Any] = {**PRETRAINED, "include_top": False}

CASES: list[tuple[str, dict[str, Any]]] = [
    *(("VGG16", options) for options in (TOP, AVERAGE, TENSOR, {"name": "mine"})),
    ("VGG19", MAXIMUM),
    *(("ResNet50", options) for options in (TOP, AVERAGE, TENSOR)),
    *(("ResNet50V2", options) for options in (TOP, MAXIMUM, PRETRAINED)),
    *(("InceptionV3", options) for options in (TOP, MAXIMUM)),
    ("InceptionResNetV2", AVERAGE),
    *(("Xception", options) for options in (TOP, MAXIMUM)),
    *(("MobileNet", options) for options in (TOP, OTHER, TENSOR, PRETRAINED, NO_TOP)),
    ("MobileNet", {"alpha": 0.25, "depth_multiplier": 2, "input_shape": (160, 160, 3)}),
    ("MobileNet", {**NO_TOP, "alpha": 0.5, "input_shape": (128, 128, 3)}),
    *(("MobileNetV2", options) for options in (TOP, AVERAGE, TENSOR, NO_TOP)),
    ("MobileNetV2", {"alpha": 1.4, "input_shape": (128, 128, 3)}),
    ("MobileNetV2", {"alpha": 0.35, "input_shape": (96, 96, 3), "include_top": False}),
    ("MobileNetV2", {"alpha": 0, "input_shape": (64, 64, 3), "name": "thin"}),
    *(("MobileNetV3Small", options) for options in (TOP, MAXIMUM, TENSOR, PRETRAINED)),
    ("MobileNetV3Small", {"minimalistic": True, "alpha": 1.5, "dropout_rate": 0}),
    ("MobileNetV3Large", {"include_preprocessing": False, "alpha": 0.75, **AVERAGE}),
    *(("DenseNet121", options) for options in (TOP, AVERAGE)),
    *(("NASNetMobile", options) for options in (TOP, NO_TOP)),
    *(("EfficientNetB0", options) for options in (TOP, AVERAGE, NO_TOP)),
    ("EfficientNetB3", OTHER),
    *(("EfficientNetV2B0", options) for options in (TOP, OTHER)),
    ("EfficientNetV2B3", MAXIMUM),
    ("EfficientNetV2B3", {"name": "efficientnetv2-b0", **NO_TOP}),
    ("EfficientNetV2S", {"include_preprocessing": False, **AVERAGE}),
    *(("ConvNeXtTiny", options) for options in (TOP, MAXIMUM, TENSOR)),
    ("ConvNeXtTiny", {"include_preprocessing": False, "weights": "imagenet"}),
]


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore::UserWarning:keras", "ignore:`input_shape` is undefined")
@pytest.mark.parametrize(("name", "options"), CASES)
def test_a_model_has_the_layers_that_keras_gives_it(
    name: str, options: dict[str, Any], keras: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"weights": None, **options}
    found_name, found = build(name, **options)
    real_name, real = Reality(keras, monkeypatch).build(name, **options)
    assert found_name == real_name
    assert {part.name: part for part in found} == {part.name: part for part in real}
    assert len(found) == len(real)
