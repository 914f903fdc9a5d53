"""Dense, EinsumDense and Embedding against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from keraslint.tensors.specs import TensorSpec as T
from tests.knowledge.layers.core_strategies import Case, denses, einsums, embeddings
from tests.knowledge.layers.oracle import check

pytestmark = pytest.mark.oracle

X, IMAGE = T((None, 8)), T((None, 5, 6, 3))

CASES: list[Case] = [
    ("Dense", X, (4,), {}),
    ("Dense", IMAGE, (4,), {"use_bias": False}),
    ("Dense", X, (4.0,), {}),
    ("Dense", X, (np.int64(4),), {}),
    ("Dense", X, (True,), {}),
    ("Dense", X, (0,), {}),
    ("Dense", X, (), {}),
    ("Dense", X, (4, "ReLU"), {}),
    ("Dense", X, (4, "relu"), {"kernel_regularizer": "l2"}),
    ("Dense", X, (4,), {"kernel_regularizer": "l1_l2"}),
    ("Dense", X, (4,), {"lora_rank": 2}),
    ("Dense", X, (4,), {"lora_rank": -2}),
    ("Dense", X, (4,), {"lora_rank": 2, "kernel_constraint": "max_norm"}),
    ("Dense", X, (4,), {"trainable": False}),
    ("Dense", X, (4,), {"dtype": "float"}),
    ("Dense", X, (4,), {"dtype": "mixed_float16"}),
    ("Dense", X, (4,), {"output_dim": 4}),
    ("Dense", T((None,)), (4,), {}),
    ("Dense", T((None, None)), (4,), {}),
    ("Dense", T((None, 0)), (4,), {}),
    ("Dense", [X], (4,), {}),
    ("EinsumDense", X, ("ab,bc->ac", 4), {}),
    ("EinsumDense", X, ("ab,bc->ac", 4), {"bias_axes": "c"}),
    ("EinsumDense", X, ("ab,bc->ac", 4), {"bias_axes": ""}),
    ("EinsumDense", X, ("ab,bc->ac", 4), {"bias_axes": "z"}),
    ("EinsumDense", T((None, 6, 8)), ("abc,cd->abd", (None, 4)), {"bias_axes": "d"}),
    ("EinsumDense", T((None, 6, 8)), ("...x,xy->...y", 4), {"bias_axes": "y"}),
    ("EinsumDense", IMAGE, ("...x,xy->...y", 4), {"bias_axes": "y"}),
    ("EinsumDense", T((None, 6, 8)), ("ab...,bc->ac...", 4), {"bias_axes": "c"}),
    ("EinsumDense", T((None, 6, 8)), ("abc,cd->abd", (5, 4)), {}),
    ("EinsumDense", X, ("abc,cd->abd", (5, 4)), {}),
    ("EinsumDense", X, ("ab,bc->ad", 4), {}),
    ("EinsumDense", X, ("ab,bc", 4), {}),
    ("EinsumDense", X, ("ab,bc->ac", 4.0), {}),
    ("EinsumDense", X, ("ab,bc->ac", 4), {"lora_rank": 2}),
    ("Embedding", T((None, 7), "int32"), (100, 16), {}),
    ("Embedding", T((None,), "int32"), (100, 16), {"mask_zero": True}),
    ("Embedding", T((None, 7), "string"), (100, 16), {"input_length": 7}),
    ("Embedding", X, (100, 16.0), {}),
    ("Embedding", X, (True, 16), {}),
    ("Embedding", X, (np.int64(100), 16), {}),
    ("Embedding", X, (100,), {}),
    ("Embedding", X, (3, 2), {"weights": np.zeros((3, 2))}),
    ("Embedding", X, (3, 2), {"weights": [np.zeros((3, 2))]}),
    ("Embedding", X, (3, 2), {"weights": [np.zeros((2, 3))]}),
    ("Embedding", X, (3, 2), {"input_shape": (7,)}),
    ("Embedding", [X], (3, 2), {}),
    ("ReversibleEmbedding", X, (3, 2), {}),
    ("ReversibleEmbedding", X, (3, 2), {"tie_weights": False}),
    ("ReversibleEmbedding", X, (3, 2), {"lora_rank": 1}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@given(denses() | embeddings())
def test_any_dense_or_embedding(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@given(einsums())
def test_any_einsum_dense(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)
