"""scikit-learn, as far as shapes go: splits, data sets, scalers and encoders."""

from __future__ import annotations

import math
from typing import Any

from keraslint.interpreter.libraries.array_dtypes import divided
from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim
from keraslint.interpreter.libraries.array_values import array, as_array, bounds
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.objects import library_object, methods_of
from keraslint.interpreter.libraries.pandas import FRAME, SERIES, with_rows
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import List, Opaque, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape

sklearn = library_functions("sklearn.")


def rows_of(value: Value) -> Dim:
    """The number of samples in an array, list or table."""
    if isinstance(value, Sequence_):
        return UNKNOWN if value.open else len(value.items)
    model = as_array(value)
    shape = UNKNOWN if model is None else model.spec.shape
    return UNKNOWN if isinstance(shape, Unknown) or not shape else shape[0]


def taken(value: Value, rows: Dim) -> Value:
    """Some ``rows`` samples of an array, list or table."""
    if isinstance(value, Opaque):
        return with_rows(value, rows) if value.path in (FRAME, SERIES) else UNKNOWN
    if isinstance(value, Sequence_):
        return (
            List([UNKNOWN] * rows) if isinstance(rows, int) and rows < 4096 else List([], open=True)
        )
    model = as_array(value)
    if model is None:
        return UNKNOWN
    shape = model.spec.shape
    if isinstance(shape, Unknown) or not shape:
        return array(UNKNOWN, model.spec.dtype)
    return array((rows, *shape[1:]), model.spec.dtype, {**bounds(model.facts), **_one_hot(model)})


def _one_hot(model: Tensor) -> dict[str, Value]:
    return {"one_hot": model.facts["one_hot"]} if "one_hot" in model.facts else {}


@sklearn("model_selection.train_test_split")
def _train_test_split(
    *arrays: Value,
    test_size: Value = None,
    train_size: Value = None,
    random_state: Value = None,
    shuffle: Value = True,
    stratify: Value = None,
) -> Value:
    counts = [rows_of(value) for value in arrays]
    total = next((count for count in counts if isinstance(count, int)), UNKNOWN)
    train, test = _split_sizes(total, train_size, test_size)
    return List([taken(value, rows) for value in arrays for rows in (train, test)])


def _split_sizes(total: Dim, train_size: Value, test_size: Value) -> tuple[Dim, Dim]:
    if train_size is None and test_size is None:
        test_size = 0.25
    train, test = _part(train_size, total, math.floor), _part(test_size, total, math.ceil)
    if not isinstance(total, int):
        return (UNKNOWN if train is None else train), (UNKNOWN if test is None else test)
    if train is None:
        train = total - test if isinstance(test, int) else UNKNOWN
    elif test is None:
        test = total - train if isinstance(train, int) else UNKNOWN
    return train, test


def _part(size: Value, total: Dim, rounding: Any) -> Dim:
    if size is None:
        return None
    if isinstance(size, float):
        return int(rounding(size * total)) if isinstance(total, int) and 0 < size < 1 else UNKNOWN
    return int(size) if isinstance(size, int) else UNKNOWN


@sklearn("utils.shuffle")
def _shuffle(*arrays: Value, random_state: Value = None, n_samples: Value = None) -> Value:
    result = [taken(value, rows_of(value) if n_samples is None else UNKNOWN) for value in arrays]
    return result[0] if len(result) == 1 else List(result)


BUNCH = "sklearn.utils.Bunch"


@methods_of(BUNCH)("__getitem__")
def _member(frame: Frame, self: Opaque, key: Value) -> Value:
    return self.attributes.get(key, UNKNOWN) if isinstance(key, str) else UNKNOWN


_DATA: dict[str, tuple[int, int, int | None]] = {
    "load_iris": (150, 4, 3),
    "load_digits": (1797, 64, 10),
    "load_wine": (178, 13, 3),
    "load_breast_cancer": (569, 30, 2),
    "load_diabetes": (442, 10, None),
    "fetch_california_housing": (20640, 8, None),
}


