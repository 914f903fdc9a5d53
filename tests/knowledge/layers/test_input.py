"""Input and InputLayer against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.api import Api
from keraslint.knowledge.construct import construct, default
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.core import InputLayer, input_spec
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import TensorSpec
from tests.knowledge.layers.as_values import as_value
from tests.knowledge.layers.core_strategies import anything, few
from tests.knowledge.layers.spatial_strategies import mostly

Case = tuple[tuple[Any, ...], dict[str, Any]]

CASES: list[Case] = [
    (((10,),), {}),
    ((10,), {}),
    (([10, 3],), {}),
    (((),), {}),
    (((0,),), {}),
    (((None, 3),), {}),
    (((-1,),), {}),
    (((1.0,),), {}),
    ((("10",),), {}),
    (("ab",), {}),
    (((np.int64(3), np.float32(2)),), {}),
    (((True,),), {}),
    ((((3,),),), {}),
    (((10,), 32), {}),
    (((10,), 32.0), {}),
    (((10,), -1), {}),
    (((10,),), {"dtype": "int32"}),
    (((10,),), {"dtype": "int"}),
    (((10,),), {"dtype": "float"}),
    (((10,),), {"dtype": ["int32"]}),
    (((10,),), {"name": "a/b"}),
    (((10,),), {"batch_shape": (None, 10)}),
    ((), {"batch_shape": (None, 10)}),
    ((), {"batch_shape": ()}),
    ((), {"batch_shape": (None, 10), "batch_size": 3}),
    ((), {}),
    (((10,),), {"sparse": True}),
    (((10,),), {"sparse": True, "ragged": True}),
    (((10,),), {"tensor": 3}),
]


def ask_keraslint(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The shape and dtype that keraslint expects of `keras.Input`, `None` if it refuses."""
    symbol = Api.load("keras3").resolve("keras.Input")
    assert symbol is not None
    assert symbol.signature is not None
    signature = symbol.signature
    binding = signature.bind(as_value(args), as_value(kwargs))
    assert binding.is_valid
    defaults = {parameter.name: default(parameter) for parameter in signature.parameters}
    try:
        spec = input_spec({**defaults, **binding.arguments})
    except Fault:
        return None
    return spec.shape, spec.dtype


def ask(make: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The shape and dtype that real Keras gives, `None` if it refuses."""
    try:
        tensor = make(*args, **kwargs)
    except (TypeError, ValueError, AttributeError):
        return None
    return tensor.shape, tensor.dtype


@pytest.mark.oracle
@pytest.mark.parametrize(("args", "kwargs"), CASES)
def test_cases(keras: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    assert ask_keraslint(args, kwargs) == ask(keras.Input, args, kwargs)


shapes = mostly(
    st.lists(mostly(st.integers(0, 5) | st.none(), anything), max_size=3).map(tuple), anything
)
options = {
    "shape": shapes,
    "batch_shape": shapes,
    "batch_size": mostly(st.none() | st.integers(1, 5), anything),
    "dtype": mostly(st.sampled_from((None, "int32", "string", "bool")), anything),
    "sparse": st.booleans(),
    "ragged": st.booleans(),
}


@st.composite
def inputs(draw: st.DrawFn) -> Case:
    kwargs = few(draw, options, 4)
    if draw(st.integers(0, 5)):
        kwargs["shape"] = draw(shapes)
    return (), {key: value for key, value in kwargs.items() if key in options}


@pytest.mark.oracle
@given(inputs())
def test_any_input(keras: Any, drawn: Case) -> None:
    assert ask_keraslint(*drawn) == ask(keras.Input, *drawn)


@pytest.mark.oracle
@pytest.mark.parametrize(
    "kwargs",
    [
        {"input_shape": (3,)},
        {"batch_input_shape": (2, 3)},
        {"shape": (3,), "unheard_of": 1},
        {"shape": (3,), "trainable": 5},
        {"input_shape": 3},
        {"batch_input_shape": (2, 3), "input_shape": (3,)},
    ],
)
def test_input_layer(keras: Any, kwargs: dict[str, Any]) -> None:
    def real(**arguments: Any) -> Any:
        return keras.layers.InputLayer(**arguments).output

    try:
        layer = construct(InputLayer, (), kwargs)
        assert isinstance(layer, InputLayer)
        ours = layer.spec.shape, layer.spec.dtype
    except Fault:
        ours = None
    assert ours == ask(real, (), kwargs)


@given(inputs(), st.data())
def test_knowing_less(drawn: Case, data: st.DataObject) -> None:
    _, kwargs = drawn
    exact = ask_keraslint((), kwargs)
    vague = {
        key: UNKNOWN if data.draw(st.booleans()) else as_value(value)
        for key, value in kwargs.items()
    }
    names = ("shape", "batch_shape", "batch_size", "dtype", "sparse", "ragged", "name", "tensor")
    try:
        spec = input_spec({**dict.fromkeys(names), **vague})
    except Fault:
        assert exact is None
        return
    assert isinstance(spec, TensorSpec)
    if exact is not None and isinstance(spec.shape, tuple):
        assert len(spec.shape) == len(exact[0])
        assert all(a is UNKNOWN or a == b for a, b in zip(spec.shape, exact[0], strict=True))
