"""Layers that leave shapes alone against the real ones: activations, dropout, masking."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from keraslint.tensors.specs import TensorSpec as T
from tests.knowledge.layers.core_strategies import Case, activations, noises, unchanged
from tests.knowledge.layers.oracle import check

pytestmark = pytest.mark.oracle

X, STEPS, IMAGE = T((None, 8)), T((None, 5, 8)), T((None, 5, 6, 3))

CASES: list[Case] = [
    ("Activation", X, ("relu",), {}),
    ("Activation", X, ("ReLU",), {}),
    ("Activation", X, (), {}),
    ("Activation", X, (len,), {}),
    ("ReLU", X, (6.0,), {}),
    ("ReLU", X, (-1,), {}),
    ("ReLU", X, (), {"threshold": None}),
    ("ReLU", [X, X], (), {}),
    ("ReLU", {"a": X, "b": STEPS}, (), {}),
    ("LeakyReLU", X, (), {"alpha": 0.2}),
    ("LeakyReLU", X, (), {"alpha": -0.2}),
    ("LeakyReLU", X, (None,), {}),
    ("LeakyReLU", X, (np.float32(0.1),), {}),
    ("ELU", X, ("one",), {}),
    ("Softmax", X, (7,), {}),
    ("PReLU", IMAGE, (), {}),
    ("PReLU", [IMAGE], (), {}),
    ("PReLU", IMAGE, (), {"shared_axes": [1, 2]}),
    ("PReLU", IMAGE, (), {"shared_axes": 3}),
    ("PReLU", IMAGE, (), {"shared_axes": [4]}),
    ("PReLU", IMAGE, (), {"shared_axes": ["a"]}),
    ("PReLU", T((None, None, 3)), (), {}),
    ("PReLU", T((None, None, 3)), (), {"shared_axes": [1]}),
    ("Dropout", X, (0.5,), {}),
    ("Dropout", X, (1,), {}),
    ("Dropout", X, (1.5,), {}),
    ("Dropout", X, (-0.1,), {}),
    ("Dropout", X, ("0.5",), {}),
    ("Dropout", X, (None,), {}),
    ("Dropout", X, (), {}),
    ("Dropout", X, (np.float32(0.5),), {}),
    ("Dropout", X, (0.5,), {"noise_shape": (None, 1)}),
    ("Dropout", X, (0.5,), {"noise_shape": (None, 0)}),
    ("Dropout", X, (0.5,), {"noise_shape": "ab"}),
    ("Dropout", X, (0.5,), {"noise_shape": 3}),
    ("Dropout", X, (0.5,), {"seed": 1.5}),
    ("Dropout", X, (0,), {"seed": 1.5}),
    ("AlphaDropout", X, (0.5,), {"noise_shape": "ab"}),
    ("GaussianDropout", X, (2,), {}),
    ("GaussianNoise", X, (0.1,), {}),
    ("GaussianNoise", X, (1.1,), {}),
    ("SpatialDropout1D", STEPS, (0.5,), {}),
    ("SpatialDropout1D", IMAGE, (0.5,), {}),
    ("SpatialDropout1D", STEPS, (0.5,), {"trainable": True}),
    ("SpatialDropout2D", IMAGE, (0.5, "channels_first"), {}),
    ("SpatialDropout2D", IMAGE, (0.5, "NCHW"), {}),
    ("SpatialDropout3D", IMAGE, (0.5,), {}),
    ("Identity", [X, STEPS], (), {}),
    ("Masking", STEPS, (), {}),
    ("Rescaling", IMAGE, (1 / 255,), {}),
    ("Rescaling", IMAGE, (), {}),
    ("ActivityRegularization", X, (0.1,), {}),
    ("ActivityRegularization", X, (-0.1,), {}),
    ("ActivityRegularization", X, (float("nan"),), {}),
    ("ActivityRegularization", X, (np.int64(1),), {}),
    ("ActivityRegularization", X, (np.float64(1),), {}),
    ("ActivityRegularization", X, (), {"activity_regularizer": None}),
    ("Lambda", X, (len,), {"output_shape": (3, None)}),
    ("Lambda", X, (len,), {"output_shape": ()}),
    ("Lambda", X, (len,), {"output_shape": [3]}),
    ("Lambda", X, (len,), {"output_shape": 3}),
    ("Lambda", X, (len,), {"output_shape": 1.5}),
    ("Lambda", X, ("relu",), {"output_shape": (3,)}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(activations())
def test_any_activation(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@given(noises() | unchanged())
def test_any_other(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)
