"""Normalization layers against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.specs import TensorSpec as T
from tests.knowledge.layers.core_strategies import Case, normalizations
from tests.knowledge.layers.oracle import ask_keras, check

pytestmark = pytest.mark.oracle

X, IMAGE = T((None, 8)), T((None, 5, 6, 4))

CASES: list[Case] = [
    ("BatchNormalization", IMAGE, (), {}),
    ("BatchNormalization", IMAGE, (1,), {}),
    ("BatchNormalization", IMAGE, ("1",), {}),
    ("BatchNormalization", IMAGE, (1.7,), {}),
    ("BatchNormalization", IMAGE, ([1],), {}),
    ("BatchNormalization", IMAGE, (None,), {}),
    ("BatchNormalization", IMAGE, (4,), {}),
    ("BatchNormalization", IMAGE, (np.int64(3),), {}),
    ("BatchNormalization", IMAGE, (), {"center": False, "scale": False}),
    ("BatchNormalization", IMAGE, (), {"trainable": False}),
    ("BatchNormalization", IMAGE, (), {"renorm": True}),
    ("BatchNormalization", IMAGE, (), {"renorm": True, "renorm_clipping": {"rmax": 1, "rmin": 2}}),
    ("BatchNormalization", IMAGE, (), {"renorm": True, "renorm_clipping": {"max": 1}}),
    ("BatchNormalization", IMAGE, (), {"momentum": "0.9"}),
    ("BatchNormalization", IMAGE, (), {"momentum": None}),
    ("BatchNormalization", IMAGE, (), {"fused": True}),
    ("BatchNormalization", T((None, None)), (), {}),
    ("BatchNormalization", T((None, None)), (0,), {}),
    ("BatchNormalization", [X], (), {}),
    ("LayerNormalization", IMAGE, (), {}),
    ("LayerNormalization", IMAGE, ([1, 2],), {}),
    ("LayerNormalization", IMAGE, ((1, 2, 3),), {}),
    ("LayerNormalization", IMAGE, ([],), {}),
    ("LayerNormalization", IMAGE, ([1, 1],), {}),
    ("LayerNormalization", IMAGE, ([1, 4],), {}),
    ("LayerNormalization", IMAGE, (np.int64(1),), {}),
    ("LayerNormalization", IMAGE, (1.0,), {}),
    ("LayerNormalization", IMAGE, (), {"rms_scaling": True}),
    ("LayerNormalization", T((None, None)), (), {}),
    ("LayerNormalization", T((None, None)), (), {"scale": False, "center": False}),
    ("GroupNormalization", IMAGE, (2,), {}),
    ("GroupNormalization", IMAGE, (-1,), {}),
    ("GroupNormalization", IMAGE, (3,), {}),
    ("GroupNormalization", IMAGE, (0,), {}),
    ("GroupNormalization", IMAGE, (2.0,), {}),
    ("GroupNormalization", IMAGE, (), {}),
    ("GroupNormalization", IMAGE, (2,), {"axis": 4}),
    ("GroupNormalization", IMAGE, (2,), {"axis": [1]}),
    ("RMSNormalization", IMAGE, (), {}),
    ("RMSNormalization", IMAGE, ([1, 2],), {}),
    ("RMSNormalization", IMAGE, (5,), {}),
    ("UnitNormalization", IMAGE, (), {}),
    ("UnitNormalization", IMAGE, ([1, 2],), {}),
    ("UnitNormalization", IMAGE, (5,), {}),
    ("UnitNormalization", IMAGE, (1.0,), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(normalizations())
def test_any_normalization(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@pytest.mark.parametrize(
    ("name", "arguments", "x"),
    [
        ("Dense", {"units": 4}, IMAGE),
        ("Dense", {"units": 4}, T((5,))),
        ("Conv2D", {"filters": 4, "kernel_size": 3}, IMAGE),
        ("Embedding", {"input_dim": 4, "output_dim": 3}, X),
        ("EinsumDense", {"equation": "ab,bc->ac", "output_shape": 3}, X),
        ("DepthwiseConv2D", {"kernel_size": 3}, IMAGE),
        ("SeparableConv2D", {"filters": 4, "kernel_size": 3}, IMAGE),
        ("Dropout", {"rate": 0.5}, X),
        ("BatchNormalization", {}, X),
        ("LSTM", {"units": 4}, T((None, 5, 4))),
        ("Conv1D", {"filters": 4, "kernel_size": 3}, X),
        ("Conv1D", {"filters": 4, "kernel_size": 1}, IMAGE),
        ("Conv2D", {"filters": 4, "kernel_size": 1}, T((None, 2, 5, 6, 4))),
        ("DepthwiseConv1D", {"kernel_size": 1}, IMAGE),
        ("SeparableConv1D", {"filters": 4, "kernel_size": 1}, IMAGE),
    ],
)
def test_spectral_normalization(keras: Any, name: str, arguments: dict[str, Any], x: T) -> None:
    inner = getattr(keras.layers, name)(**arguments)
    real = ask_keras("SpectralNormalization", (x,), inner)
    ours = ask_spectral(name, arguments, x)
    assert (real.refused, real.outputs, real.params) == ours


def ask_spectral(name: str, arguments: dict[str, Any], x: T) -> tuple[Any, ...]:
    """Wrap and call keraslint's layer."""
    from keraslint.knowledge.construct import construct
    from keraslint.knowledge.faults import Fault

    def make(name: str, keywords: dict[str, Any]) -> Layer:
        cls = find(name)
        assert cls is not None
        return construct(cls, (), keywords)

    layer = make("SpectralNormalization", {"layer": make(name, arguments)})
    try:
        output = layer(Call((x,), {}))
    except Fault:
        return True, (), None
    return False, (output.shape,), layer.count_params()
