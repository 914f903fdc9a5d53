"""Pooling against the real layers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers.oracle import T, check, check_again
from tests.knowledge.layers.spatial_strategies import Case, inputs, poolings

pytestmark = pytest.mark.oracle

X1, X2, X3 = T((None, 10, 32)), T((None, 12, 11, 4)), T((None, 7, 6, 5, 4))

CASES: list[Case] = [
    ("MaxPooling1D", X1, (), {}),
    ("MaxPool1D", X1, (3,), {"padding": "same"}),
    ("MaxPooling1D", X1, (3,), {"padding": "SAME"}),
    ("MaxPooling1D", X1, (11,), {}),
    ("MaxPooling1D", X1, (3, 0), {}),
    ("MaxPooling1D", X2, (2,), {}),
    ("MaxPooling2D", X2, ((2, 3),), {"strides": (1, 2)}),
    ("MaxPooling2D", X2, ((2, 3, 1),), {}),
    ("MaxPooling2D", X2, (2, (2.0, 2)), {}),
    ("MaxPooling2D", X2, (2.0,), {}),
    ("MaxPooling2D", X2, (), {"data_format": "channels_first"}),
    ("MaxPooling2D", X2, (), {"data_format": "first"}),
    ("MaxPooling2D", X2, (), {"padding": ["same"]}),
    ("MaxPooling2D", T((None, None, 5, None)), (), {}),
    ("MaxPooling2D", X2, (), {"pool_length": 2}),
    ("MaxPool3D", X3, (), {}),
    ("AveragePooling1D", X1, (), {}),
    ("AvgPool1D", X1, (2,), {}),
    ("AveragePooling2D", X2, (2, 3, "same"), {}),
    ("AvgPool2D", X2, (2, 3, "full"), {}),
    ("AveragePooling3D", X3, (2, 3), {}),
    ("GlobalMaxPooling1D", X1, (), {}),
    ("GlobalMaxPool1D", X2, (), {}),
    ("GlobalAveragePooling1D", X1, (), {"keepdims": True}),
    ("GlobalAveragePooling2D", X2, ("channels_first",), {}),
    ("GlobalAvgPool2D", X2, (), {"keepdims": 1, "data_format": "CHANNELS_FIRST"}),
    ("GlobalMaxPooling3D", X3, (), {}),
    ("GlobalAveragePooling3D", T((None, None, None, None, None)), (), {}),
    ("GlobalAveragePooling2D", X2, (2,), {}),
    ("AdaptiveAveragePooling1D", X1, (4,), {}),
    ("AdaptiveAveragePooling2D", X2, (4,), {}),
    ("AdaptiveAveragePooling2D", X1, ((4, 3),), {}),
    ("AdaptiveAveragePooling2D", X2, ((4, 3, 2),), {}),
    ("AdaptiveAveragePooling2D", X2, ((4, None),), {}),
    ("AdaptiveAveragePooling2D", X2, ((4, -1),), {}),
    ("AdaptiveMaxPooling2D", X2, (4.0,), {}),
    ("AdaptiveMaxPooling2D", X2, ((4.0, 1),), {}),
    ("AdaptiveMaxPooling3D", X3, (4,), {"data_format": "channels_first"}),
    ("AdaptiveMaxPooling3D", X3, (4,), {"data_format": "Channels_First"}),
    ("AdaptiveMaxPooling1D", X1, (4, ""), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: T, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(poolings())
def test_any_pooling(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@given(poolings(), st.data())
def test_another_input_later(drawn: Case, data: st.DataObject) -> None:
    name, x, args, kwargs = drawn
    dtype = data.draw(st.sampled_from(("float32", "float16", "int32")))
    assert isinstance(x.shape, tuple)
    later = data.draw(inputs(len(x.shape)))
    check_again(name, (T(x.shape, dtype), later), *args, **kwargs)