def _data_set(name: str, samples: int, features: int, classes: int | None) -> None:
    @sklearn(f"datasets.{name}")
    def load(
        *more: Value,
        as_frame: Value = False,
        n_class: Value = None,
        **named: Value,
    ) -> Value:
        if more or as_frame is not False or n_class is not None:
            raise Undefined
        pair = named.get("return_X_y", False)
        labels = {"low": 0, "high": classes - 1, "classes": classes} if classes else None
        data = array((samples, features))
        target = array((samples,), "int64" if classes else "float64", labels)
        if pair is not False:
            return (data, target) if pair is True else UNKNOWN
        bunch: dict[str, Value] = {"data": data, "target": target}
        bunch["target_names"] = array((classes,), "string") if classes else UNKNOWN
        if name == "load_digits":
            bunch["images"] = array((samples, 8, 8))
        return library_object(BUNCH, bunch)


for _name, (_samples, _features, _classes) in _DATA.items():
    _data_set(_name, _samples, _features, _classes)


@sklearn("datasets.make_classification")
def _make_classification(
    n_samples: Value = 100, n_features: Value = 20, *, n_classes: Value = 2, **_: Value
) -> Value:
    facts = {"low": 0, "high": n_classes - 1} if isinstance(n_classes, int) else None
    rows = as_dim(n_samples)
    return array((rows, as_dim(n_features))), array((rows,), "int64", facts)


@sklearn("datasets.make_regression")
def _make_regression(
    n_samples: Value = 100,
    n_features: Value = 100,
    *,
    n_targets: Value = 1,
    coef: Value = False,
    **_: Value,
) -> Value:
    rows, targets = as_dim(n_samples), as_dim(n_targets)
    if coef is not False or isinstance(targets, Unknown):
        raise Undefined
    return array((rows, as_dim(n_features))), array((rows,) if targets == 1 else (rows, targets))


@sklearn("datasets.make_blobs")
def _make_blobs(
    n_samples: Value = 100, n_features: Value = 2, *more: Value, **named: Value
) -> Value:
    rows = as_dim(n_samples) if not isinstance(n_samples, (tuple, Sequence_)) else UNKNOWN
    centers = named.get("centers", more[0] if more else None)
    given = centers is None or isinstance(centers, int)
    if named.get("return_centers", False) is not False:
        raise Undefined
    facts = {"low": 0, "high": (3 if centers is None else centers) - 1} if given else None
    return array((rows, as_dim(n_features) if given else UNKNOWN)), array((rows,), "int64", facts)


@sklearn("datasets.make_moons datasets.make_circles")
def _make_moons(n_samples: Value = 100, **_: Value) -> Value:
    rows = as_dim(n_samples) if not isinstance(n_samples, (tuple, Sequence_)) else UNKNOWN
    return array((rows, 2)), array((rows,), "int64", {"low": 0, "high": 1})


