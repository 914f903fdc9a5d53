"""A layer that is built checks its next input as the real one does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.base import Call
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.specs import TensorSpec, flatten, map_nest
from tests.knowledge.layers.core_strategies import tensors

pytestmark = pytest.mark.oracle

LAYERS: list[tuple[str, dict[str, Any]]] = [
    ("Dense", {"units": 2}),
    ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 3}),
    ("Embedding", {"input_dim": 5, "output_dim": 2}),
    ("BatchNormalization", {}),
    ("BatchNormalization", {"axis": 1}),
    ("LayerNormalization", {}),
    ("LayerNormalization", {"axis": [1, 2]}),
    ("GroupNormalization", {"groups": 1}),
    ("GroupNormalization", {"groups": -1, "axis": 1}),
    ("RMSNormalization", {"axis": 1}),
    ("PReLU", {}),
    ("PReLU", {"shared_axes": [1]}),
    ("Reshape", {"target_shape": (-1, 2)}),
    ("Flatten", {}),
]


@given(st.sampled_from(LAYERS), tensors, tensors)
def test_second_call(keras: Any, drawn: tuple[str, dict[str, Any]], x: Any, y: Any) -> None:
    name, kwargs = drawn
    cls = find(name)
    assert cls is not None
    ours, real = construct(cls, (), kwargs), getattr(keras.layers, name)(**kwargs)
    assume(apply_real(keras, real, x) is not None)
    assert apply_ours(ours, x) == apply_real(keras, real, x)
    assert apply_ours(ours, y) == apply_real(keras, real, y), (name, kwargs, x, y)


def apply_ours(layer: Any, x: TensorSpec) -> Any:
    """The output shapes, `None` for a refusal."""
    try:
        return [leaf.shape for leaf in flatten(layer(Call((x,), {})))]
    except Fault:
        return None


def apply_real(keras: Any, layer: Any, x: TensorSpec) -> Any:
    """The same of the real layer."""

    def symbolic(leaf: TensorSpec) -> Any:
        return keras.KerasTensor(leaf.shape, dtype=leaf.dtype)

    try:
        output = layer(map_nest(symbolic, x))
    except (ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError):
        return None
    return [tuple(leaf.shape) for leaf in keras.tree.flatten(output)]
