"""Keras's functions for data: its data sets, labels, sequences, images and folders."""

from __future__ import annotations

from keraslint.interpreter.libraries import keras_folders  # its models register themselves
from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim
from keraslint.interpreter.libraries.array_values import array, as_array, bounds
from keraslint.interpreter.libraries.keras_text import WORDS, tokenizer
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.objects import library_object
from keraslint.interpreter.values import Opaque, Sequence_, Tensor, Value
from keraslint.knowledge.datasets import CALIFORNIA_SMALL, COARSE_CLASSES, DATASETS, Dataset
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.shapes import Shape

keras = library_functions("keras.")
IMAGE = "PIL.Image.Image"


def _pair(
    data: Dataset, count: Dim, *, every_class: bool, words: Value = None
) -> tuple[Tensor, Tensor]:
    """Samples and labels of one part of a data set."""
    facts: dict[str, Value] = {}
    if data.dtype == "uint8":
        facts = {"low": 0, "high": 255}
    if isinstance(words, int):
        facts = {"low": 0, "high": max(words - 1, 2)}
    labels: dict[str, Value] = {}
    if data.classes is not None:
        labels = {"low": 0, "high": data.classes - 1}
        if every_class:
            labels["classes"] = data.classes
    if data.dtype is None:
        facts["ragged"] = True
    samples = array((count, *data.sample), data.dtype or UNKNOWN, facts)
    return samples, array((count, *data.label), data.label_dtype, labels)


def _load(
    data: Dataset, test_split: Value = None, words: Value = None, exact: bool = True
) -> Value:
    train: Dim = data.train
    test: Dim = data.test
    if test_split is not None:
        known = isinstance(test_split, (int, float)) and 0 <= test_split < 1
        train, test = data.split(float(test_split)) if known else (UNKNOWN, UNKNOWN)
    if not exact:
        train = test = UNKNOWN
    usual = exact and train == data.train
    return (
        _pair(data, train, every_class=usual, words=words),
        _pair(data, test, every_class=usual and data.every_class_tested, words=words),
    )


@keras("datasets.mnist.load_data")
def _mnist(path: Value = None) -> Value:
    return _load(DATASETS["mnist"])


@keras("datasets.fashion_mnist.load_data")
def _fashion_mnist() -> Value:
    return _load(DATASETS["fashion_mnist"])


@keras("datasets.cifar10.load_data")
def _cifar10() -> Value:
    return _load(DATASETS["cifar10"])


@keras("datasets.cifar100.load_data")
def _cifar100(label_mode: Value = "fine") -> Value:
    data = DATASETS["cifar100"]
    classes = {"fine": data.classes, "coarse": COARSE_CLASSES}
    known = classes.get(label_mode) if isinstance(label_mode, str) else None
    return _load(
        Dataset(data.train, data.test, data.sample, data.dtype, data.label, "int64", known)
    )


@keras("datasets.imdb.load_data")
def _imdb(
    path: Value = None,
    num_words: Value = None,
    skip_top: Value = 0,
    maxlen: Value = None,
    **_: Value,
) -> Value:
    return _load(DATASETS["imdb"], words=num_words, exact=maxlen is None)


@keras("datasets.reuters.load_data")
def _reuters(
    path: Value = None,
    num_words: Value = None,
    skip_top: Value = 0,
    maxlen: Value = None,
    test_split: Value = 0.2,
    **_: Value,
) -> Value:
    return _load(DATASETS["reuters"], test_split, num_words, exact=maxlen is None)


@keras("datasets.boston_housing.load_data")
def _boston_housing(path: Value = None, test_split: Value = 0.2, seed: Value = 113) -> Value:
    return _load(DATASETS["boston_housing"], test_split)


@keras("datasets.california_housing.load_data")
def _california_housing(
    version: Value = "large", path: Value = None, test_split: Value = 0.2, seed: Value = 113
) -> Value:
    small = {"small": True, "large": False}.get(version) if isinstance(version, str) else None
    if small is None:
        return _load(DATASETS["california_housing"], exact=False)
    return _load(CALIFORNIA_SMALL if small else DATASETS["california_housing"], test_split)


@keras("utils.to_categorical utils.np_utils.to_categorical")
def _to_categorical(
    x: Value = UNKNOWN, num_classes: Value = None, dtype: Value = None, *, y: Value = None
) -> Value:
    labels = as_array(x if y is None else y)
    facts = {} if labels is None else labels.facts
    width: Dim = as_dim(num_classes) if num_classes is not None else UNKNOWN
    if num_classes is None and "classes" in facts and isinstance(facts["high"], int):
        width = facts["high"] + 1
    kind = UNKNOWN if dtype is None else named_dtype(dtype)
    known: dict[str, Value] = {"one_hot": width, "low": 0, "high": 1}
    if labels is None:
        return array(UNKNOWN, kind, known)
    flavour = labels.flavour if labels.flavour != "keras" else "traced"
    return Tensor(array(_one_hot_shape(labels.spec.shape, width), kind).spec, flavour, facts=known)


