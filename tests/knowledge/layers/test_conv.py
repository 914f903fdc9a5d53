"""Convolutions against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.faults import FaultKind
from tests.knowledge.layers.oracle import T, ask_keraslint, check
from tests.knowledge.layers.spatial_strategies import (
    counts,
    data_formats,
    inputs,
    keywords,
    mostly,
    paddings,
    sizes,
    small,
)

pytestmark = pytest.mark.oracle

X1, X2, X3 = T((None, 10, 32)), T((None, 12, 11, 4)), T((None, 7, 6, 5, 4))

CASES: list[tuple[str, T, tuple[Any, ...], dict[str, Any]]] = [
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


weights = {
    "activation": mostly(st.sampled_from((None, "relu", print)), st.sampled_from(("ReLU", "", 1))),
    "use_bias": mostly(st.booleans(), st.sampled_from((None, 0, "no"))),
    "bias_initializer": mostly(
        st.sampled_from((None, "ones", "he_normal")), st.sampled_from(("he", 0))
    ),
    "bias_regularizer": mostly(st.sampled_from((None, "l2")), st.sampled_from(("l1_l2", 0.1))),
    "bias_constraint": mostly(st.sampled_from((None, "max_norm")), st.sampled_from(("maxnorm", 2))),
}


@st.composite
def convolutions(draw: st.DrawFn) -> tuple[str, T, tuple[Any, ...], dict[str, Any]]:
    kind = draw(st.sampled_from(("Conv", "Transpose", "Depthwise", "Separable")))
    n = draw(st.integers(1, 3 if kind in ("Conv", "Transpose") else 2))
    options = {
        "strides": sizes(n),
        "dilation_rate": sizes(n),
        "padding": paddings("causal") if n == 1 else paddings(),
        "data_format": data_formats,
        **weights,
    }
    args: tuple[Any, ...] = (draw(counts()), draw(sizes(n)))
    name = f"Conv{n}D"
    if kind == "Conv":
        options["groups"] = mostly(st.integers(1, 3), st.sampled_from((0, -1, 2.0, None, "2")))
    elif kind == "Transpose":
        name += "Transpose"
        options["output_padding"] = st.none() | sizes(n, st.integers(0, 3))
    else:
        name = kind + name
        options["depth_multiplier"] = counts()
        if kind == "Depthwise":
            args = args[1:]
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=5))
    kwargs = draw(keywords(**{key: options[key] for key in sorted(chosen)}))
    return name, draw(inputs(n + 2)), args, kwargs


@given(convolutions())
def test_any_convolution(drawn: tuple[str, T, tuple[Any, ...], dict[str, Any]]) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)
