"""Padding, cropping and upsampling against the real layers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers.oracle import T, check, check_again
from tests.knowledge.layers.spatial_strategies import Case, inputs, resizings

pytestmark = pytest.mark.oracle

X1, X2, X3 = T((None, 10, 32)), T((None, 12, 11, 4)), T((None, 7, 6, 5, 4))

CASES: list[Case] = [
    ("ZeroPadding1D", X1, (), {}),
    ("ZeroPadding1D", X1, ((1, 2),), {}),
    ("ZeroPadding1D", X1, (-1,), {}),
    ("ZeroPadding1D", X1, (1,), {"data_format": "channels_first"}),
    ("ZeroPadding2D", X2, (), {}),
    ("ZeroPadding2D", X2, (3,), {"data_format": "channels_first"}),
    ("ZeroPadding2D", X2, ((1, 2),), {}),
    ("ZeroPadding2D", X2, (((1, 2), (3, 4)),), {}),
    ("ZeroPadding2D", X2, ((1, 2, 3),), {}),
    ("ZeroPadding2D", X2, (((1, 2, 3), 4),), {}),
    ("ZeroPadding2D", X2, (-3,), {}),
    ("ZeroPadding2D", X2, (-9,), {}),
    ("ZeroPadding2D", X2, ((-3, 1),), {}),
    ("ZeroPadding2D", X2, (((1.0, 2), 1),), {}),
    ("ZeroPadding2D", T((None, None, 4, 3)), (((1.0, 2), 1),), {}),
    ("ZeroPadding2D", X2, ("11",), {}),
    ("ZeroPadding2D", X1, (), {}),
    ("ZeroPadding2D", X2, (), {"size": 2}),
    ("ZeroPadding3D", X3, (), {}),
    ("ZeroPadding3D", X3, ((1, (0, 2), 3),), {}),
    ("Cropping1D", X1, (), {}),
    ("Cropping1D", X1, (5,), {}),
    ("Cropping1D", T((None, None, 3)), (5,), {}),
    ("Cropping1D", X1, (), {"data_format": "channels_last"}),
    ("Cropping2D", X2, (), {}),
    ("Cropping2D", X2, (-1,), {}),
    ("Cropping2D", X2, (((5, 5), 1),), {}),
    ("Cropping2D", X2, ((1, (5, 6)),), {}),
    ("Cropping2D", X2, (None,), {}),
    ("Cropping3D", X3, (), {}),
    ("Cropping3D", X3, ((1, 1),), {}),
    ("UpSampling1D", X1, (), {}),
    ("UpSampling1D", X1, (True,), {}),
    ("UpSampling1D", X1, ((2,),), {}),
    ("UpSampling1D", X1, (0,), {}),
    ("UpSampling1D", T((None, None, None)), (3,), {}),
    ("UpSampling2D", X2, (), {}),
    ("UpSampling2D", X2, ((2, 3),), {"interpolation": "bilinear"}),
    ("UpSampling2D", X2, ((2.0, 3),), {}),
    ("UpSampling2D", X2, (2,), {"interpolation": "anything"}),
    ("UpSampling2D", X2, (2,), {"interpolation": None}),
    ("UpSampling3D", X3, (2,), {"data_format": "channels_first"}),
    ("UpSampling3D", X3, (2,), {"interpolation": "nearest"}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: T, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(resizings())
def test_any_resizing(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@given(resizings(), st.data())
def test_another_input_later(drawn: Case, data: st.DataObject) -> None:
    name, x, args, kwargs = drawn
    dtype = data.draw(st.sampled_from(("float32", "float16", "int32")))
    assert isinstance(x.shape, tuple)
    later = data.draw(inputs(len(x.shape)))
    check_again(name, (T(x.shape, dtype), later), *args, **kwargs)
