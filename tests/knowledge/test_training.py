"""What ``compile`` and ``fit`` take, against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.faults import Fault
from keraslint.knowledge.training import (
    Family,
    ModelKind,
    data_reaching,
    different_counts,
    first_batch,
    is_known,
    is_plain_list,
    suggestion,
)
from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.tensors.shapes import Shape, certainly_different

NAMES: dict[Family, tuple[str, ...]] = {
    "losses": (
        *("mse", "MSE", "Mse", "bce", "huber", "Huber", "huber_loss", "logcosh", "log_cosh"),
        *("LogCosh", "crossentropy", "CE", "categorical_crossentropy", "meansquarederror", "rmse"),
        *("kullback_leibler_divergence", "MeanSquaredError", "l2", "", "accuracy"),
    ),
    "metrics": (
        *("accuracy", "ACC", "Accuracy", "Acc", "mse", "Mse", "auc", "AUC", "precision", "Recall"),
        *("f1", "f1_score", "F1Score", "cosine", "crossentropy", "loss", "r2_score", "", "lr"),
        *("kld", "log_cosh", "rmse", "RootMeanSquaredError", "sparse_categorical_accuracy"),
    ),
    "optimizers": (
        *("adam", "ADAM", "Adam", "RMSProp", "rms_prop", "sgd", "momentum", "AdamW", "adam_w"),
        *("nadam", "lion", "muon", "adafactor", "", "mse"),
    ),
}


def compiles(keras: Any, family: Family, text: str) -> bool:
    """Whether real Keras can train with a string."""
    given: dict[Family, dict[str, Any]] = {
        "losses": {"loss": text},
        "metrics": {"loss": "mse", "metrics": [text]},
        "optimizers": {"loss": "mse", "optimizer": text},
    }
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "softmax")])
    try:
        model.compile(**given[family], run_eagerly=True)
        model.train_on_batch(np.ones((2, 2)), np.eye(2))
    except ValueError:
        return False
    return True


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("family", "text"), [(family, text) for family, texts in NAMES.items() for text in texts]
)
def test_strings(keras: Any, family: Family, text: str) -> None:
    assert is_known(family, text) == compiles(keras, family, text)


@pytest.mark.parametrize(
    ("family", "text", "meant"),
    [
        ("losses", "Mse", "mse"),
        ("losses", "meansquarederror", "mean_squared_error"),
        ("losses", "categorical_cross_entropy", "categorical_crossentropy"),
        ("losses", "huber_loss", "huber"),
        ("losses", "loss", None),
        ("metrics", "Accurancy", "accuracy"),
        ("metrics", "f1", "f1_score"),
        ("optimizers", "addam", "adam"),
        ("optimizers", "something", None),
    ],
)
def test_suggestions(family: Family, text: str, meant: str | None) -> None:
    assert suggestion(family, text) == meant
    assert meant is None or is_known(family, meant)


EXPECTED = (
    *((8,), (1,), (50, 1), (28, 28, 1), (28, 28, 3), (28, 28), (None, 3), (None, 1)),
    *((None, None), (None,), (1, 1)),
)
DATA = (
    *((8,), (1,), (8, 1), (9,), (), (50,), (50, 1), (51,), (50, 2), (28, 28), (28, 28, 1)),
    *((28, 28, 3), (32, 32, 1), (32, 32, 3), (28, 28, 1, 1), (5, 3), (5, 4), (5, 1), (5,), (1, 1)),
)


def real_data_reaching(keras: Any, kind: ModelKind, expected: Any, data: Any) -> Any:
    """What a real model lets through to its first layer, `None` if it refuses."""
    if kind == "functional":
        inputs = keras.Input(expected)
        model = keras.Model(inputs, keras.layers.Identity()(inputs))
    else:
        model = keras.Sequential([keras.Input(expected), keras.layers.Identity()])
    try:
        return model.predict_on_batch(np.zeros((2, *data))).shape
    except Exception:  # Keras raises whatever it likes
        return None


@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["functional", "sequential"])
@pytest.mark.parametrize("expected", EXPECTED)
def test_data_into_models(keras: Any, kind: ModelKind, expected: Any) -> None:
    for data in DATA:
        real = real_data_reaching(keras, kind, expected, data)
        try:
            reached = data_reaching(kind, (None, *expected), (2, *data))
        except Fault:
            reached = None
        assert reached == real, (expected, data)


def test_models_without_a_known_input_take_anything() -> None:
    assert data_reaching("unbuilt", (None, 3), (2, 5, 5)) == (2, 5, 5)


maybe_dims: st.SearchStrategy[Any] = st.sampled_from((1, 2, 3, UNKNOWN, Expr.symbol("n")))


@given(
    st.sampled_from(("functional", "sequential")),
    st.lists(st.sampled_from((1, 2, 3, None)), min_size=1, max_size=3),
    st.lists(maybe_dims, max_size=4),
    st.data(),
)
def test_knowing_less_refuses_nothing(
    kind: ModelKind, expected: list[int | None], data: list[Any], draw: st.DataObject
) -> None:
    symbol = draw.draw(st.integers(1, 3))
    exact = tuple(
        dim
        if isinstance(dim, int)
        else (symbol if isinstance(dim, Expr) else draw.draw(st.integers(1, 3)))
        for dim in data
    )
    try:
        reached: Shape = data_reaching(kind, (None, *expected), (2, *exact))
    except Fault:
        return
    assert not certainly_different(data_reaching(kind, (None, *expected), (2, *data)), reached)


@pytest.mark.oracle
@pytest.mark.parametrize(
    "data",
    [
        [1.0, 2.0, 3.0],
        [[1.0], [2.0], [3.0]],
        ([1.0, 2.0, 3.0],),
        {"x": [1.0, 2.0, 3.0]},
        np.ones((3, 1)),
        [np.ones((3, 1))],
        (np.ones((3, 1)),),
        "data",
        ["a", "b", "c"],
    ],
)
def test_plain_lists(keras: Any, data: Any) -> None:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    plain = is_plain_list(data) or isinstance(data, str)
    if plain:
        with pytest.raises(ValueError, match="Unrecognized data type"):
            model.fit(data, np.ones((3, 1)), verbose=0)
        with pytest.raises(ValueError, match="Unrecognized data type"):
            model.fit(np.ones((3, 1)), data, verbose=0)
    else:
        model.fit(data, np.ones((3, 1)), verbose=0)


@pytest.mark.oracle
def test_numbers_of_samples(keras: Any) -> None:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x, y = np.ones((3, 1)), np.ones((4, 1))
    assert different_counts((x.shape, y.shape)) == (3, 4)
    with pytest.raises(ValueError, match="cardinality"):
        model.fit(x, y, verbose=0)


def test_numbers_of_samples_that_may_agree() -> None:
    assert different_counts(((3, 1), (3,))) is None
    assert different_counts(((3, 1), (UNKNOWN,), UNKNOWN, (None, 4), ())) is None


def test_first_batches() -> None:
    assert first_batch(60000, None) == 32
    assert first_batch(60000, 128) == 128
    assert first_batch(9, 128) == 9
    assert first_batch(UNKNOWN, None) is None
    assert first_batch(60000, UNKNOWN) is None
