"""Layers that merge a list of tensors against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.base import Call
from keraslint.knowledge.layers.merging import DEFAULTS, FUNCTIONS, Add
from keraslint.tensors.specs import TensorSpec as T
from tests.knowledge.layers.core_strategies import Case, merges
from tests.knowledge.layers.oracle import check

pytestmark = pytest.mark.oracle

A, B, C = T((None, 4, 3)), T((None, 4, 5)), T((2, 4, 3))

CASES: list[Case] = [
    ("Add", [A, A], (), {}),
    ("Add", (A, A, A), (), {}),
    ("Add", [A], (), {}),
    ("Add", A, (), {}),
    ("Add", {"a": A, "b": A}, (), {}),
    ("Add", [A, B], (), {}),
    ("Add", [A, C], (), {}),
    ("Add", [C, T((3, 4, 3))], (), {}),
    ("Add", [A, T((None, 1, 3))], (), {}),
    ("Add", [A, T((None, None, 3))], (), {}),
    ("Add", [A, T((None, 3))], (), {}),
    ("Add", [A, T((None, 4))], (), {}),
    ("Add", [A, T((None,))], (), {}),
    ("Add", [A, T(())], (), {}),
    ("Add", [A, [A, A]], (), {}),
    ("Subtract", [A, A], (), {}),
    ("Subtract", [A, A, A], (), {}),
    ("Subtract", [A], (), {}),
    ("Average", [A, A], (), {}),
    ("Multiply", [A, T((None, 1, 1))], (), {}),
    ("Maximum", [A, B], (), {}),
    ("Minimum", [A, A], (), {"dtype": "float16"}),
    ("Concatenate", [A, B], (), {}),
    ("Concatenate", [A, A], (1,), {}),
    ("Concatenate", [A, B], (1,), {}),
    ("Concatenate", [A, A], (3,), {}),
    ("Concatenate", [A, A], (-4,), {}),
    ("Concatenate", [A], (3,), {}),
    ("Concatenate", [A, A], (0,), {}),
    ("Concatenate", [A, T((None, 3))], (), {}),
    ("Concatenate", [A, T((None, None, 5))], (), {}),
    ("Concatenate", [A, T((None, 4, None))], (), {}),
    ("Concatenate", [A, A], (None,), {}),
    ("Concatenate", [A, A], (np.int64(1),), {}),
    ("Concatenate", A, (), {}),
    ("Dot", [A, A], (1,), {}),
    ("Dot", [A, B], (1,), {}),
    ("Dot", [A, B], (2,), {}),
    ("Dot", [A, A], (-1,), {"normalize": True}),
    ("Dot", [A, A], ((1, 1),), {}),
    ("Dot", [A, A], ((1, 2),), {}),
    ("Dot", [A, A], ((1, 2, 1),), {}),
    ("Dot", [A, A], (1.0,), {}),
    ("Dot", [A, A], (-5,), {}),
    ("Dot", [A, A], (5,), {}),
    ("Dot", [T((None, 3)), T((None, 3))], (1,), {}),
    ("Dot", [A, T((None, None, 3))], (1,), {}),
    ("Dot", [A, A, A], (1,), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(merges())
def test_any_merge(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


def test_a_mismatch_names_the_inputs_and_the_axis() -> None:
    layer = construct(Add, (), {})
    with pytest.raises(Fault) as caught:
        layer(Call(([A, T((None, 1, 3)), B],), {}))
    fault = caught.value
    assert (fault.input, fault.facts["other"], fault.axis) == (2, 0, -1)
    assert (fault.found, fault.expected) == (B.shape, A.shape)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_build_the_layer(keras: Any, name: str) -> None:
    x = keras.Input((3, 3))
    result = getattr(keras.layers, name)([x, x])
    assert type(result._keras_history.operation).__name__ == FUNCTIONS[name]
    for argument, value in DEFAULTS.get(name, {}).items():
        assert getattr(result._keras_history.operation, argument) == value
