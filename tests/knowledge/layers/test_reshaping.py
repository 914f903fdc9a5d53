"""Flatten, Reshape, Permute, RepeatVector against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from keraslint.tensors.specs import TensorSpec as T
from tests.knowledge.layers.core_strategies import Case, fitting_reshapes, reshapings
from tests.knowledge.layers.oracle import check

pytestmark = pytest.mark.oracle

X, STEPS = T((None, 4, 3)), T((None, None, 3))

CASES: list[Case] = [
    ("Flatten", X, (), {}),
    ("Flatten", X, ("channels_first",), {}),
    ("Flatten", X, ("NHWC",), {}),
    ("Flatten", STEPS, (), {}),
    ("Flatten", T((None,)), (), {}),
    ("Flatten", T(()), (), {}),
    ("Flatten", [X], (), {}),
    ("Reshape", X, ((12,),), {}),
    ("Reshape", X, ((2, 3, 2),), {}),
    ("Reshape", X, ([2, -1],), {}),
    ("Reshape", X, ((5, -1),), {}),
    ("Reshape", X, ((13,),), {}),
    ("Reshape", X, ((-1, -1),), {}),
    ("Reshape", X, ((-2, 6),), {}),
    ("Reshape", X, ((0, -1),), {}),
    ("Reshape", X, (12,), {}),
    ("Reshape", X, (None,), {}),
    ("Reshape", X, ((12.0,),), {}),
    ("Reshape", X, ((np.int64(12),),), {}),
    ("Reshape", X, ((None, 3),), {}),
    ("Reshape", X, ("ab",), {}),
    ("Reshape", STEPS, ((-1, 5),), {}),
    ("Reshape", STEPS, ((7, 5),), {}),
    ("Reshape", T((None, 1)), ((),), {}),
    ("Reshape", T((None,)), ((1,),), {}),
    ("Reshape", T((2, 4)), ((5,),), {}),
    ("Permute", X, ((2, 1),), {}),
    ("Permute", X, ((1, 2),), {}),
    ("Permute", X, ([2, 1],), {}),
    ("Permute", X, ((0, 1),), {}),
    ("Permute", X, ((1, 3),), {}),
    ("Permute", X, ((2.0, 1.0),), {}),
    ("Permute", X, ((3, 1, 2),), {}),
    ("Permute", X, (1,), {}),
    ("Permute", X, ("ab",), {}),
    ("RepeatVector", T((None, 3)), (5,), {}),
    ("RepeatVector", T((2, None)), (5,), {}),
    ("RepeatVector", X, (5,), {}),
    ("RepeatVector", T((None, 3)), (5.0,), {}),
    ("RepeatVector", T((None, 3)), (np.int64(5),), {}),
    ("RepeatVector", T((None, 3)), (True,), {}),
    ("RepeatVector", T((None, 3)), ((5,),), {}),
    ("RepeatVector", T((None, 3)), (0,), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(reshapings() | fitting_reshapes())
def test_any_reshaping(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)
