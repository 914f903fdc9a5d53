"""Batches that Keras reads from folders, tables and arrays."""

from __future__ import annotations

from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim, is_several, items_of
from keraslint.interpreter.libraries.array_values import array, as_array
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.objects import library_object, methods_of
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Opaque, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec

keras = library_functions("keras.")
GENERATOR = "keras.preprocessing.image.ImageDataGenerator"
method = methods_of(GENERATOR)
_CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}


def channels_of(color_mode: Value) -> Dim:
    """How many channels an image of a colour mode has."""
    return _CHANNELS.get(color_mode, UNKNOWN) if isinstance(color_mode, str) else UNKNOWN


def size_of(size: Value) -> tuple[Dim, Dim]:
    """Height and width of a pair."""
    if not is_several(size):
        return UNKNOWN, UNKNOWN
    pair = [as_dim(item) for item in items_of(size)]
    if len(pair) != 2:
        raise Undefined
    return pair[0], pair[1]


def _traced(shape: Shape, dtype: str | Unknown = "float32") -> Tensor:
    return Tensor(TensorSpec(shape, dtype), "traced")


def _labels(mode: Value, classes: Value, lead: tuple[Dim, ...]) -> Value:
    """The labels beside each batch of a folder, `None` if there are none."""
    if mode is None:
        return None
    if mode == "int":
        return _traced(lead, "int32")
    if mode == "binary":
        return _traced((*lead, 1))
    if mode == "categorical":
        known = is_several(classes) and not getattr(classes, "open", False)
        width: Dim = len(items_of(classes)) if known else UNKNOWN
        return Tensor(TensorSpec((*lead, width), "float32"), "traced", facts={"one_hot": width})
    raise Undefined


def _folder(sample: Tensor, labels: Value, subset: Value, names: Value) -> Value:
    from keraslint.interpreter.libraries.tensorflow_data import dataset

    spec = sample if labels is None else (sample, labels)
    class_names = UNKNOWN if names is None else names

    def made() -> Opaque:
        return dataset(spec, class_names=class_names, file_paths=UNKNOWN)

    if isinstance(subset, Unknown):
        return UNKNOWN
    return (made(), made()) if subset == "both" else made()


def _lead(batch_size: Value) -> tuple[Dim, ...]:
    if isinstance(batch_size, Unknown):
        raise Undefined
    return () if batch_size is None else (None,)


_NAMES = "utils.{0} preprocessing.{0}"


@keras(_NAMES.format("image_dataset_from_directory"))
def _image_dataset(
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    color_mode: Value = "rgb",
    batch_size: Value = 32,
    image_size: Value = (256, 256),
    *more: Value,
    subset: Value = None,
    data_format: Value = None,
    **_: Value,
) -> Value:
    lead = _lead(batch_size)
    height, width = size_of(image_size)
    if len(more) > 3 or data_format not in (None, "channels_last"):
        raise Undefined
    images = _traced((*lead, height, width, channels_of(color_mode)))
    mode = None if labels is None else label_mode
    return _folder(images, _labels(mode, class_names, lead), subset, class_names)


@keras(_NAMES.format("text_dataset_from_directory"))
def _text_dataset(
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    batch_size: Value = 32,
    *more: Value,
    subset: Value = None,
    **_: Value,
) -> Value:
    lead = _lead(batch_size)
    mode = None if labels is None else label_mode
    texts = _traced(lead, "string")
    return _folder(texts, _labels(mode, class_names, lead), subset, class_names)


@keras(_NAMES.format("timeseries_dataset_from_array"))
def _timeseries_dataset(
    data: Value,
    targets: Value,
    sequence_length: Value,
    sequence_stride: Value = 1,
    sampling_rate: Value = 1,
    batch_size: Value = 128,
    *more: Value,
    **_: Value,
) -> Value:
    from keraslint.interpreter.libraries.tensorflow_data import dataset

    lead = _lead(batch_size)
    span = (*lead, as_dim(sequence_length))
    samples = _windows(data, span)
    spec = samples if targets is None else (samples, _windows(targets, lead))
    return dataset(spec)


