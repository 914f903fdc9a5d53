"""The helpers of the applications, against the real ones."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.applications import imagenet_utils as known
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.values import ArrayValue
from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.tensors.specs import TensorSpec
from tests.knowledge.applications.oracle import RAISED


@pytest.fixture(scope="module")
def real(keras: Any) -> Any:
    return importlib.import_module("keras.src.applications.imagenet_utils")


def attempt(function: Any, *args: Any, **kwargs: Any) -> Any:
    """What a call gives, ``"refused"`` if it raises."""
    try:
        return function(*args, **kwargs)
    except (*RAISED, Fault):
        return "refused"


dims = st.one_of(st.none(), st.sampled_from([1, 3, 31, 32, 64, 224]))
shapes = st.one_of(
    st.none(),
    st.lists(dims, max_size=4).map(tuple),
    st.tuples(dims, dims, st.sampled_from([1, 3, 4, None])),
    st.sampled_from([(224, 224, 3), (3, 224, 224), (64, 64, 3)]),
    st.lists(st.sampled_from([64, 3]), min_size=3, max_size=3),
    st.sampled_from([0, 224, "abc", ("a", 32, 3)]),
)


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore:This model usually expects")
@given(
    shape=shapes,
    size=st.sampled_from([64, 224]),
    layout=st.sampled_from(["channels_last", "channels_first"]),
    top=st.sampled_from([True, False, 1, None]),
    weights=st.sampled_from([None, "imagenet", "path.h5"]),
)
def test_obtain_input_shape(
    shape: Any, size: int, layout: str, top: Any, weights: Any, real: Any
) -> None:
    keywords = {"data_format": layout, "require_flatten": top, "weights": weights}
    expected = attempt(real.obtain_input_shape, shape, size, 32, **keywords)
    assert attempt(known.obtain_input_shape, shape, size, 32, **keywords) == expected


def test_obtain_input_shape_of_unknowns() -> None:
    def ask(shape: Any, top: Any = False, weights: Any = None, size: Any = 224) -> Any:
        return known.obtain_input_shape(
            shape, size, 32, data_format="channels_last", require_flatten=top, weights=weights
        )

    n = Expr.symbol("n")
    assert ask(UNKNOWN) is UNKNOWN
    assert ask((64, 64, 3), top=UNKNOWN) is UNKNOWN
    assert ask((64, 64, 3), weights=UNKNOWN) is UNKNOWN
    assert ask(UNKNOWN, top=True, weights="imagenet") == (224, 224, 3)
    assert ask((UNKNOWN, n, 3), top=True) == (UNKNOWN, n, 3)
    assert ask((n, n, UNKNOWN), top=True, weights="imagenet") == (224, 224, 3)
    with pytest.raises(Fault):
        ask((16, UNKNOWN, 3))


@pytest.mark.oracle
@given(
    shape=st.tuples(st.none(), *(st.one_of(st.none(), st.integers(1, 99)) for _ in range(2))),
    kernel=st.one_of(st.integers(1, 9), st.tuples(st.integers(1, 9), st.integers(1, 9))),
)
def test_correct_pad(shape: Any, kernel: Any, real: Any, keras: Any) -> None:
    shape = (*shape, 3)
    expected = attempt(real.correct_pad, keras.KerasTensor(shape), kernel)
    assert attempt(known.correct_pad, TensorSpec(shape), kernel) == expected


def test_correct_pad_of_unknowns() -> None:
    assert known.correct_pad(UNKNOWN, 3) is UNKNOWN
    assert known.correct_pad(TensorSpec(UNKNOWN), 3) is UNKNOWN
    assert known.correct_pad(TensorSpec((None, 8, 8, 3)), UNKNOWN) is UNKNOWN
    assert known.correct_pad(TensorSpec((None, UNKNOWN, 8, 3)), 3) == ((UNKNOWN, 1), (UNKNOWN, 1))
    assert known.correct_pad(TensorSpec((None, 8, UNKNOWN, 3)), 3) == ((0, 1), (UNKNOWN, 1))


@pytest.mark.oracle
@pytest.mark.parametrize("weights", [None, "imagenet", "path.h5"])
@pytest.mark.parametrize("activation", [None, "softmax", "linear", "relu", "sofmax", 5])
def test_validate_activation(activation: Any, weights: Any, real: Any) -> None:
    expected = attempt(real.validate_activation, activation, weights)
    assert attempt(known.validate_activation, activation, weights) == expected


layouts = st.sampled_from([None, "channels_last", "channels_first", "first"])
modes = st.sampled_from(["tf", "torch", "caffe", "none"])
dtypes = st.sampled_from(["float32", "float16", "uint8", "int32"])


@st.composite
def images(draw: st.DrawFn, *, dynamic: bool) -> tuple[Any, Any]:
    """A layout and the shape of one image or more in it."""
    layout = draw(layouts)
    some = [None] if dynamic else []
    sizes = draw(st.tuples(st.sampled_from([8, 9, *some]), st.sampled_from([8, *some])))
    channels = draw(st.sampled_from([1, 2, 3, 4, *some]))
    shape = (channels, *sizes) if layout == "channels_first" else (*sizes, channels)
    return layout, draw(
        st.sampled_from([shape, (2, *shape), *([(None, *shape)] if dynamic else [])])
    )


@pytest.mark.oracle
@given(image=images(dynamic=True), mode=modes, dtype=dtypes)
def test_preprocess_input_of_tensors(
    image: tuple[Any, Any], mode: str, dtype: str, real: Any, keras: Any
) -> None:
    layout, shape = image
    tensor = keras.KerasTensor(shape, dtype=dtype)
    expected = attempt(real.preprocess_input, tensor, layout, mode)
    found = attempt(known.preprocess_input, TensorSpec(shape, dtype), layout, mode)
    if not isinstance(expected, str):
        expected = TensorSpec(tuple(expected.shape), expected.dtype)
    assert found == expected


@pytest.mark.oracle
@given(image=images(dynamic=False), mode=modes, dtype=dtypes)
def test_preprocess_input_of_arrays(
    image: tuple[Any, Any], mode: str, dtype: str, real: Any
) -> None:
    layout, shape = image
    numpy = importlib.import_module("numpy")
    expected = attempt(real.preprocess_input, numpy.ones(shape, dtype), layout, mode)
    found = attempt(known.preprocess_input, ArrayValue(shape, dtype), layout, mode)
    if not isinstance(expected, str):
        expected = ArrayValue(expected.shape, expected.dtype.name)
    assert found == expected


def test_preprocess_input_of_unknowns() -> None:
    spec = TensorSpec((None, 8, 8, UNKNOWN))
    assert known.preprocess_input(UNKNOWN) is UNKNOWN
    assert known.preprocess_input(spec, UNKNOWN) is UNKNOWN
    assert known.preprocess_input(spec, mode="tf") == spec
    assert known.preprocess_input(spec) == TensorSpec((None, 8, 8, 3))


@pytest.mark.parametrize("shape", [(4, 10), (None, 999), (1000,), (1, 1, 1000), (4, None)])
def test_decode_predictions_takes_imagenet_only(shape: Any) -> None:
    for preds in (TensorSpec(shape), ArrayValue(shape)):
        with pytest.raises(Fault):
            known.decode_predictions(preds)


@pytest.mark.parametrize("shape", [(4, 1000), (None, 1000), (4, UNKNOWN), UNKNOWN])
def test_decode_predictions_gives_names(shape: Any) -> None:
    assert known.decode_predictions(TensorSpec(shape)) is UNKNOWN
