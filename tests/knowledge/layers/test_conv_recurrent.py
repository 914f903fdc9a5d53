"""Convolutional LSTMs against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.knowledge.layers.nested import L, assert_nested_sound, check_nested, layer
from tests.knowledge.layers.oracle import T
from tests.knowledge.layers.recurrent_strategies import cell_options, flags, sequence_options
from tests.knowledge.layers.spatial_strategies import (
    counts,
    data_formats,
    inputs,
    keywords,
    mostly,
    paddings,
    sizes,
)

pytestmark = pytest.mark.oracle

X = T((None, 4, 8, 9, 3))


@pytest.mark.parametrize(
    ("args", "options"),
    [
        ((5, 3), {}),
        ((5, 3), {"return_sequences": True, "return_state": True}),
        ((5, (2, 3)), {"padding": "SAME", "strides": 2}),
        ((5, 3), {"dilation_rate": 2}),
        ((5, 3), {"dilation_rate": 2, "strides": 2}),
        ((5, 3), {"strides": 0}),
        ((5, 9), {}),
        ((5, (3, 3, 3)), {}),
        ((5, 3), {"data_format": "channels_first"}),
        ((5, 3), {"padding": "causal"}),
        ((0, 3), {}),
        ((-1, 3), {}),
        ((5.0, 3), {}),
        (("5", 3), {}),
        ((np.int64(5), 3), {}),
        ((True, 3), {}),
        ((5, 3), {"use_bias": False, "trainable": False}),
        ((5, 3), {"bias_initializer": None}),
        ((5, 3), {"unroll": True}),
        ((5, 3), {"stateful": True}),
        ((5, 3), {"implementation": 1}),
    ],
)
def test_arguments(args: tuple[Any, ...], options: dict[str, Any]) -> None:
    check_nested(layer("ConvLSTM2D", *args, **options), X)


@pytest.mark.parametrize(
    "shape",
    [
        (None, 8, 9, 3),
        (None, None, 8, 9, 3),
        (2, 4, 8, 9, 3),
        (None, 4, None, 9, 3),
        (None, 4, 8, 9, None),
    ],
)
def test_inputs(shape: tuple[int | None, ...]) -> None:
    check_nested(layer("ConvLSTM2D", 5, 3, return_sequences=True), T(shape))
    check_nested(layer("ConvLSTM2D", 5, 3, stateful=True), T(shape))
    check_nested(layer("Bidirectional", layer("ConvLSTM2D", 5, 3)), T(shape))


def test_a_list_is_refused() -> None:
    check_nested(layer("ConvLSTM2D", 5, 3), [X])


def conv_lstms(n: int) -> st.SearchStrategy[L]:
    """A ConvLSTM over n spatial axes."""
    options = keywords(
        strides=sizes(n),
        dilation_rate=mostly(st.just(1), sizes(n)),
        padding=paddings(),
        data_format=data_formats,
        unit_forget_bias=flags,
        **cell_options,
        **sequence_options,
    )
    return st.tuples(counts(), sizes(n), options).map(
        lambda made: L(f"ConvLSTM{n}D", made[:2], made[2])
    )


drawn = st.sampled_from((1, 2, 3)).flatmap(lambda n: st.tuples(conv_lstms(n), inputs(n + 3)))


@given(drawn)
def test_drawn(made: tuple[L, T]) -> None:
    check_nested(*made)


@settings(max_examples=50)
@given(drawn.filter(lambda made: "trainable" not in made[0].kwargs))
def test_both_directions_drawn(made: tuple[L, T]) -> None:
    check_nested(L("Bidirectional", made[:1], {}), made[1])


@given(drawn, st.data())
def test_knowing_less_is_never_wrong(made: tuple[L, T], data: st.DataObject) -> None:
    assert_nested_sound(made[0], made[1:], data)