_SCALERS = (
    *("StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "Normalizer"),
    *("QuantileTransformer", "PowerTransformer"),
)
SCALER = "sklearn.preprocessing.Scaler"
scaler = methods_of(SCALER)


@sklearn(" ".join(f"preprocessing.{name}" for name in _SCALERS))
def _scaler(*settings: Value, **_: Value) -> Value:
    return library_object(SCALER)


@scaler("fit partial_fit")
def _fit(frame: Frame, self: Opaque, *data: Value, **_: Value) -> Value:
    return self


@scaler("transform fit_transform inverse_transform")
def _scaled(frame: Frame, self: Opaque, x: Value = UNKNOWN, *more: Value, **named: Value) -> Value:
    table = named.get("X", x)
    model = as_array(table)
    return array(table_shape(table), UNKNOWN if model is None else divided(model.spec.dtype))


def table_shape(value: Value) -> Shape:
    """The shape of what must be a table: two axes.

    Raises:
        Undefined: it is none.
    """
    model = as_array(value)
    if model is None or isinstance(model.spec.shape, Unknown):
        return (UNKNOWN, UNKNOWN)
    if len(model.spec.shape) != 2:
        raise Undefined
    return model.spec.shape


ENCODER = "sklearn.preprocessing.LabelEncoder"
BINARIZER = "sklearn.preprocessing.LabelBinarizer"
ONE_HOT = "sklearn.preprocessing.OneHotEncoder"
PCA = "sklearn.decomposition.PCA"
FOLDS = "sklearn.model_selection.KFold"
SPARSE = "scipy.sparse.csr_matrix"

for _path in (ENCODER, BINARIZER, ONE_HOT, PCA):
    methods_of(_path)("fit")(_fit)


@sklearn("preprocessing.LabelEncoder")
def _label_encoder() -> Value:
    return library_object(ENCODER)


@methods_of(ENCODER)("transform fit_transform")
def _encoded(frame: Frame, self: Opaque, y: Value) -> Value:
    model = as_array(y)
    classes = {} if model is None else model.facts
    facts = (
        {"low": 0, "high": classes["classes"] - 1, "classes": classes["classes"]}
        if "classes" in classes
        else {}
    )
    return array((rows_of(y),), "int64", facts)


@sklearn("preprocessing.LabelBinarizer preprocessing.MultiLabelBinarizer")
def _label_binarizer(*settings: Value, **_: Value) -> Value:
    return library_object(BINARIZER)


@methods_of(BINARIZER)("transform fit_transform")
def _binarized(frame: Frame, self: Opaque, y: Value) -> Value:
    return array((rows_of(y), UNKNOWN), "int64", {"low": 0, "high": 1})


@sklearn("preprocessing.OneHotEncoder")
def _one_hot_encoder(*, sparse: Value = True, sparse_output: Value = True, **_: Value) -> Value:
    dense = sparse is False or sparse_output is False
    unsure = not isinstance(sparse, bool) or not isinstance(sparse_output, bool)
    return UNKNOWN if unsure else library_object(ONE_HOT, {"dense": dense})


@methods_of(ONE_HOT)("transform fit_transform")
def _one_hot_encoded(
    frame: Frame, self: Opaque, x: Value = UNKNOWN, *more: Value, **named: Value
) -> Value:
    result = array((rows_of(named.get("X", x)), UNKNOWN), UNKNOWN, {"low": 0, "high": 1})
    return result if self.attributes["dense"] else _sparse(result)


def _sparse(result: Tensor) -> Opaque:
    return library_object(SPARSE, {"dense": result, "shape": result.spec.shape})


@methods_of(SPARSE)("toarray todense")
def _dense(frame: Frame, self: Opaque) -> Value:
    return self.attributes["dense"]


@sklearn("feature_extraction.text.CountVectorizer feature_extraction.text.TfidfVectorizer")
def _vectorizer(*settings: Value, **_: Value) -> Value:
    return library_object(ONE_HOT, {"dense": False})


@sklearn("decomposition.PCA decomposition.TruncatedSVD")
def _pca(n_components: Value = None, **_: Value) -> Value:
    return library_object(PCA, {"width": n_components})


@methods_of(PCA)("transform fit_transform")
def _projected(
    frame: Frame, self: Opaque, x: Value = UNKNOWN, *more: Value, **named: Value
) -> Value:
    width = self.attributes["width"]
    return array(
        (rows_of(named.get("X", x)), width if isinstance(width, int) else UNKNOWN), UNKNOWN
    )


@sklearn("model_selection.KFold model_selection.StratifiedKFold model_selection.ShuffleSplit")
def _folds(*settings: Value, **_: Value) -> Value:
    return library_object(FOLDS)


@methods_of(FOLDS)("split")
def _split(frame: Frame, self: Opaque, *data: Value, **_: Value) -> Value:
    some = array((UNKNOWN,), "int64")
    return Opaque("sklearn.model_selection.split", {"element": (some, some)})
