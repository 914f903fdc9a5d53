"""Functions of `keras.ops`, operators and slices against the real ones, on drawn arguments."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keraslint.knowledge.ops.items import item
from keraslint.knowledge.ops.operators import binary, unary
from keraslint.tensors.specs import TensorSpec
from tests.knowledge.layers.as_values import as_value
from tests.knowledge.ops.oracle import agree, answer, ask, check, is_exact, is_refusal, symbolic
from tests.knowledge.ops.strategies import FAMILIES, Call, keys, similar, tensors

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize("family", FAMILIES)
def test_any_call(family: str) -> None:
    @given(FAMILIES[family]())
    def agrees(call: Call) -> None:
        name, args, kwargs = call
        check(name, *args, **kwargs)

    agrees()


@given(tensors, keys)
@example(TensorSpec((2,)), (slice(0, None, -1),))
@example(TensorSpec((2,)), (slice(None, None, -1),))
def test_slices_of_symbolic_tensors(x: TensorSpec, key: Any) -> None:
    theirs = ask(lambda: symbolic(x)[key])
    ours = answer(lambda: item(x, key))
    assert agree(ours, theirs), (x, key, ours, theirs)
    assert is_refusal(ours) or is_exact(ours)


@given(tensors.filter(lambda x: isinstance(x.shape, tuple) and None not in x.shape), keys)
def test_slices_of_arrays(x: TensorSpec, key: Any) -> None:
    def real() -> Any:
        return np.zeros(x.shape, "float32")[key]

    theirs = ask(real)
    ours = answer(lambda: item(TensorSpec(x.shape), key, lenient=True))
    if is_refusal(theirs):
        return
    assert not is_refusal(ours), (x, key, ours, theirs)
    assert agree(ours, theirs), (x, key, ours, theirs)


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "@": operator.matmul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "!=": operator.ne,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
}

others: st.SearchStrategy[Any] = st.sampled_from(
    (2, 2.0, True, None, "a", [1, 2], (1.0,), np.ones((3,), "float32"), np.float32(2))
)


@given(st.sampled_from(sorted(OPERATORS)), similar(2), others, st.integers(0, 3))
def test_binary_operators(sign: str, pair: list[TensorSpec], other: Any, place: int) -> None:
    left: Any = other if place == 1 else pair[0]
    right: Any = other if place == 2 else pair[1]
    theirs = ask(lambda: OPERATORS[sign](symbolic(left), symbolic(right)))
    ours = answer(lambda: binary(sign, as_value(left), as_value(right)))
    assert agree(ours, theirs), (sign, left, right, ours, theirs)


@pytest.mark.parametrize("x", [TensorSpec((None, 3)), TensorSpec((2,), "bool")])
@pytest.mark.parametrize(
    ("sign", "function"),
    [("-", operator.neg), ("abs", abs), ("~", operator.invert), ("round", round)],
)
def test_unary_operators(sign: str, function: Callable[[Any], Any], x: TensorSpec) -> None:
    ours = answer(lambda: unary(sign, x))
    assert agree(ours, ask(lambda: function(symbolic(x))))
    assert is_exact(ours)


def test_equality_of_symbolic_tensors_is_identity() -> None:
    x = TensorSpec((None, 3))
    assert not is_exact(binary("==", x, x))
    assert is_exact(binary("==", x, x, lenient=True))
