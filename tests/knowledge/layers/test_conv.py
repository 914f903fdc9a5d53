"""Convolutions against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers.nested import layer, our_answer, real_answer
from tests.knowledge.layers.oracle import T, check, check_again
from tests.knowledge.layers.spatial_strategies import Case, convolutions, inputs

pytestmark = pytest.mark.oracle

X1, X2, X3 = T((None, 10, 32)), T((None, 12, 11, 4)), T((None, 7, 6, 5, 4))

CASES: list[Case] = [
    ("Conv1D", X1, (64, 3), {"padding": "same"}),
    ("Convolution1D", X1, (64, 3), {}),
    ("Conv1D", X1, (64, 3), {"padding": "CAUSAL", "dilation_rate": 4}),
    ("Conv1D", X1, (64, 11), {}),
    ("Conv1D", X1, (64, 3), {"strides": 2, "dilation_rate": 2}),
    ("Conv1D", X1, (64, (3, 3)), {}),
    ("Conv1D", T((None, 256, 256, 3)), (64, 3), {}),
    ("Conv1D", T((None, None, 32)), (64, 3), {"strides": 2}),
    ("Conv1D", T((None, 10, None)), (64, 3), {}),
    ("Conv1D", T((5, 10, 32)), (64, 3), {"data_format": "channels_first"}),
    ("Conv2D", X2, (8, 3, 2, "same"), {}),
    ("Conv2D", X2, (8, (3, 5)), {"groups": 2, "activation": "relu"}),
    ("Conv2D", X2, (8, 3), {"groups": 3}),
    ("Conv2D", X2, (9, 3), {"groups": 3}),
    ("Conv2D", X2, (9, 3), {"padding": "causal"}),
    ("Conv2D", X2, (9, 3), {"padding": [1, 1]}),
    ("Conv2D", X2, (9.0, 3), {}),
    ("Conv2D", X2, (np.int64(9), 3), {}),
    ("Conv2D", X2, (9, np.int64(3)), {}),
    ("Conv2D", X2, (9, (np.int64(3), 3)), {}),
    ("Conv2D", X2, (9, (3.0, 3)), {}),
    ("Conv2D", X2, (9, 3), {"activation": "ReLU"}),
    ("Conv2D", X2, (9, 3), {"kernel_initializer": "he"}),
    ("Conv2D", X2, (9, 3), {"kernel_regularizer": "l1_l2"}),
    ("Conv2D", X2, (9, 3), {"kernel_constraint": "maxnorm"}),
    ("Conv2D", X2, (9, 3), {"use_bias": False, "trainable": False}),
    ("Conv2D", X2, (9, 3), {"lora_rank": 2}),
    ("Conv2D", X2, (9, 3), {"lora_rank": 2, "kernel_constraint": "max_norm"}),
    ("Conv2D", X2, (9, 3), {"lora_rank": 2.0}),
    ("Conv2D", X2, (9, 3), {"lora_rank": 0, "use_bias": False}),
    ("Conv2D", X2, (9, 3), {"border_mode": "same"}),
    ("Conv3D", X3, (8, 3), {"data_format": "channels_first"}),
    ("Conv3D", X3, (8, (2, 3, 1)), {"strides": (1, 2, 3)}),
    ("Conv1DTranspose", X1, (8, 3, 2), {}),
    ("Conv2DTranspose", X2, (8, 3, 2, "same"), {}),
    ("Conv2DTranspose", X2, (8, 2, 4), {}),
    ("Conv2DTranspose", X2, (8, 2, 4), {"output_padding": 3}),
    ("Conv2DTranspose", X2, (8, 2, 4), {"output_padding": 4}),
    ("Conv2DTranspose", X2, (8, 3, 2), {"output_padding": (1, 0), "padding": "same"}),
    ("Conv2DTranspose", X2, (8, 3), {"output_padding": 1}),
    ("Conv2DTranspose", X2, (8, 3), {"dilation_rate": 2}),
    ("Conv2DTranspose", X2, (8, 3), {"groups": 2}),
    ("Conv2DTranspose", T((None, 4, 4, 4, 4)), (8, 3), {}),
    ("Conv2DTranspose", T((None, None, None, 4)), (8, 3), {"strides": (2.0, 1)}),
    ("Conv2DTranspose", T((None, 4, None, 4)), (8, 3), {"strides": (2.0, 1)}),
    ("Conv3DTranspose", X3, (8, 3), {}),
    ("DepthwiseConv1D", X1, (3,), {"depth_multiplier": 2}),
    ("DepthwiseConv2D", X2, (3,), {"strides": 2, "dilation_rate": 2}),
    ("DepthwiseConv2D", X2, (3,), {"depth_multiplier": None}),
    ("DepthwiseConv2D", X2, (3,), {"kernel_initializer": "zeros"}),
    ("DepthwiseConv2D", X2, (13,), {}),
    ("SeparableConv1D", X1, (8, 3), {"depth_multiplier": 2}),
    ("SeparableConv1D", X1, (8, 3), {"padding": "causal"}),
    ("SeparableConv2D", X2, (8, 3, (2, 1)), {"use_bias": False}),
    ("SeparableConv2D", X2, (8, 3), {"depth_multiplier": 0}),
    ("SeparableConv2D", X2, (8,), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: T, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


def test_a_list_is_no_tensor() -> None:
    check("Conv2D", ([X2],), 8, 3)


@pytest.mark.parametrize("filters", [np.float16(2), np.float32(2), np.float64(2), 2.0])
@pytest.mark.parametrize("name", ["Conv1D", "SeparableConv1D", "Conv1DTranspose"])
def test_floats_are_refused_as_keras_does(name: str, filters: Any) -> None:
    made = layer(name, filters, 3)
    ours, real = (answer(made, (X1,), {}) for answer in (our_answer, real_answer))
    assert isinstance(ours, str) == isinstance(real, str), (ours, real)


@given(convolutions())
def test_any_convolution(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@given(convolutions(), st.data())
def test_another_input_later(drawn: Case, data: st.DataObject) -> None:
    name, x, args, kwargs = drawn
    dtype = data.draw(st.sampled_from(("float32", "float16", "int32")))
    assert isinstance(x.shape, tuple)
    later = data.draw(inputs(len(x.shape)))
    check_again(name, (T(x.shape, dtype), later), *args, **kwargs)
