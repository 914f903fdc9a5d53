"""Names of dtypes and their promotion against Keras."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.dtypes import ALL, FLOATS, INTEGERS, is_float, promote, standard

NUMBERS = (*FLOATS, *INTEGERS, "bool")


@pytest.mark.oracle
def test_promotion_of_two(keras: Any) -> None:
    for a, b in product(NUMBERS, NUMBERS):
        ours = promote(a, b)
        assert ours in (keras.backend.result_type(a, b), UNKNOWN), (a, b)


@pytest.mark.oracle
def test_promotion_of_three(keras: Any) -> None:
    for dtypes in product(("bool", "uint8", "int16", "int32", "float16", "bfloat16"), repeat=3):
        assert promote(*dtypes) == keras.backend.result_type(*dtypes), dtypes


def test_what_is_not_known_stays_unknown() -> None:
    assert promote("float32", UNKNOWN) is UNKNOWN
    assert promote("string", "float32") is UNKNOWN
    assert promote("string", "string") == "string"


@pytest.mark.oracle
def test_names(keras: Any) -> None:
    for name in ALL:
        assert keras.backend.standardize_dtype(name) == standard(name)
        assert is_float(name) == keras.backend.is_float_dtype(name)
    assert standard("int") == keras.backend.standardize_dtype("int")
    assert standard("float") is None
    with pytest.raises(ValueError, match="float"):
        keras.backend.standardize_dtype("float")
