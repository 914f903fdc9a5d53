"""What losses make of labels, against real training steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.api import Api
from keraslint.knowledge.losses import (
    LOSSES,
    ActivationMisfit,
    Fit,
    Labels,
    Loss,
    Misfit,
    Predictions,
    check_activation,
    check_classes,
    check_labels,
    find,
    fits_dtype,
    of_string,
)
from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.tensors.shapes import Shape, size

SAMPLES = 3
SPARSE = "sparse_categorical_crossentropy"
INNER = ((), (1,), (4,), (5,), (2,), (2, 1), (2, 4), (2, 5), (1, 1), (1, 4))
OUTER = ((1,), (4,), (2, 1), (2, 4), (1, 4), (1, 1))
COMPARED = [loss for loss in LOSSES if loss.labels not in (Labels.OTHER, Labels.SEQUENCES)]


def loss(name: str) -> Loss:
    """A loss that must be known."""
    found = find(name)
    assert found is not None
    return found


def train(
    keras: Any, loss_given: Any, labels: np.ndarray, output: tuple[int, ...], **options: Any
) -> str | None:
    """Compile a model that gives such outputs, train on one batch, and return the complaint."""
    model = keras.Sequential([keras.Input(output), keras.layers.Identity()])
    model.compile("sgd", loss_given, run_eagerly=True, **options)
    try:
        model.train_on_batch(np.full((len(labels), *output), 0.5, "float32"), labels)
    except Exception as error:  # Keras raises whatever it likes
        return f"{type(error).__name__}: {error}"
    return None


def assert_judged(keras: Any, judged: Loss, inner: tuple[int, ...], outer: tuple[int, ...]) -> None:
    """Assert that a real training step raises exactly where it is said to."""
    labels, output = (SAMPLES, *inner), (None, *outer)
    verdict = check_labels(judged, labels, output, batch=SAMPLES)
    complaint = train(keras, judged.name, np.zeros(labels, "float32"), outer)
    assert verdict.fit is not Fit.UNKNOWN
    assert (verdict.fit is Fit.RAISES) == (complaint is not None), (judged, verdict, complaint)


@pytest.mark.oracle
@pytest.mark.parametrize(
    "name",
    [
        "mean_squared_error",
        "binary_crossentropy",
        "categorical_crossentropy",
        "sparse_categorical_crossentropy",
    ],
)
@pytest.mark.parametrize("outer", OUTER)
def test_every_pair_of_shapes(keras: Any, name: str, outer: tuple[int, ...]) -> None:
    for inner in INNER:
        assert_judged(keras, loss(name), inner, outer)


shapes = st.lists(st.sampled_from((1, 2, 4, 5)), max_size=3).map(tuple)


@pytest.mark.oracle
@given(
    judged=st.sampled_from(COMPARED), inner=shapes, outer=shapes.filter(lambda shape: shape != ())
)
def test_drawn_shapes(
    keras: Any, judged: Loss, inner: tuple[int, ...], outer: tuple[int, ...]
) -> None:
    assert_judged(keras, judged, inner, outer)


@pytest.mark.oracle
def test_sequences(keras: Any) -> None:
    ctc = loss("ctc")
    assert check_labels(ctc, (3, 2), (None, 5, 4)).fit is Fit.FITS
    assert train(keras, "ctc", np.ones((3, 2)), (5, 4)) is None
    for labels, output in (((3,), (5, 4)), ((3, 2, 2), (5, 4)), ((3, 2), (4,))):
        assert check_labels(ctc, labels, (None, *output)).fit is Fit.RAISES
        assert train(keras, "ctc", np.ones(labels), output) is not None


@pytest.mark.oracle
def test_strings(keras: Any) -> None:
    for text in Api.load("keras3").strings("losses") - {"Loss"}:
        known = of_string(text)
        real = keras.losses.get(text)
        assert known is not None, text
        assert known.function == getattr(real, "__name__", known.function)
        assert known.class_name in (type(real).__name__, known.class_name)
    for known in LOSSES:
        assert hasattr(keras.losses, known.class_name)
        assert known.function is None or hasattr(keras.losses, known.function)
    for text in ("Mse", "logcosh", "huber_loss", "CategoricalGeneralizedCrossEntropy", ""):
        assert of_string(text) is None
        with pytest.raises(ValueError, match="Could not interpret"):
            keras.losses.get(text)


@pytest.mark.oracle
@pytest.mark.parametrize("text", ["crossentropy", "CE"])
@pytest.mark.parametrize(
    ("labels", "output", "expected"),
    [
        ((3, 1), (1,), "binary_crossentropy"),
        ((3,), (4,), "sparse_categorical_crossentropy"),
        ((3, 1), (4,), "sparse_categorical_crossentropy"),
        ((3, 4), (4,), "categorical_crossentropy"),
    ],
)
def test_the_string_for_any_crossentropy(
    keras: Any, text: str, labels: tuple[int, ...], output: tuple[int, ...], expected: str
) -> None:
    assert of_string(text, labels, (None, *output)) is loss(expected)
    assert of_string(text) is None
    model = keras.Sequential([keras.Input(output), keras.layers.Identity()])
    model.compile("sgd", text, run_eagerly=True)
    model.train_on_batch(np.full((3, *output), 0.5), np.zeros(labels))
    (used,) = model._compile_loss._flat_losses
    assert used.loss.fn.__name__ == expected


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("labels", "dtype"),
    [
        (np.array(["a", "b", "c"]), "str"),
        (np.array(["a", "b", "c"], dtype=object), "object"),
        (np.array([0.5, 1.0, 0.0]), "float64"),
        (np.array([True, False, True]), "bool"),
        (np.array([0, 1, 2], dtype="uint8"), "uint8"),
    ],
)
def test_dtypes(keras: Any, labels: np.ndarray, dtype: str) -> None:
    complaint = train(keras, "sparse_categorical_crossentropy", labels, (4,))
    assert (fits_dtype(dtype) is Fit.RAISES) == (complaint is not None)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "classes", "units", "fit"),
    [
        ("sparse_categorical_crossentropy", 4, 4, Fit.FITS),
        ("sparse_categorical_crossentropy", 4, 3, Fit.RAISES),
        ("sparse_categorical_crossentropy", 4, 5, Fit.SILENT),
        ("sparse_categorical_crossentropy", 2, 1, Fit.RAISES),
        ("binary_crossentropy", 2, 1, Fit.FITS),
        ("binary_crossentropy", 3, 1, Fit.SILENT),
    ],
)
def test_classes(keras: Any, name: str, classes: int, units: int, fit: Fit) -> None:
    assert check_classes(loss(name), classes, (None, units)) is fit
    complaint = train(keras, name, np.arange(classes), (units,))
    assert (fit is Fit.RAISES) == (complaint is not None)


@pytest.mark.oracle
@pytest.mark.parametrize("name", ["categorical_crossentropy", "mse", "binary_crossentropy"])
@pytest.mark.parametrize("units", [1, 3, 4, 5])
def test_one_hot_classes(keras: Any, name: str, units: int) -> None:
    fit = check_classes(loss(name), 4, (None, units), one_hot=True)
    complaint = train(keras, name, np.eye(4), (units,))
    assert (fit is Fit.RAISES) == (complaint is not None)
    assert (fit is Fit.FITS) == (units == 4)


@pytest.mark.parametrize(
    ("name", "labels", "output", "misfit", "fit"),
    [
        ("categorical_crossentropy", (60000,), (None, 10), Misfit.INDICES, Fit.RAISES),
        ("categorical_crossentropy", (60000, 1), (None, 10), Misfit.INDICES, Fit.RAISES),
        ("categorical_crossentropy", (60000, 9), (None, 10), Misfit.DIMENSION, Fit.RAISES),
        ("categorical_crossentropy", (9, 10), (None, 5, 10), Misfit.INDICES, Fit.RAISES),
        ("sparse_categorical_crossentropy", (60000, 10), (None, 10), Misfit.ONE_HOT, Fit.RAISES),
        ("sparse_categorical_crossentropy", (9, 5), (None, 4, 10), Misfit.DIMENSION, Fit.RAISES),
        ("sparse_categorical_crossentropy", (9,), (None, 28, 28, 10), Misfit.RANK, Fit.RAISES),
        ("binary_crossentropy", (9,), (None, 4), Misfit.RANK, Fit.RAISES),
        ("mse", (9, 1), (None, 4), Misfit.DIMENSION, Fit.SILENT),
        ("mse", (9, 3), (None, 1), Misfit.DIMENSION, Fit.SILENT),
        ("mse", (9, 1), (None, 7, 1), Misfit.DIMENSION, Fit.SILENT),
        ("mse", (9,), (None, 4), Misfit.RANK, Fit.SILENT),
        ("mse", (9,), (None, 1), None, Fit.FITS),
        ("mse", (9, 2), (None, 3), Misfit.DIMENSION, Fit.RAISES),
    ],
)
def test_what_is_wrong(
    name: str, labels: Shape, output: Shape, misfit: Misfit | None, fit: Fit
) -> None:
    verdict = check_labels(loss(name), labels, output)
    assert (verdict.fit, verdict.misfit) == (fit, misfit)


def test_labels_that_would_fit() -> None:
    one_hot = check_labels(loss("categorical_crossentropy"), (60000,), (None, 10))
    assert one_hot.expected == (60000, 10)
    indices = check_labels(loss("sparse_categorical_crossentropy"), (60000, 10), (None, 10))
    assert indices.expected == (60000,)


def test_the_number_of_samples_decides_what_broadcasts_by_chance() -> None:
    mse = loss("mse")
    assert check_labels(mse, (32,), (None, 4), batch=32).fit is Fit.RAISES
    assert check_labels(mse, (4,), (None, 4), batch=4).fit is Fit.SILENT


n = Expr.symbol("n")


@pytest.mark.parametrize(
    ("labels", "output"),
    [
        (UNKNOWN, (None, 10)),
        ((9,), UNKNOWN),
        ((9,), (None, UNKNOWN)),
        ((9,), (None, n)),
        ((9, UNKNOWN), (None, 10)),
        ((9, n), (None, 10)),
    ],
)
@pytest.mark.parametrize("known", COMPARED, ids=lambda known: known.name)
def test_unknown_dims_are_no_mistake(known: Loss, labels: Shape, output: Shape) -> None:
    assert check_labels(known, labels, output).fit is Fit.UNKNOWN or known.name == SPARSE


def test_what_an_unknown_dim_leaves_open() -> None:
    sparse = loss(SPARSE)
    assert check_labels(sparse, (9,), (None, n)).fit is Fit.UNKNOWN
    assert check_labels(sparse, (9, n), (None, 10)).fit is Fit.UNKNOWN
    assert check_labels(sparse, (9, n), (None, None, 10)).fit is Fit.UNKNOWN
    assert check_labels(sparse, (9, 5, 10), (None, None, 10)).fit is Fit.RAISES
    assert check_labels(loss("mse"), (9, 5), (None, None)).fit is Fit.UNKNOWN


@given(st.sampled_from(COMPARED), shapes, shapes.filter(lambda shape: shape != ()))
def test_what_fits_has_a_label_for_every_number(
    known: Loss, inner: tuple[int, ...], outer: tuple[int, ...]
) -> None:
    labels, output = (SAMPLES, *inner), (SAMPLES, *outer)
    verdict = check_labels(known, labels, output)
    if verdict.fit is Fit.FITS:
        compared = output[:-1] if known.labels is Labels.CLASS_INDICES else output
        assert size(labels) == size(compared)
        assert verdict.misfit is None
    else:
        assert verdict.misfit is not None


dims: st.SearchStrategy[Any] = st.sampled_from((1, 2, 4, None, UNKNOWN))


@given(
    st.sampled_from(COMPARED),
    st.lists(dims, max_size=3),
    st.lists(dims, min_size=1, max_size=3),
    st.data(),
)
def test_knowing_less_never_raises(
    known: Loss, inner: list[Any], outer: list[Any], data: st.DataObject
) -> None:
    def exact(dim: Any) -> int:
        return dim if isinstance(dim, int) else data.draw(st.sampled_from((1, 2, 3)))

    vague = check_labels(known, (SAMPLES, *inner), (None, *outer))
    labels, output = tuple(map(exact, inner)), tuple(map(exact, outer))
    verdict = check_labels(known, (SAMPLES, *labels), (None, *output), batch=SAMPLES)
    if vague.fit is Fit.RAISES:
        assert verdict.fit is Fit.RAISES
    if vague.fit is Fit.FITS:
        assert verdict.fit is Fit.FITS
    if vague.fit is Fit.SILENT:
        assert verdict.fit in (Fit.SILENT, Fit.RAISES)


@pytest.mark.parametrize(
    ("name", "activation", "units", "from_logits", "expected"),
    [
        ("mse", None, 4, False, None),
        ("mse", "softmax", 1, False, ActivationMisfit.SINGLE_UNIT_SOFTMAX),
        ("binary_crossentropy", "softmax", 1, False, ActivationMisfit.SINGLE_UNIT_SOFTMAX),
        ("binary_crossentropy", "softmax", 3, False, ActivationMisfit.SOFTMAX_FOR_INDEPENDENT),
        ("binary_crossentropy", "sigmoid", 1, False, None),
        ("binary_crossentropy", "sigmoid", 3, False, None),
        ("binary_crossentropy", None, 1, False, ActivationMisfit.MISSING_ACTIVATION),
        ("binary_crossentropy", "linear", 1, True, None),
        ("binary_crossentropy", "sigmoid", 1, True, ActivationMisfit.ACTIVATION_AND_LOGITS),
        ("binary_crossentropy", "relu", 1, False, ActivationMisfit.MISSING_ACTIVATION),
        ("categorical_crossentropy", "softmax", 3, False, None),
        (
            "categorical_crossentropy",
            "sigmoid",
            3,
            False,
            ActivationMisfit.SIGMOID_FOR_DISTRIBUTION,
        ),
        (
            "categorical_crossentropy",
            "sigmoid",
            1,
            False,
            ActivationMisfit.SINGLE_UNIT_DISTRIBUTION,
        ),
        ("sparse_categorical_crossentropy", None, 3, False, ActivationMisfit.MISSING_ACTIVATION),
        ("sparse_categorical_crossentropy", None, 3, True, None),
        (
            "sparse_categorical_crossentropy",
            "softmax",
            3,
            True,
            ActivationMisfit.ACTIVATION_AND_LOGITS,
        ),
        ("sparse_categorical_crossentropy", UNKNOWN, 3, False, None),
        ("sparse_categorical_crossentropy", None, 3, UNKNOWN, None),
        ("hinge", "tanh", 1, False, None),
    ],
)
def test_last_activations(
    name: str, activation: Any, units: int, from_logits: Any, expected: ActivationMisfit | None
) -> None:
    assert check_activation(loss(name), activation, units, from_logits) is expected


@pytest.mark.oracle
def test_losses_with_logits(keras: Any) -> None:
    for known in LOSSES:
        config = getattr(keras.losses, known.class_name)().get_config()
        assert known.has_from_logits == ("from_logits" in config)
        assert not known.has_from_logits or known.predictions is not Predictions.NUMBERS
