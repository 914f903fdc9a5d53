"""What each loss of Keras compares with what: label shapes, label values, the last activation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ
from keraslint.tensors.shapes import BroadcastError, Shape, broadcast


class Labels(Enum):
    """Which labels a loss takes for an output."""

    LIKE_OUTPUT = "the shape of the output, strictly"
    BROADCAST = "the shape of the output, or what broadcasts with it"
    CLASS_INDICES = "the shape of the output without its last axis"
    SEQUENCES = "(batch, length) for an output (batch, steps, classes)"
    OTHER = "something else"


class Predictions(Enum):
    """What a loss takes an output for."""

    DISTRIBUTION = "probabilities of classes of which one is true"
    PROBABILITIES = "probabilities that are independent of each other"
    NUMBERS = "any numbers"


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss of Keras.

    Attributes:
        function: the name of the function in ``keras.losses``, `None` if there is only a class.
        class_name: the name of the class.
        labels: which labels it takes.
        predictions: what it takes the output for.
        has_from_logits: whether it can be told that the output has no activation.
        aliases: further strings for the function.
    """

    function: str | None
    class_name: str
    labels: Labels = Labels.BROADCAST
    predictions: Predictions = Predictions.NUMBERS
    has_from_logits: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in messages: the string that most people write."""
        return self.function or self.class_name


LOSSES = (
    Loss("mean_squared_error", "MeanSquaredError", aliases=("mse", "MSE")),
    Loss("mean_absolute_error", "MeanAbsoluteError", aliases=("mae", "MAE")),
    Loss("mean_absolute_percentage_error", "MeanAbsolutePercentageError", aliases=("mape", "MAPE")),
    Loss("mean_squared_logarithmic_error", "MeanSquaredLogarithmicError", aliases=("msle", "MSLE")),
    Loss("cosine_similarity", "CosineSimilarity"),
    Loss("log_cosh", "LogCosh"),
    Loss("huber", "Huber"),
    Loss("hinge", "Hinge"),
    Loss("squared_hinge", "SquaredHinge"),
    Loss("categorical_hinge", "CategoricalHinge"),
    Loss("poisson", "Poisson"),
    Loss(
        "kl_divergence",
        "KLDivergence",
        predictions=Predictions.DISTRIBUTION,
        aliases=("kld", "KLD"),
    ),
    Loss("dice", "Dice"),
    Loss("tversky", "Tversky"),
    Loss(
        "binary_crossentropy",
        "BinaryCrossentropy",
        Labels.LIKE_OUTPUT,
        Predictions.PROBABILITIES,
        has_from_logits=True,
        aliases=("bce", "BCE"),
    ),
    Loss(
        "binary_focal_crossentropy",
        "BinaryFocalCrossentropy",
        Labels.LIKE_OUTPUT,
        Predictions.PROBABILITIES,
        has_from_logits=True,
    ),
    Loss(
        "categorical_crossentropy",
        "CategoricalCrossentropy",
        Labels.LIKE_OUTPUT,
        Predictions.DISTRIBUTION,
        has_from_logits=True,
    ),
    Loss(
        "categorical_focal_crossentropy",
        "CategoricalFocalCrossentropy",
        predictions=Predictions.DISTRIBUTION,
        has_from_logits=True,
    ),
    Loss(
        "sparse_categorical_crossentropy",
        "SparseCategoricalCrossentropy",
        Labels.CLASS_INDICES,
        Predictions.DISTRIBUTION,
        has_from_logits=True,
    ),
    Loss("ctc", "CTC", Labels.SEQUENCES),
    Loss("circle", "Circle", Labels.OTHER),
    Loss(None, "CategoricalGeneralizedCrossEntropy", Labels.OTHER, Predictions.DISTRIBUTION),
)

CROSSENTROPY = ("crossentropy", "ce")
"""Strings, in any case, for which ``compile`` picks a cross-entropy by the shapes."""


@cache
def _by_name() -> dict[str, Loss]:
    return {
        name: loss
        for loss in LOSSES
        for name in (loss.function, loss.class_name, *loss.aliases)
        if name is not None
    }


def find(name: str) -> Loss | None:
    """A loss by the name of its function or class, perhaps with its module, or by an alias."""
    return _by_name().get(name.removeprefix("keras.losses.").removeprefix("keras.metrics."))


def of_string(text: str, labels: Shape = UNKNOWN, output: Shape = UNKNOWN) -> Loss | None:
    """The loss that a string means in ``compile``.

    Args:
        text: the string, whose case matters.
        labels: the shape of the labels, which decides what ``"crossentropy"`` means.
        output: the shape of the model's output, likewise.

    Returns:
        The loss; `None` if there is none, or if it cannot be told which.
    """
    if text.lower() in CROSSENTROPY:
        return _crossentropy(labels, output)
    loss = find(text) if "." not in text else None
    return None if loss is None or loss.function is None else loss


def _crossentropy(labels: Shape, output: Shape) -> Loss | None:
    if isinstance(labels, Unknown) or isinstance(output, Unknown) or not (labels and output):
        return None
    if output[-1] == 1:
        return find("binary_crossentropy")
    if not isinstance(output[-1], int):
        return None
    if len(labels) < len(output) or labels[-1] == 1:
        return find("sparse_categorical_crossentropy")
    return find("categorical_crossentropy") if isinstance(labels[-1], int) else None


class Fit(Enum):
    """What becomes of labels and an output."""

    FITS = "fits"
    SILENT = "runs and computes something else"
    RAISES = "raises"
    UNKNOWN = "unknown"


class Misfit(Enum):
    """What is wrong with labels."""

    ONE_HOT = "one-hot labels where class indices belong"
    INDICES = "class indices where one-hot labels belong"
    RANK = "another number of axes"
    DIMENSION = "another size of an axis"


@dataclass(frozen=True, slots=True)
class LabelFit:
    """Whether labels go with an output.

    Attributes:
        fit: what Keras makes of them.
        misfit: what is wrong, `None` if nothing is.
        expected: the shape of labels that would fit, their own batch first.
        axis: the axis of the output that differs, where one does.
    """

    fit: Fit
    misfit: Misfit | None = None
    expected: Shape = UNKNOWN
    axis: int | None = None


BATCH = Expr.symbol("batch", "labels and outputs alike")


def check_labels(loss: Loss, labels: Shape, output: Shape, batch: Dim = UNKNOWN) -> LabelFit:
    """Compare labels with an output as a loss does.

    Args:
        loss: the loss.
        labels: the shape of all labels, samples first.
        output: the shape of the model's output, batch first.
        batch: how many samples are in the first batch, if that is known: some shapes that do not
            fit broadcast with one particular number of samples.

    Returns:
        The verdict; `Fit.UNKNOWN` if it depends on something unknown.
    """
    unclear = LabelFit(Fit.UNKNOWN)
    if isinstance(labels, Unknown) or isinstance(output, Unknown) or not labels or not output:
        return unclear
    size = batch if isinstance(batch, int) else BATCH
    pair = same_rank((size, *labels[1:]), (size, *output[1:]))
    if pair is None or loss.labels is Labels.OTHER:
        return unclear
    if loss.labels is Labels.CLASS_INDICES:
        found = _indices(*pair)
        expected: Shape = (labels[0], *output[1:-1])
    elif loss.labels is Labels.SEQUENCES:
        ranks = (len(pair[0]), len(pair[1]))
        found = LabelFit(Fit.FITS) if ranks == (2, 3) else LabelFit(Fit.RAISES, Misfit.RANK)
        expected = (labels[0], UNKNOWN)
    else:
        found = _alike(loss, *pair)
        expected = (labels[0], *output[1:])
    return LabelFit(found.fit, found.misfit, expected, found.axis)


Pair = tuple[tuple[Dim, ...], tuple[Dim, ...]]


def same_rank(labels: tuple[Dim, ...], output: tuple[Dim, ...]) -> Pair | None:
    """Add or drop a last axis of 1 as every loss does; `None` if it may or may not be 1."""
    gap = len(labels) - len(output)
    if abs(gap) != 1:
        return labels, output
    longer, shorter = (labels, output) if gap == 1 else (output, labels)
    if not isinstance(longer[-1], int):
        return None
    if longer[-1] == 1:
        if len(shorter) == 1:
            shorter = (*shorter, 1)
        else:
            longer = longer[:-1]
    return (longer, shorter) if gap == 1 else (shorter, longer)


def _indices(labels: tuple[Dim, ...], output: tuple[Dim, ...]) -> LabelFit:
    if len(labels) == len(output):
        if not isinstance(labels[-1], int):
            return LabelFit(Fit.UNKNOWN)
        if labels[-1] != 1:
            return LabelFit(Fit.RAISES, Misfit.ONE_HOT)
        labels = labels[:-1]
    if len(labels) != len(output) - 1:
        return LabelFit(Fit.RAISES, Misfit.RANK)
    return _axes(labels, output[:-1])


def _alike(loss: Loss, labels: tuple[Dim, ...], output: tuple[Dim, ...]) -> LabelFit:
    strict = loss.labels is Labels.LIKE_OUTPUT
    found = LabelFit(Fit.RAISES, Misfit.RANK)
    if len(labels) == len(output):
        found = _axes(labels, output)
    if found.misfit is None:
        return found
    misfit = Misfit.INDICES if _looks_like_indices(loss, labels, output) else found.misfit
    raises = strict or not _broadcasts(labels, output)
    return LabelFit(Fit.RAISES if raises else Fit.SILENT, misfit, axis=found.axis)


def _axes(labels: tuple[Dim, ...], output: tuple[Dim, ...]) -> LabelFit:
    pairs = list(zip(labels, output, strict=True))
    for axis, (a, b) in enumerate(pairs):
        if differ(a, b):
            return LabelFit(Fit.RAISES, Misfit.DIMENSION, axis=axis)
    known = all(isinstance(a, (int, Expr)) and a == b for a, b in pairs)
    return LabelFit(Fit.FITS if known else Fit.UNKNOWN)


def _broadcasts(labels: tuple[Dim, ...], output: tuple[Dim, ...]) -> bool:
    try:
        broadcast(labels, output)
    except BroadcastError:
        return False
    return True


def _looks_like_indices(loss: Loss, labels: tuple[Dim, ...], output: tuple[Dim, ...]) -> bool:
    if loss.predictions is not Predictions.DISTRIBUTION or output[-1] == 1:
        return False
    return len(labels) == len(output) - 1 or (len(labels) == len(output) and labels[-1] == 1)


def fits_dtype(dtype: str | Unknown) -> Fit:
    """Whether labels of a dtype can be trained on: text cannot."""
    if isinstance(dtype, Unknown):
        return Fit.UNKNOWN
    text = dtype.startswith(("str", "object", "bytes", "<U", "<S", "|S", "U", "S"))
    return Fit.RAISES if text else Fit.FITS


def check_classes(loss: Loss, classes: Dim, output: Shape, *, one_hot: bool = False) -> Fit:
    """Compare the number of classes in labels with the units of the output.

    Args:
        loss: the loss.
        classes: the number of classes, whose indices are 0 to ``classes - 1``.
        output: the shape of the output.
        one_hot: whether the labels have an axis of one number per class.

    Returns:
        `Fit.SILENT` where it runs on labels that the loss is not made for, or with spare units.
    """
    if isinstance(output, Unknown) or not output or not isinstance(classes, int):
        return Fit.UNKNOWN
    units = output[-1]
    if not isinstance(units, int):
        return Fit.UNKNOWN
    if one_hot:
        return _one_hot_units(loss, classes, units)
    if loss.labels is Labels.CLASS_INDICES:
        if units < classes:
            return Fit.RAISES
        return Fit.FITS if units == classes else Fit.SILENT
    if loss.predictions is Predictions.PROBABILITIES and units == 1:
        return Fit.FITS if classes <= 2 else Fit.SILENT
    return Fit.UNKNOWN


def _one_hot_units(loss: Loss, classes: int, units: int) -> Fit:
    if classes == units:
        return Fit.FITS
    if loss.labels is Labels.BROADCAST:
        return Fit.SILENT if units == 1 else Fit.RAISES
    return Fit.RAISES if loss.labels is Labels.LIKE_OUTPUT else Fit.UNKNOWN


class ActivationMisfit(Enum):
    """Why the last activation and the loss do not go together. All of it runs."""

    SINGLE_UNIT_SOFTMAX = "softmax over one unit is always 1"
    SINGLE_UNIT_DISTRIBUTION = "the loss compares classes, and there is only one"
    SOFTMAX_FOR_INDEPENDENT = "softmax makes one class of many, the loss takes each for itself"
    SIGMOID_FOR_DISTRIBUTION = "sigmoid does not sum to 1, the loss takes it for a distribution"
    MISSING_ACTIVATION = "the loss takes the output for probabilities, which it is not"
    ACTIVATION_AND_LOGITS = "the loss takes the output for logits, which it no longer is"


PROBABILITIES = ("softmax", "sigmoid", "hard_sigmoid", "sparsemax", "sparse_sigmoid")


def check_activation(
    loss: Loss | None,
    activation: str | None | Unknown,
    units: Dim,
    from_logits: bool | Unknown = False,
) -> ActivationMisfit | None:
    """Compare the last activation with a loss.

    Args:
        loss: the loss, `None` if unknown.
        activation: the name of the activation that gives the output, `None` if there is none.
        units: the size of the output's last axis.
        from_logits: what the loss was told; `False` where it is given as a string or a function.

    Returns:
        What is very likely not meant, `None` if nothing is or it is not known.
    """
    if isinstance(activation, Unknown):
        return None
    if activation == "softmax" and units == 1:
        return ActivationMisfit.SINGLE_UNIT_SOFTMAX
    if loss is None or loss.predictions is Predictions.NUMBERS or isinstance(from_logits, Unknown):
        return None
    exclusive = loss.predictions is Predictions.DISTRIBUTION
    if exclusive and units == 1:
        return ActivationMisfit.SINGLE_UNIT_DISTRIBUTION
    if loss.has_from_logits and from_logits:
        wrong = activation in ("softmax", "sigmoid")
        return ActivationMisfit.ACTIVATION_AND_LOGITS if wrong else None
    if activation not in PROBABILITIES:
        return ActivationMisfit.MISSING_ACTIVATION
    if exclusive and activation == "sigmoid" and isinstance(units, int):
        return ActivationMisfit.SIGMOID_FOR_DISTRIBUTION
    if not exclusive and activation == "softmax" and isinstance(units, int):
        return ActivationMisfit.SOFTMAX_FOR_INDEPENDENT
    return None