def _one_hot_shape(shape: Shape, width: Dim) -> Shape:
    """A last axis of 1 is dropped before the classes are added."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    if len(shape) > 1:
        if isinstance(shape[-1], (Unknown, Expr)):
            return UNKNOWN
        if shape[-1] == 1:
            shape = shape[:-1]
    return (*shape, width)


@keras("utils.pad_sequences preprocessing.sequence.pad_sequences utils.sequence.pad_sequences")
def _pad_sequences(
    sequences: Value, maxlen: Value = None, dtype: Value = "int32", *more: Value, **_: Value
) -> Value:
    length: Dim = UNKNOWN if maxlen is None else as_dim(maxlen)
    if isinstance(sequences, Opaque) and sequences.path == WORDS:
        facts = sequences.attributes.get("facts") or {}
        return array((sequences.attributes["count"], length), named_dtype(dtype), facts)
    if isinstance(sequences, Sequence_):
        return _padded_list(sequences, length, named_dtype(dtype))
    model = as_array(sequences)
    if model is None or isinstance(model.spec.shape, Unknown) or not model.spec.shape:
        raise Undefined
    shape = model.spec.shape
    sample = shape[2:] if len(shape) > 1 else ()
    return array((shape[0], length, *sample), named_dtype(dtype), bounds(model.facts))


def _padded_list(sequences: Sequence_, length: Dim, dtype: str | Unknown) -> Value:
    inner = [item for item in sequences.items if isinstance(item, (Sequence_, tuple))]
    firsts = [item.items if isinstance(item, Sequence_) else item for item in inner]
    if not any(items and isinstance(items[0], (int, float)) for items in firsts):
        raise Undefined
    return array((UNKNOWN if sequences.open else len(sequences.items), length), dtype)


@keras("utils.normalize")
def _normalize(x: Value, axis: Value = -1, order: Value = 2) -> Value:
    model = as_array(x)
    if model is None:
        raise Undefined
    return Tensor(array(model.spec.shape, UNKNOWN).spec, "numpy")


_IMAGE_FUNCTIONS = "utils.{0} preprocessing.image.{0}"


@keras(_IMAGE_FUNCTIONS.format("load_img"))
def _load_img(
    path: Value,
    color_mode: Value = "rgb",
    target_size: Value = None,
    interpolation: Value = "nearest",
    keep_aspect_ratio: Value = False,
    grayscale: Value = False,
) -> Value:
    height, width = (
        keras_folders.size_of(target_size) if target_size is not None else (UNKNOWN, UNKNOWN)
    )
    channels = keras_folders.channels_of("grayscale" if grayscale is True else color_mode)
    rows: tuple[Dim, ...] = (height, width)
    pixels = array(
        UNKNOWN if isinstance(channels, Unknown) else rows if channels == 1 else (*rows, channels),
        "uint8",
    )
    size = (width, height)
    return library_object(IMAGE, {"values": pixels, "size": size, "width": width, "height": height})


@keras(_IMAGE_FUNCTIONS.format("img_to_array"))
def _img_to_array(img: Value, data_format: Value = None, dtype: Value = None) -> Value:
    kind = "float32" if dtype is None else named_dtype(dtype)
    model = as_array(img)
    if (
        model is None
        or isinstance(model.spec.shape, Unknown)
        or data_format not in (None, "channels_last")
    ):
        return array((UNKNOWN, UNKNOWN, UNKNOWN), kind)
    shape = model.spec.shape
    if len(shape) not in (2, 3):
        raise Undefined
    return array((*shape, 1) if len(shape) == 2 else shape, kind)


@keras("preprocessing.text.Tokenizer")
def _tokenizer(num_words: Value = None, **_: Value) -> Value:
    return tokenizer(num_words)


@keras("preprocessing.sequence.TimeseriesGenerator")
def _timeseries_generator(
    data: Value, targets: Value, length: Value, sampling_rate: Value = 1, **_: Value
) -> Value:
    samples, labels = as_array(data), as_array(targets)
    span = as_dim(length) if sampling_rate == 1 else UNKNOWN
    element = (_windows(samples, (UNKNOWN, span)), _windows(labels, (UNKNOWN,)))
    return library_object("keras.preprocessing.sequence.TimeseriesGenerator", {"element": element})


def _windows(model: Tensor | None, lead: tuple[Dim, ...]) -> Tensor:
    if model is None or isinstance(model.spec.shape, Unknown):
        return array(UNKNOWN, UNKNOWN)
    return array((*lead, *model.spec.shape[1:]), model.spec.dtype)