def _windows(value: Value, lead: tuple[Dim, ...]) -> Tensor:
    model = as_array(value)
    if model is None or isinstance(model.spec.shape, Unknown) or not model.spec.shape:
        return _traced(UNKNOWN, UNKNOWN)
    return _traced((*lead, *model.spec.shape[1:]), model.spec.dtype)


@keras("utils.split_dataset")
def _split_dataset(dataset: Value, *more: Value, **_: Value) -> Value:
    from keraslint.interpreter.libraries import tensorflow_data as data

    if not isinstance(dataset, Opaque) or dataset.path != data.DATASET:
        raise Undefined
    spec = dataset.attributes["element_spec"]
    return data.dataset(spec), data.dataset(spec)


@keras("preprocessing.image.ImageDataGenerator legacy.preprocessing.image.ImageDataGenerator")
def _image_data_generator(*settings: Value, data_format: Value = None, **_: Value) -> Value:
    return library_object(GENERATOR, {"data_format": data_format})


@method("fit standardize")
def _fit(frame: Frame, self: Opaque, x: Value, *more: Value, **_: Value) -> Value:
    return None


ITERATOR = "keras.preprocessing.image.Iterator"


@methods_of(ITERATOR)("__getitem__ next __next__")
def _batch(frame: Frame, self: Opaque, key: Value = None) -> Value:
    return self.attributes["element"]


def _batches(element: Value, **attributes: Value) -> Opaque:
    return library_object(ITERATOR, {"element": element, **attributes})


@method("flow")
def _flow(
    frame: Frame,
    self: Opaque,
    x: Value,
    y: Value = None,
    batch_size: Value = 32,
    shuffle: Value = True,
    sample_weight: Value = None,
    **_: Value,
) -> Value:
    if sample_weight is not None or isinstance(y, Unknown):
        return UNKNOWN
    images = _rows(x)
    return _batches(images if y is None else (images, _rows(y)), batch_size=batch_size)


def _rows(value: Value) -> Tensor:
    model = as_array(value)
    if model is None or isinstance(model.spec.shape, Unknown) or not model.spec.shape:
        return array(UNKNOWN, UNKNOWN)
    return array((UNKNOWN, *model.spec.shape[1:]), UNKNOWN, model.facts)


def _images(self: Opaque, target_size: Value, color_mode: Value, batch_size: Value) -> Tensor:
    height, width = size_of(target_size)
    if self.attributes["data_format"] not in (None, "channels_last"):
        return array((UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN), "float32")
    return array((UNKNOWN, height, width, channels_of(color_mode)), "float32")


def _with_labels(images: Tensor, class_mode: Value, classes: Value) -> Value:
    if class_mode is None:
        return images
    if class_mode == "input":
        return images, images
    if class_mode in ("binary", "sparse"):
        return images, array((UNKNOWN,), "float32")
    if class_mode == "categorical":
        known = isinstance(classes, (tuple, Sequence_)) and not getattr(classes, "open", False)
        width: Dim = len(items_of(classes)) if known else UNKNOWN
        return images, array((UNKNOWN, width), "float32", {"one_hot": width})
    return images, array(UNKNOWN, UNKNOWN)


@method("flow_from_directory")
def _flow_from_directory(
    frame: Frame,
    self: Opaque,
    directory: Value,
    target_size: Value = (256, 256),
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    batch_size: Value = 32,
    *more: Value,
    **_: Value,
) -> Value:
    images = _images(self, target_size, color_mode, batch_size)
    return _batches(
        _with_labels(images, class_mode, classes), class_mode=class_mode, batch_size=batch_size
    )


@method("flow_from_dataframe")
def _flow_from_dataframe(
    frame: Frame,
    self: Opaque,
    dataframe: Value,
    directory: Value = None,
    x_col: Value = "filename",
    y_col: Value = "class",
    weight_col: Value = None,
    target_size: Value = (256, 256),
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    batch_size: Value = 32,
    *more: Value,
    **_: Value,
) -> Value:
    if weight_col is not None:
        return UNKNOWN
    images = _images(self, target_size, color_mode, batch_size)
    return _batches(
        _with_labels(images, class_mode, classes), class_mode=class_mode, batch_size=batch_size
    )
