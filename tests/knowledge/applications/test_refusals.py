"""What the functions refuse, as real Keras does."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from keraslint.knowledge.applications import blueprint
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.values import Callable_
from keraslint.tensors.specs import TensorSpec
from tests.knowledge.applications.oracle import Reality, refuses

SMALL: dict[str, Any] = {"weights": None, "input_shape": (96, 96, 3)}
BARE: dict[str, Any] = {**SMALL, "include_top": False}
IMAGENET: dict[str, Any] = {"weights": "imagenet"}

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("VGG16", {"weights": "ImageNet"}, "weights"),
    ("VGG16", {"weights": ""}, "weights"),
    ("VGG16", {"weights": "none"}, "weights"),
    ("VGG16", {"weights": ["imagenet"]}, "weights"),
    ("VGG16", {"weights": 1.0}, "weights"),
    ("ResNet50", {**IMAGENET, "classes": 10}, "classes"),
    ("ResNet50", {**IMAGENET, "classes": None}, "classes"),
    ("ResNet50", {**IMAGENET, "input_shape": (200, 200, 3)}, "input_shape"),
    ("ResNet50", {**IMAGENET, "input_shape": [224, 224, 3]}, "input_shape"),
    ("ResNet50", {**IMAGENET, "include_top": False, "input_shape": (200, 200, 1)}, "input_shape"),
    ("ResNet50", {**IMAGENET, "classifier_activation": "sigmoid"}, "classifier_activation"),
    ("ResNet50", {**SMALL, "classifier_activation": "sofmax"}, "classifier_activation"),
    ("ResNet50", {**SMALL, "classes": 2.0}, "classes"),
    ("ResNet50", {**SMALL, "classes": 0}, "classes"),
    ("ResNet50", {**SMALL, "name": "a/b"}, "name"),
    ("ResNet50", {"weights": None, "input_shape": (None, None, 3)}, "input_shape"),
    ("ResNet50", {"weights": None, "input_shape": (96, 96)}, "input_shape"),
    ("ResNet50", {"weights": None, "input_shape": (1, 96, 96, 3)}, "input_shape"),
    ("ResNet50", {"weights": None, "input_shape": 96}, "input_shape"),
    ("ResNet50", {"weights": None, "input_shape": (96.0, 96.0, 3)}, "input_shape"),
    ("ResNet50", {**BARE, "input_shape": (31, 96, 3)}, "input_shape"),
    ("ResNet50", {**BARE, "input_tensor": 5}, "input_tensor"),
    ("ResNet50", {**BARE, "input_tensor": [1]}, "input_tensor"),
    ("InceptionV3", {**BARE, "input_shape": (74, 75, 3)}, "input_shape"),
    ("Xception", {**BARE, "input_shape": (70, 75, 3)}, "input_shape"),
    ("MobileNet", {**BARE, "alpha": 0.01}, "alpha"),
    ("MobileNet", {**BARE, "alpha": "1"}, "alpha"),
    ("MobileNet", {**BARE, "alpha": None}, "alpha"),
    ("MobileNet", {**BARE, "depth_multiplier": 0}, "depth_multiplier"),
    ("MobileNet", {**SMALL, "dropout": 2}, "dropout"),
    ("MobileNet", {**SMALL, "classes": 0}, "classes"),
    ("MobileNet", {**IMAGENET, "alpha": 0.3}, "alpha"),
    ("MobileNet", {**IMAGENET, "depth_multiplier": 2}, "depth_multiplier"),
    ("MobileNet", {**BARE, "input_shape": (96,)}, "input_shape"),
    ("MobileNetV2", {**IMAGENET, "alpha": 1.1}, "alpha"),
    ("MobileNetV2", {**BARE, "input_tensor": TensorSpec((None, 96, 80, 3))}, "input_shape"),
    ("MobileNetV2", {**BARE, "input_tensor": TensorSpec((None, 96, None, 3))}, "input_shape"),
    ("MobileNetV3Small", {**IMAGENET, "alpha": 0.5}, "alpha"),
    ("MobileNetV3Small", {**IMAGENET, "alpha": 0.75, "minimalistic": True}, "alpha"),
    ("MobileNetV3Small", {**BARE, "input_shape": (31, 31, 3)}, "input_shape"),
    ("MobileNetV3Small", {"weights": None, "dropout_rate": 1.5}, "dropout_rate"),
    ("MobileNetV3Small", {"weights": None, "dropout_rate": "0.5"}, "dropout_rate"),
    (
        "NASNetMobile",
        {**IMAGENET, "include_top": False, "input_shape": (None, 80, 3)},
        "input_shape",
    ),
    ("EfficientNetB0", {**IMAGENET, "include_top": False, "name": None}, "name"),
    ("EfficientNetV2B0", {**BARE, "name": "backbone"}, "name"),
    ("ConvNeXtTiny", {**BARE, "name": None}, "name"),
    ("ConvNeXtTiny", {**IMAGENET, "include_top": False, "name": "backbone"}, "name"),
]

TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("VGG16", {**IMAGENET, "include_top": False, "classes": 10, "input_shape": [64, 64, 3]}),
    ("VGG16", {**BARE, "input_shape": ()}),
    ("VGG16", {**BARE, "input_shape": (32, None, 7), "pooling": "median", "classes": None}),
    ("VGG16", {**SMALL, "classifier_activation": None, "classes": True}),
    ("VGG16", {**BARE, "classifier_activation": "sofmax", "name": ""}),
    ("VGG16", {**BARE, "input_shape": (99, 99, 3), "input_tensor": TensorSpec((None, 64, 64, 1))}),
    ("VGG16", {**IMAGENET, "classifier_activation": "linear"}),
    ("VGG16", {**IMAGENET, "classes": 1000.0, "include_top": 0}),
    ("MobileNet", {**SMALL, "input_shape": [128, 128, 3], "alpha": True}),
    ("MobileNetV2", {**BARE, "alpha": -3}),
    ("ConvNeXtTiny", {**IMAGENET, "include_top": False, "name": "my_convnext_tiny"}),
]


@pytest.mark.oracle
@pytest.mark.parametrize(("name", "options", "blamed"), REFUSED)
def test_what_keras_refuses_is_a_fault(
    name: str,
    options: dict[str, Any],
    blamed: str,
    keras: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert Reality(keras, monkeypatch).refuses(name, **options)
    with pytest.raises(Fault) as caught:
        blueprint(name, options)
    assert caught.value.argument == blamed


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore::UserWarning:keras")
@pytest.mark.parametrize(("name", "options"), TAKEN)
def test_what_keras_takes_is_no_fault(
    name: str, options: dict[str, Any], keras: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Reality(keras, monkeypatch).refuses(name, **options) == ""
    assert refuses(name, **options) == ""


@pytest.mark.oracle
def test_one_known_dim_before_a_dynamic_one_is_refused(
    keras: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MobileNetV2", "MobileNetV3Large", "NASNetMobile", "EfficientNetB0"):
        options = {**BARE, "input_shape": (96, None, 3)}
        assert Reality(keras, monkeypatch).refuses(name, **options)
        assert refuses(name, **options)


def test_a_file_of_weights_may_exist() -> None:
    for path in ("weights.h5", "models/best.keras", "gs://bucket/weights.h5"):
        assert refuses("MobileNet", weights=path) == ""


def test_weights_from_a_file_bind_the_activation_too() -> None:
    for activation in ("relu", Callable_("keras.activations.relu")):
        with pytest.raises(Fault) as caught:
            blueprint("MobileNet", {"weights": "w.h5", "classifier_activation": activation})
        assert caught.value.argument == "classifier_activation"
    for taken in (None, "softmax", Callable_("keras.activations.softmax"), Callable_("mine")):
        assert refuses("MobileNet", weights="w.h5", classifier_activation=taken) == ""


def test_the_name_of_a_function_must_be_known() -> None:
    with pytest.raises(LookupError):
        blueprint("VGG17", {})
