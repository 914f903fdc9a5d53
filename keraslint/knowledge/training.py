"""What ``compile``, ``fit`` and their like accept: names, data shapes, plain lists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Literal

from keraslint.knowledge.api import Api
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.losses import CROSSENTROPY
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, differ
from keraslint.tensors.shapes import Shape

Family = Literal["losses", "metrics", "optimizers"]
ModelKind = Literal["functional", "sequential", "unbuilt"]

ANY_CASE = {"losses": CROSSENTROPY, "metrics": ("accuracy", "acc")}
"""Strings, in any case, for which ``compile`` picks a loss or metric by the shapes."""

BASE_CLASSES = frozenset(("Loss", "Metric", "metric"))

RENAMED = {
    "losses": {
        "logcosh": "log_cosh",
        "huber_loss": "huber",
        "cosine_proximity": "cosine_similarity",
        "kullback_leibler_divergence": "kl_divergence",
        "rmse": "mean_squared_error",
        "root_mean_squared_error": "mean_squared_error",
        "l1": "mean_absolute_error",
        "l2": "mean_squared_error",
    },
    "metrics": {
        "logcosh": "log_cosh_error",
        "log_cosh": "log_cosh_error",
        "kld": "kl_divergence",
        "cosine_proximity": "cosine_similarity",
        "cosine": "cosine_similarity",
        "kullback_leibler_divergence": "kl_divergence",
        "rmse": "RootMeanSquaredError",
        "f1": "f1_score",
        "r2": "r2_score",
    },
    "optimizers": {"adam_w": "adamw", "rms_prop": "rmsprop", "momentum": "sgd"},
}
"""What old or colloquial names mean today."""


def is_known(family: Family, text: str) -> bool:
    """Whether a string in ``compile`` names a loss, metric or optimizer.

    Optimizers know no case, the others do. Unknown losses and metrics raise when training starts,
    unknown optimizers at once.
    """
    if text.lower() in ANY_CASE.get(family, ()):
        return True
    return Api.load("keras3").knows_string(family, text)


def suggestion(family: Family, text: str) -> str | None:
    """The known string that an unknown one very likely means, `None` if there is no such one."""
    known = Api.load("keras3").strings(family) - BASE_CLASSES
    renamed = RENAMED[family].get(text.lower())
    if renamed is not None:
        return renamed
    folded = {fold(name): name for name in sorted(known, key=lambda name: (name.islower(), name))}
    close = difflib.get_close_matches(fold(text), folded, n=1, cutoff=0.8)
    return folded[close[0]] if close else None


def fold(name: str) -> str:
    """A name without case and separators."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def data_reaching(kind: ModelKind, expected: Shape, data: Shape) -> Shape:
    """The shape that data has behind the input of a model.

    A model whose input is known drops a last axis of 1 or adds one. A functional model also
    compares the axes that both have; a Sequential leaves that to its layers.

    Args:
        kind: ``functional``; ``sequential`` for a built Sequential; ``unbuilt`` for everything
            whose input is not known before the data.
        expected: the shape of the model's input, batch first.
        data: the shape of the data, samples first.

    Returns:
        What the first layer gets, unknown if it depends on something unknown.

    Raises:
        Fault: the model refuses the data.
    """
    if isinstance(data, Unknown) or isinstance(expected, Unknown) or kind == "unbuilt":
        return data
    if kind == "functional":
        compare_common_axes(expected, data)
    return adjust_rank(expected, data)


def compare_common_axes(expected: tuple[Dim, ...], data: tuple[Dim, ...]) -> None:
    """Refuse data whose axes differ from the input's, a last axis of 1 aside.

    Raises:
        Fault: an axis certainly differs.
    """
    if not isinstance(data[-1] if data else 1, (int, type(None))):
        return
    ours, theirs = without_last_1(expected), without_last_1(data)
    for axis, (wanted, found) in enumerate(zip(ours, theirs, strict=False)):
        if axis and differ(wanted, found):
            raise Fault(
                FaultKind.INPUT_DIMENSION, input=0, expected=expected, found=data, axis=axis
            )


def without_last_1(shape: tuple[Dim, ...]) -> tuple[Dim, ...]:
    """A shape without its last axis if that is 1."""
    return shape[:-1] if shape and shape[-1] == 1 else shape


def adjust_rank(expected: tuple[Dim, ...], data: tuple[Dim, ...]) -> Shape:
    """Data with a last axis of 1 dropped or added.

    Raises:
        Fault: that does not give the rank of the input.
    """
    gap = len(data) - len(expected)
    if gap == 0:
        return data
    refused = Fault(FaultKind.INPUT_RANK, input=0, expected=expected, found=data)
    if gap == 1:
        if data[-1] == 1:
            return data[:-1]
        if data[-1] is None or isinstance(data[-1], int):
            raise refused
        return UNKNOWN
    if gap == -1:
        if expected[-1] == 1:
            return (*data, 1)
        if expected[-1] is None or isinstance(expected[-1], int):
            raise refused
        return UNKNOWN
    raise refused


def is_plain_list(value: Any) -> bool:
    """Whether ``fit`` refuses a value for data because plain numbers or text are in it.

    Lists, tuples and dicts of arrays are several inputs; lists of numbers are nothing at all.
    """
    if isinstance(value, dict):
        return any(is_plain_list(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(
            isinstance(item, (bool, int, float, str)) or is_plain_list(item) for item in value
        )
    return False


def different_counts(shapes: Iterable[Shape]) -> tuple[int, int] | None:
    """Two numbers of samples that differ among arrays, which ``fit`` refuses; `None` if none do."""
    counts = [shape[0] for shape in shapes if not isinstance(shape, Unknown) and shape]
    known = sorted({count for count in counts if isinstance(count, int)})
    return (known[0], known[-1]) if len(known) > 1 else None


def first_batch(samples: Dim, batch_size: Any) -> int | None:
    """How many samples ``fit`` takes first, `None` if unknown; ``batch_size=None`` means 32."""
    size = 32 if batch_size is None else batch_size
    if not isinstance(size, int) or isinstance(size, bool) or not isinstance(samples, int):
        return None
    return min(samples, size) if size > 0 else None
