"""The tables of scikit-learn against scikit-learn itself."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest
from sklearn import datasets

from keraslint.knowledge.sklearn_datasets import LOADED, MAKERS, Table, load, make
from keraslint.tensors.dims import UNKNOWN, Expr


def assert_like(table: Table | None, *arrays: Any) -> None:
    """Assert that a table describes arrays."""
    assert table is not None
    data, target, *rest = arrays
    assert (table.data, table.dtype) == (data.shape, data.dtype.name)
    assert (table.target, table.target_dtype) == (target.shape, target.dtype.name)
    assert table.extra == (rest[0].shape if rest else None)
    if table.classes is not None:
        first = table.first_class
        assert sorted(np.unique(target)) == list(range(first, first + int(str(table.classes))))


@pytest.mark.parametrize("name", [name for name in LOADED if name.startswith("load_")])
def test_loaders(name: str) -> None:
    loader = getattr(datasets, name)
    assert_like(load(name, {}), *loader(return_X_y=True))
    images = getattr(loader(), "images", None)
    assert LOADED[name].images == (None if images is None else images.shape)


@pytest.mark.parametrize("n_class", [1, 3, 9, 10])
def test_some_digits(n_class: int) -> None:
    made = datasets.load_digits(n_class=n_class, return_X_y=True)
    assert_like(load("load_digits", {"n_class": n_class}), *made)


def test_unknown_loaders() -> None:
    assert load("load_files", {}) is None
    assert load("load_digits", {"n_class": UNKNOWN}) is None
    assert load("load_digits", {"n_class": 0}) is None


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_makers(name: str) -> None:
    maker = getattr(datasets, name)
    assert_like(make(name, {}), *maker(random_state=0))
    assert_like(make(name, {"n_samples": 40}), *maker(n_samples=40, random_state=0))
    if "n_features" in inspect.signature(maker).parameters:
        assert_like(make(name, {"n_features": 7}), *maker(n_features=7, random_state=0))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("make_classification", {"n_classes": 3, "n_informative": 4, "n_samples": 300}),
        ("make_multilabel_classification", {"n_classes": 3}),
        ("make_gaussian_quantiles", {"n_classes": 4}),
        ("make_regression", {"n_targets": 3}),
        ("make_regression", {"n_targets": 1, "coef": True}),
        ("make_regression", {"n_targets": 2, "coef": True}),
        ("make_blobs", {"centers": 5}),
        ("make_blobs", {"centers": [[0, 0, 0], [1, 1, 1]]}),
        ("make_blobs", {"n_samples": [10, 20, 30, 40]}),
        ("make_blobs", {"centers": 4, "return_centers": True, "n_features": 3}),
        ("make_moons", {"n_samples": (30, 20)}),
        ("make_moons", {"n_samples": 51}),
        ("make_circles", {"n_samples": (30, 20), "noise": 0.1}),
    ],
)
def test_arguments(name: str, arguments: dict[str, Any]) -> None:
    made = getattr(datasets, name)(**arguments, random_state=0)
    assert_like(make(name, arguments), *made)


def test_results_that_are_no_tuple_of_two_arrays() -> None:
    assert make("make_classification", {"return_X_y": False}) is None
    assert make("make_multilabel_classification", {"sparse": True}) is None
    assert make("make_blobs", {"return_centers": UNKNOWN}) is None
    assert make("make_spd_matrix", {}) is None


def test_unknown_sizes() -> None:
    n = Expr.symbol("n")
    made = make("make_moons", {"n_samples": n})
    assert made is not None
    assert made.data == (n, 2)
    assert made.target == (n,)
    blobs = make("make_blobs", {"centers": UNKNOWN})
    assert blobs is not None
    assert blobs.data == (100, UNKNOWN)
    regression = make("make_regression", {"n_targets": UNKNOWN})
    assert regression is not None
    assert regression.target is UNKNOWN
