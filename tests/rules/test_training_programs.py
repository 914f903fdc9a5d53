"""Random programs that train a model, against Keras: an error is told only where Keras raises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keraslint.findings import Severity
from tests.rules.examples import run
from tests.rules.test_examples import check

SIZES = st.sampled_from((1, 2, 3, 4, 5))
LOSSES = (
    *("mse", "mae", "hinge", "binary_crossentropy", "categorical_crossentropy", "crossentropy"),
    *("sparse_categorical_crossentropy", "kl_divergence", "poisson", "cosine_similarity", "mes"),
)
METRICS = (
    *("", "", ", metrics=['accuracy']", ", metrics=['auc']", ", metrics=[keras.metrics.Recall()]"),
    *(", metrics=['categorical_accuracy']", ", metrics=['sparse_categorical_accuracy']"),
    ", metrics=[keras.metrics.F1Score()]",
)
CLASSES = ("SparseCategoricalCrossentropy", "CategoricalCrossentropy", "BinaryCrossentropy")


@st.composite
def losses(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from((*LOSSES, *CLASSES)))
    if name not in CLASSES:
        return repr(name)
    return f"keras.losses.{name}({draw(st.sampled_from(('', 'from_logits=True')))})"


def shapes(low: int = 1) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(SIZES, min_size=low, max_size=3).map(tuple)


@st.composite
def labels(draw: st.DrawFn, count: int, units: int, loss: str) -> str:
    classes = draw(st.sampled_from((units, units, units, 1, 2, 5)))
    form = draw(st.sampled_from(("rows", "column", "one-hot", "numbers", "known", "bools")))
    if draw(st.booleans()):
        form, classes = fitting(loss), units
    if form == "indices":
        return f"np.random.randint(0, {classes}, size=({count},))"
    if form == "rows":
        shape = (count, *draw(shapes(0))[:2])
        return f"np.random.randint(0, {classes}, size={shape})"
    if form == "column":
        return f"np.random.randint(0, {classes}, size=({count}, 1))"
    if form == "one-hot":
        return f"keras.utils.to_categorical(np.arange({count}) % {classes}, {classes})"
    if form == "known":
        return f"np.array({[i % classes for i in range(count)]})"
    if form == "bools":
        return f"np.random.rand({count}, {classes}) > 0.5"
    if form == "like":
        return f"np.random.rand({count}, {units})"
    return f"np.random.rand{(count, *draw(shapes(0)))}"


def fitting(loss: str) -> str:
    """A form of labels that goes with a loss."""
    if "parse" in loss:
        return "indices"
    return "one-hot" if "ategorical" in loss else "like"


ANY = ("keras.layers.Dense(3)", "keras.layers.Dropout(0.1)", "keras.layers.Flatten()")
SEQUENCES = (
    *("keras.layers.Flatten()", "keras.layers.Conv1D(2, 2)", "keras.layers.LSTM(2)"),
    "keras.layers.LSTM(2, return_sequences=True)",
    "keras.layers.GlobalMaxPooling1D()",
    "keras.layers.Reshape((2, -1))",
)


@st.composite
def stacks(draw: st.DrawFn, rank: int, units: int) -> list[str]:
    inner = st.sampled_from((*ANY, *SEQUENCES) if rank == 2 or draw(st.booleans()) else ANY)
    activation = draw(st.sampled_from(("", ", 'softmax'", ", 'sigmoid'", ", 'relu'")))
    return [*draw(st.lists(inner, max_size=2)), f"keras.layers.Dense({units}{activation})"]


@st.composite
def models(draw: st.DrawFn, sample: tuple[int, ...], units: int) -> list[str]:
    layers = draw(stacks(len(sample), units))
    kind = draw(st.sampled_from(("stated", "deferred", "functional")))
    stated: tuple[int | None, ...] = draw(shapes()) if draw(st.integers(0, 5)) == 0 else sample
    if draw(st.integers(0, 3)) == 0:
        stated = tuple(None if draw(st.integers(0, 5)) == 0 else dim for dim in stated)
    if kind == "functional":
        lines = [f"x = inputs = keras.Input({stated})", *(f"x = {layer}(x)" for layer in layers)]
        return [*lines, "model = keras.Model(inputs, x)"]
    first = [f"keras.Input({stated})"] if kind == "stated" else []
    return [f"model = keras.Sequential([{', '.join([*first, *layers])}])"]


@st.composite
def programs(draw: st.DrawFn) -> str:
    count = draw(st.sampled_from((4, 5, 60)))
    sample = draw(shapes())
    counted = count + (draw(st.integers(0, 9)) == 0)
    units, loss = draw(SIZES), draw(losses())
    made = [
        "import keras",
        "import numpy as np",
        "import tensorflow as tf",
        f"x_train = np.random.rand{(count, *sample)}",
        f"y_train = {draw(labels(counted, units, loss))}",
        *draw(models(sample, units)),
        f"model.compile('sgd', {loss}, run_eagerly=True{draw(st.sampled_from(METRICS))})",
    ]
    size = draw(st.sampled_from(("", ", batch_size=4", ", batch_size=2")))
    how = draw(
        st.sampled_from(("fit", "fit", "evaluate", "dataset", "validation", "on_batch", "call"))
    )
    if how == "dataset":
        made.append("data = tf.data.Dataset.from_tensor_slices((x_train, y_train))")
        made.append("data = data.batch(4)" if draw(st.booleans()) else "data = data.batch(3, True)")
        return "\n".join([*made, "model.fit(data, verbose=0)", ""])
    if how == "validation":
        other = draw(shapes()) if draw(st.booleans()) else sample
        x, y = f"np.random.rand{(count, *other)}", draw(labels(count, units, loss))
        made.append(f"more = ({x}, {y})")
        call = f"model.fit(x_train, y_train, validation_data=more, verbose=0{size})"
        return "\n".join([*made, call, ""])
    if how == "call":
        seen = f"np.random.rand{(2, *draw(shapes()))}"
        return "\n".join([*made, "model.predict(x_train, verbose=0)", f"model({seen})", ""])
    if how == "on_batch":
        return "\n".join([*made, "model.train_on_batch(x_train, y_train)", ""])
    return "\n".join([*made, f"model.{how}(x_train, y_train, verbose=0{size})", ""])


def errors(tmp_path: Path, code: str) -> list[str]:
    found = check(tmp_path, code)
    return [f"{f.code} {f.message}" for f in found if f.severity is Severity.ERROR]


@pytest.mark.oracle
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(programs())
def test_an_error_is_told_only_where_keras_raises(keras: Any, tmp_path: Path, code: str) -> None:
    told = errors(tmp_path, code)
    if told:
        assert run(keras, code) is not None, (told, code)
