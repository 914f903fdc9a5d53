"""``tf.data``: datasets as the nest of tensors that each of their elements is.

A dataset has the attributes ``element_spec``, where a dynamic axis is ``None`` as TensorFlow shows
it, and ``element``, what a loop over it sees.
"""

from __future__ import annotations

from collections.abc import Callable

from keraslint.interpreter.calls import call
from keraslint.interpreter.joining import join
from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim, as_shape
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.objects import library_object, methods_of
from keraslint.interpreter.libraries.tensorflow_values import operand, tensor, tf
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Dict, OneOf, Opaque, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.specs import TensorSpec

DATASET = "tensorflow.data.Dataset"
source = library_functions(f"{DATASET}.")
method = methods_of(DATASET)


def dataset(spec: Value, **attributes: Value) -> Opaque:
    """A dataset whose elements are like ``spec``, a nest of tensors."""
    known = {"element_spec": spec, "element": map_tensors(_seen, spec), **attributes}
    return library_object(DATASET, known)


def map_tensors(function: Callable[[Tensor], Value], value: Value) -> Value:
    """The same nest with every tensor replaced; what is no nest of tensors becomes unknown."""
    if isinstance(value, Tensor):
        return function(value)
    if isinstance(value, tuple):
        return tuple(map_tensors(function, item) for item in value)
    if isinstance(value, Dict) and not value.open:
        return Dict({key: map_tensors(function, item) for key, item in value.items.items()})
    return value if isinstance(value, Opaque) else UNKNOWN


def _seen(item: Tensor) -> Tensor:
    """A tensor as a loop meets it: an axis of any length has some length then."""
    shape = item.spec.shape
    if isinstance(shape, Unknown):
        return item
    dims = tuple(UNKNOWN if dim is None else dim for dim in shape)
    return tensor(dims, item.spec.dtype, item.facts)


def as_structure(value: Value) -> Value:
    """A nest as ``tf.data`` reads it: tuples and dicts are structure, everything else a tensor."""
    if isinstance(value, tuple):
        return tuple(as_structure(item) for item in value)
    if isinstance(value, Dict) and not value.open:
        return Dict({key: as_structure(item) for key, item in value.items.items()})
    if isinstance(value, (Unknown, Expr, OneOf, Dict)):
        return UNKNOWN
    return value if isinstance(value, Opaque) and value.path == DATASET else operand(value)


def _spec_of(receiver: Opaque) -> Value:
    return receiver.attributes["element_spec"]


@source("from_tensors")
def _from_tensors(tensors: Value, name: Value = None) -> Value:
    return dataset(as_structure(tensors))


@source("from_tensor_slices")
def _from_tensor_slices(tensors: Value, name: Value = None) -> Value:
    return dataset(map_tensors(_row, as_structure(tensors)))


def _row(item: Tensor) -> Tensor:
    shape = item.spec.shape
    if isinstance(shape, Unknown):
        return item
    if not shape:
        raise Undefined
    kept = ("low", "high", "one_hot")
    facts: dict[str, Value] = {key: item.facts[key] for key in kept if key in item.facts}
    return tensor(shape[1:], item.spec.dtype, facts)


@source("range")
def _range(*bounds: Value, **_: Value) -> Value:
    return dataset(tensor((), "int64"))


@source("list_files")
def _list_files(file_pattern: Value, **_: Value) -> Value:
    return dataset(tensor((), "string"))


@tf("data.TFRecordDataset data.TextLineDataset")
def _records(filenames: Value, *more: Value, **_: Value) -> Value:
    return dataset(tensor((), "string"))


@tf("TensorSpec")
def _tensor_spec(shape: Value, dtype: Value = "float32", name: Value = None) -> Value:
    return tensor(UNKNOWN if shape is None else as_shape(shape), named_dtype(dtype))


@source("from_generator")
def _from_generator(
    generator: Value,
    output_types: Value = None,
    output_shapes: Value = None,
    args: Value = None,
    output_signature: Value = None,
    name: Value = None,
) -> Value:
    if output_signature is not None:
        return dataset(map_tensors(lambda item: item, output_signature))
    return dataset(_typed(output_types, output_shapes))


def _typed(types: Value, sizes: Value) -> Value:
    if isinstance(types, tuple):
        inner = (
            sizes if isinstance(sizes, tuple) and len(sizes) == len(types) else (None,) * len(types)
        )
        return tuple(_typed(one, size) for one, size in zip(types, inner, strict=True))
    if isinstance(types, (Dict, Sequence_, Unknown)):
        return UNKNOWN
    return tensor(UNKNOWN if sizes is None else as_shape(sizes), named_dtype(types))


