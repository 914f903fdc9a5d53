"""Automatic names against those of Keras."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.naming import automatic_name


@pytest.mark.parametrize(
    ("class_name", "name"),
    [
        ("Conv2D", "conv2d"),
        ("MaxPooling2D", "max_pooling2d"),
        ("ReLU", "re_lu"),
        ("PReLU", "p_re_lu"),
        ("ConvLSTM2D", "conv_lstm2d"),
        ("STFTSpectrogram", "stft_spectrogram"),
        ("Conv2DTranspose", "conv2d_transpose"),
        ("GetItem", "get_item"),
        ("InputLayer", "input_layer"),
        ("Functional", "functional"),
        ("_Private", "__private"),
    ],
)
def test_known_names(class_name: str, name: str) -> None:
    assert automatic_name(class_name) == name


@pytest.mark.oracle
def test_every_layer(keras: Any) -> None:
    snake = importlib.import_module("keras.src.utils.naming").to_snake_case
    classes = [value for value in vars(keras.layers).values() if inspect.isclass(value)]
    assert len(classes) > 100
    for cls in classes:
        assert automatic_name(cls.__name__) == snake(cls.__name__)


@pytest.mark.oracle
def test_real_layers_have_these_names(keras: Any) -> None:
    keras.backend.clear_session()
    layers = [keras.layers.ReLU(), keras.layers.MaxPool2D(), keras.layers.InputLayer((3,))]
    assert [layer.name for layer in layers] == ["re_lu", "max_pooling2d", "input_layer"]


@pytest.mark.oracle
@given(st.from_regex("[A-Za-z_][A-Za-z0-9_]{0,12}", fullmatch=True))
def test_any_class_name(class_name: str) -> None:
    snake = importlib.import_module("keras.src.utils.naming").to_snake_case
    assert automatic_name(class_name) == snake(class_name)
