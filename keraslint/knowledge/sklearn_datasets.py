"""The tables that scikit-learn loads or makes: their sizes, dtypes and classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from keraslint.knowledge.arguments import as_dim, flag
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, total
from keraslint.tensors.shapes import Shape


@dataclass(frozen=True, slots=True)
class Table:
    """Samples with a target each.

    Attributes:
        data: the shape of the samples.
        target: the shape of the targets.
        dtype, target_dtype: their dtypes.
        classes: the number of classes, `None` if the target is no class.
        first_class: the lowest class.
        images: the shape of the samples as images, where the loader has them too.
        extra: the shape of a third array that comes along, if one does.
    """

    data: tuple[Dim, ...]
    target: Shape
    dtype: str = "float64"
    target_dtype: str = "int64"
    classes: Dim = None
    first_class: int = 0
    images: tuple[int, ...] | None = None
    extra: Shape | None = None


def numbers(rows: int, columns: int) -> Table:
    """A table for regression."""
    return Table((rows, columns), (rows,), target_dtype="float64")


LOADED = {
    "load_iris": Table((150, 4), (150,), classes=3),
    "load_wine": Table((178, 13), (178,), classes=3),
    "load_breast_cancer": Table((569, 30), (569,), classes=2),
    "load_digits": Table((1797, 64), (1797,), classes=10, images=(1797, 8, 8)),
    "load_diabetes": numbers(442, 10),
    "load_linnerud": Table((20, 3), (20, 3), target_dtype="float64"),
    "fetch_california_housing": numbers(20_640, 8),
    "fetch_olivetti_faces": Table((400, 4096), (400,), "float32", classes=40, images=(400, 64, 64)),
    "fetch_covtype": Table((581_012, 54), (581_012,), "float64", "int32", 7, first_class=1),
}
"""What the loaders give when they are called without arguments."""

DIGITS = (178, 182, 177, 183, 181, 182, 181, 179, 174, 180)


def load(name: str, arguments: Mapping[str, Any]) -> Table | None:
    """What ``sklearn.datasets.<name>(...)`` loads.

    Args:
        name: the function.
        arguments: what was given, by parameter name.

    Returns:
        The table, `None` if the function is not known or its arguments change too much.
    """
    table = LOADED.get(name)
    if name == "load_digits" and "n_class" in arguments and table is not None:
        return _some_digits(table, arguments["n_class"])
    return table


def _some_digits(table: Table, n: Any) -> Table | None:
    if not isinstance(n, int) or not 0 < n <= len(DIGITS):
        return None
    rows = sum(DIGITS[:n])
    return replace(table, data=(rows, 64), target=(rows,), images=(rows, 8, 8), classes=n)


@dataclass(frozen=True, slots=True)
class Maker:
    """A function that makes a table of the size it is told.

    Attributes:
        samples: the default of ``n_samples``.
        features: the number of columns, or the default of ``n_features``.
        fixed: whether the number of columns is always the same.
        classes: the default of ``n_classes`` (of ``centers`` for blobs), `None` for regression.
        columns: the name of the argument with the number of target columns, if there is one.
        target_dtype: the dtype of the target.
        extra: an argument whose truth brings a third array.
    """

    samples: int
    features: int
    fixed: bool = False
    classes: int | None = None
    columns: str | None = None
    target_dtype: str = "int64"
    extra: str | None = None


MAKERS = {
    "make_classification": Maker(100, 20, classes=2),
    "make_blobs": Maker(100, 2, classes=3, extra="return_centers"),
    "make_moons": Maker(100, 2, fixed=True, classes=2),
    "make_circles": Maker(100, 2, fixed=True, classes=2),
    "make_gaussian_quantiles": Maker(100, 2, classes=3),
    "make_multilabel_classification": Maker(100, 20, columns="n_classes"),
    "make_regression": Maker(100, 100, columns="n_targets", target_dtype="float64", extra="coef"),
    "make_friedman1": Maker(100, 10, target_dtype="float64"),
    "make_friedman2": Maker(100, 4, fixed=True, target_dtype="float64"),
    "make_friedman3": Maker(100, 4, fixed=True, target_dtype="float64"),
    "make_s_curve": Maker(100, 3, fixed=True, target_dtype="float64"),
    "make_swiss_roll": Maker(100, 3, fixed=True, target_dtype="float64"),
    "make_hastie_10_2": Maker(12_000, 10, fixed=True, target_dtype="float64"),
}
OTHER_RESULTS = frozenset(("return_X_y", "sparse", "return_indicator", "return_distributions"))
COLUMNS = {"n_classes": 5, "n_targets": 1}


def make(name: str, arguments: Mapping[str, Any]) -> Table | None:
    """What ``sklearn.datasets.<name>(...)`` makes.

    Args:
        name: the function.
        arguments: what was given, by parameter name; integers, expressions, tuples or unknown.

    Returns:
        The table, `None` if the function is not known or does not give a tuple of arrays.
    """
    maker = MAKERS.get(name)
    if maker is None or OTHER_RESULTS & arguments.keys():
        return None
    rows = _rows(arguments.get("n_samples", maker.samples))
    features: Dim = maker.features
    if not maker.fixed:
        features = as_dim(arguments.get("n_features", features))
    classes: Dim = maker.classes
    if classes is not None:
        classes = as_dim(arguments.get("n_classes", classes))
    if name == "make_blobs":
        rows, features, classes = _blobs(rows, features, arguments)
    target: Shape = (rows,)
    if maker.columns is not None:
        columns = as_dim(arguments.get(maker.columns, COLUMNS[maker.columns]))
        target = _squeezed(rows, columns) if name == "make_regression" else (rows, columns)
    wanted = flag({maker.extra: False, **arguments}, maker.extra) if maker.extra else False
    if isinstance(wanted, Unknown):
        return None
    extra = None
    if wanted:
        extra = (classes, features) if name == "make_blobs" else _coefficients(features, target)
    return Table((rows, features), target, "float64", maker.target_dtype, classes, extra=extra)


def _rows(given: Any) -> Dim:
    if isinstance(given, (tuple, list)):
        return total(as_dim(item) for item in given)
    return as_dim(given)


def _blobs(rows: Dim, features: Dim, arguments: Mapping[str, Any]) -> tuple[Dim, Dim, Dim]:
    samples, centers = arguments.get("n_samples"), arguments.get("centers")
    if isinstance(samples, (tuple, list)):
        return rows, features if centers is None else UNKNOWN, len(samples)
    if centers is None:
        return rows, features, UNKNOWN if isinstance(samples, Unknown) else 3
    if isinstance(centers, (tuple, list)):
        first = centers[0] if centers else UNKNOWN
        width = len(first) if isinstance(first, (tuple, list)) else UNKNOWN
        return rows, width, len(centers)
    known = as_dim(centers)
    return rows, features if isinstance(known, int) else UNKNOWN, known


def _squeezed(rows: Dim, columns: Dim) -> Shape:
    if not isinstance(columns, int) or rows == 1:
        return UNKNOWN
    return (rows,) if columns == 1 else (rows, columns)


def _coefficients(features: Dim, target: Shape) -> Shape:
    if isinstance(target, Unknown) or features == 1:
        return UNKNOWN
    return (features, *target[1:])