@source("zip")
def _zip(*datasets: Value, name: Value = None) -> Value:
    parts = datasets[0] if len(datasets) == 1 else datasets
    if isinstance(parts, Opaque):
        return dataset((_element_spec(parts),))
    return dataset(tuple(_element_spec(part) for part in shapes.items_of(parts)))


def _element_spec(value: Value) -> Value:
    if isinstance(value, Opaque) and value.path == DATASET:
        return _spec_of(value)
    return UNKNOWN


@source("sample_from_datasets choose_from_datasets")
def _either(datasets: Value, *more: Value, **_: Value) -> Value:
    specs = [_element_spec(part) for part in shapes.items_of(datasets)]
    result = specs[0] if specs else UNKNOWN
    for spec in specs[1:]:
        result = join(result, spec)
    return dataset(result)


def _applied(frame: Frame, function: Value, element: Value) -> Value:
    arguments = list(element) if isinstance(element, tuple) else [element]
    return call(frame, function, Arguments(arguments), None)


@method("map")
def _map(frame: Frame, self: Opaque, map_func: Value, *more: Value, **_: Value) -> Value:
    return dataset(as_structure(_applied(frame, map_func, _spec_of(self))))


@method("flat_map interleave")
def _flat_map(frame: Frame, self: Opaque, map_func: Value, *more: Value, **_: Value) -> Value:
    return dataset(_element_spec(_applied(frame, map_func, _spec_of(self))))


@method("apply")
def _apply(frame: Frame, self: Opaque, transformation_func: Value) -> Value:
    return call(frame, transformation_func, Arguments([self]), None)


@method("batch ragged_batch")
def _batch(
    frame: Frame,
    self: Opaque,
    batch_size: Value,
    drop_remainder: Value = False,
    *more: Value,
    **_: Value,
) -> Value:
    length: Dim = None if drop_remainder is False else UNKNOWN
    if drop_remainder is True:
        length = as_dim(batch_size)
    return dataset(map_tensors(lambda item: _batched(item, length), _spec_of(self)))


def _batched(item: Tensor, length: Dim) -> Tensor:
    shape = item.spec.shape
    spec = TensorSpec(shape if isinstance(shape, Unknown) else (length, *shape), item.spec.dtype)
    return Tensor(spec, "traced", facts=item.facts)


@method("padded_batch")
def _padded_batch(
    frame: Frame,
    self: Opaque,
    batch_size: Value,
    padded_shapes: Value = None,
    padding_values: Value = None,
    drop_remainder: Value = False,
    **_: Value,
) -> Value:
    batched = _batch(frame, self, batch_size, drop_remainder)
    if padded_shapes is None:
        return batched
    return dataset(map_tensors(_padded, _spec_of(batched)))


def _padded(item: Tensor) -> Tensor:
    shape = item.spec.shape
    if isinstance(shape, Unknown):
        return item
    return tensor((*shape[:1], *([UNKNOWN] * len(shape[1:]))), item.spec.dtype)


@method("unbatch")
def _unbatch(frame: Frame, self: Opaque, name: Value = None) -> Value:
    return dataset(map_tensors(_row, _spec_of(self)))


@method(
    "shuffle repeat prefetch cache take skip shard filter with_options take_while"
    " rejection_resample ignore_errors"
)
def _same(frame: Frame, self: Opaque, *more: Value, **_: Value) -> Value:
    return dataset(_spec_of(self))


@method("concatenate")
def _concatenate(frame: Frame, self: Opaque, dataset_: Value, **_: Value) -> Value:
    return dataset(join(_spec_of(self), _element_spec(dataset_)))


@method("enumerate")
def _enumerate(frame: Frame, self: Opaque, start: Value = 0, name: Value = None) -> Value:
    return dataset((tensor((), "int64"), _spec_of(self)))


@method("as_numpy_iterator")
def _as_numpy_iterator(frame: Frame, self: Opaque) -> Value:
    def as_numpy(item: Tensor) -> Tensor:
        return Tensor(item.spec, "numpy", facts=item.facts)

    return Opaque("iterator", {"element": map_tensors(as_numpy, self.attributes["element"])})


@method("get_single_element")
def _get_single_element(frame: Frame, self: Opaque, name: Value = None) -> Value:
    return self.attributes["element"]
