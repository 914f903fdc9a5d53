"""Layers that prepare data against the real ones."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.base import Call
from keraslint.knowledge.layers.lookups import StringLookup, TextVectorization
from keraslint.knowledge.layers.pipeline import Pipeline
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN
from tests.knowledge.layers.oracle import T, ask_keras, check, check_again
from tests.knowledge.layers.preprocessing_strategies import OPTIONS, REQUIRED, preprocessings
from tests.knowledge.layers.spatial_strategies import Case

pytestmark = pytest.mark.oracle

I1, I2, S1 = T((None,), "int64"), T((None, 4), "int64"), T((None, 1), "string")
F, W, X = T((None, 4)), T((None, 100, 2)), T((None, 12, 11, 3))

CASES: list[Case] = [
    ("CategoryEncoding", I2, (4,), {}),
    ("CategoryEncoding", I2, (4,), {"output_mode": "one_hot"}),
    ("CategoryEncoding", T((None, 1)), (4,), {"output_mode": "one_hot"}),
    ("CategoryEncoding", T((1,)), (4,), {"output_mode": "one_hot"}),
    ("CategoryEncoding", I2, (4.0,), {}),
    ("CategoryEncoding", I2, (0,), {}),
    ("CategoryEncoding", I2, (), {}),
    ("Hashing", I2, (4,), {}),
    ("Hashing", I2, (4,), {"output_mode": "one_hot"}),
    ("Hashing", I2, (4,), {"dtype": "float32"}),
    ("Hashing", I2, (4,), {"dtype": "float32", "output_mode": "count"}),
    ("Hashing", I2, (4,), {"sparse": True}),
    ("Discretization", F, ([1.0, 2.0],), {"output_mode": "one_hot"}),
    ("Discretization", F, ([1.0, 2.0],), {"num_bins": 3}),
    ("Discretization", T((None, 4, 5)), (), {"num_bins": 3, "output_mode": "count"}),
    ("Discretization", F, (np.array([1.0, 2.0]),), {}),
    ("Discretization", F, ([1.0],), {"trainable": False}),
    ("StringLookup", I1, (), {"vocabulary": ["a", "b"], "output_mode": "one_hot"}),
    ("StringLookup", I1, (), {"vocabulary": ["[UNK]", "b"], "output_mode": "one_hot"}),
    ("StringLookup", I1, (), {"vocabulary": ["a", "a"]}),
    ("StringLookup", I1, (), {"vocabulary": []}),
    ("StringLookup", I1, (), {"vocabulary": ["a", "b", "c"], "max_tokens": 3}),
    ("StringLookup", I1, (), {"dtype": 3, "trainable": 4}),
    ("StringLookup", I1, (), {"activity_regularizer": None}),
    ("IntegerLookup", I1, (), {"vocabulary": [1, 2], "mask_token": 0, "output_mode": "one_hot"}),
    ("IntegerLookup", I1, (), {"vocabulary": [0, 2], "mask_token": 0}),
    ("IntegerLookup", I1, (), {"salt": 3}),
    ("IntegerLookup", I1, (), {"max_tokens": 5, "pad_to_max_tokens": True, "output_mode": "count"}),
    ("IntegerLookup", I1, (), {"pad_to_max_tokens": True}),
    ("TextVectorization", S1, (), {}),
    ("TextVectorization", S1, (100,), {"output_sequence_length": 20}),
    ("TextVectorization", S1, (100,), {"output_sequence_length": 20, "output_mode": "count"}),
    ("TextVectorization", S1, (), {"vocabulary": ["a"], "output_mode": "multi_hot"}),
    ("TextVectorization", S1, (), {"ngrams": [1, 2]}),
    ("TextVectorization", I1, (), {"split": None, "vocabulary": ["a"], "output_mode": "count"}),
    ("Normalization", F, (), {}),
    ("Normalization", F, (None,), {}),
    ("Normalization", T((None, 4, 5)), ((1, 2),), {}),
    ("Normalization", T((None, None)), (), {}),
    ("Normalization", F, (2,), {}),
    ("Normalization", F, (), {"mean": 1.0}),
    ("Normalization", F, (), {"mean": 1.0, "variance": 2.0}),
    ("Normalization", F, (), {"mean": [1.0, 2.0], "variance": [2.0, 3.0]}),
    ("Normalization", F, (), {"mean": np.ones(4), "variance": np.ones(4)}),
    ("Normalization", F, (), {"mean": np.ones(4), "variance": np.ones(5)}),
    ("MelSpectrogram", T((None, 16000)), (), {}),
    ("MelSpectrogram", T((16000,)), (), {}),
    ("MelSpectrogram", T((None, None)), (), {}),
    ("MelSpectrogram", T((None, 16000)), (512,), {"sequence_length": 1000}),
    ("STFTSpectrogram", W, (), {}),
    ("STFTSpectrogram", W, (), {"frame_length": 30}),
    ("STFTSpectrogram", W, (), {"frame_length": 32, "expand_dims": True, "mode": "stft"}),
    ("STFTSpectrogram", W, (), {"frame_length": 32, "fft_length": 16}),
    ("STFTSpectrogram", W, (), {"frame_length": 1}),
    ("STFTSpectrogram", T((None, 100, None)), (), {"frame_length": 32}),
    ("RandomHeight", X, (0.2,), {}),
    ("RandomWidth", X, ((-0.2, 0.1),), {}),
    ("RandomWidth", X, (-0.2,), {}),
    ("ThresholdedReLU", X, (), {}),
    ("ThresholdedReLU", X, (-1,), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: T, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@pytest.mark.parametrize(
    "nest",
    [
        [I2, I2],
        (I2, I2),
        [I2, T((None, 1))],
        [I2, T((None, None))],
        [I2],
        I2,
        [T((None, 1)), T((None, 1))],
        [T(()), T(())],
    ],
)
@pytest.mark.parametrize("mode", ["int", "one_hot", "count"])
def test_hashed_crossing(nest: Any, mode: str) -> None:
    check("HashedCrossing", (nest,), 5, output_mode=mode, unheard_of=3)


@given(preprocessings())
def test_any_preprocessing(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


def test_a_vocabulary_given_later() -> None:
    layer = construct(StringLookup, (), {"output_mode": "one_hot"})
    assert layer(Call((I1,), {})).shape == (None, None)
    layer.learn(["a", "b"])
    assert layer(Call((I1,), {})).shape == (None, 3)
    layer.learn()
    assert layer(Call((I1,), {})).shape == (None, UNKNOWN)
    with pytest.raises(Fault):
        layer.learn(["a", "a"])


def test_text_given_later() -> None:
    layer = construct(TextVectorization, (), {"output_mode": "count"})
    layer.learn(["a", "b"])
    assert layer(Call((S1,), {})).shape == (None, 1, 3)
    layer.learn()
    assert layer(Call((S1,), {})).shape == (None, 1, UNKNOWN)


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_plain_data_is_no_fault(name: str) -> None:
    cls = find(name)
    assert cls is not None
    if cls.takes_data:
        required = (4,) * len(REQUIRED.get(name, ()))
        layer = construct(cls, required, {"num_bins": 4} if name == "Discretization" else {})
        layer(Call(([["a", "b"], ["c", UNKNOWN]],), {}))


PIPELINES: list[list[tuple[str, tuple[Any, ...]]]] = [
    [("RandomFlip", ()), ("RandomRotation", (0.1,)), ("Resizing", (8, 8))],
    [("Conv2D", (4, 3)), ("BatchNormalization", ())],
    [("CenterCrop", (4, 4)), ("Flatten", ()), ("Dense", (3,))],
    [],
]


@pytest.mark.parametrize("steps", PIPELINES)
def test_pipelines(steps: list[tuple[str, tuple[Any, ...]]]) -> None:
    real = ask_keras("Pipeline", (X,), [getattr(keras.layers, name)(*args) for name, args in steps])
    layers = []
    for name, args in steps:
        cls = find(name)
        assert cls is not None
        layers.append(construct(cls, args, {}))
    pipeline = construct(Pipeline, (layers,), {})
    if real.refused:
        with pytest.raises(Exception, match="invalid-value"):
            pipeline(Call((X,), {}))
    else:
        assert pipeline(Call((X,), {})).shape == real.outputs[0]
        assert pipeline.count_params() == real.params


@given(preprocessings(), st.sampled_from(("float32", "float16", "int32")))
def test_dtypes(drawn: Case, dtype: str) -> None:
    name, x, args, kwargs = drawn
    check_again(name, (T(x.shape, dtype),), *args, **kwargs)
