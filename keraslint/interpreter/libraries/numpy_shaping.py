"""NumPy functions that move the elements of arrays into other shapes, join and split them."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.iteration import element_of
from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import promote
from keraslint.interpreter.libraries.array_shapes import Undefined, integer, items_of
from keraslint.interpreter.libraries.array_values import (
    array,
    as_array,
    bounds,
    rearranged,
)
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.symbolic import on_symbolic
from keraslint.interpreter.values import List, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Unknown, add, product, subtract
from keraslint.tensors.shapes import Shape

numpy = library_functions("numpy.", on_symbolic)


def model_of(value: Value) -> Tensor:
    """A value as an array, one of unknown shape if nothing is known of it."""
    found = as_array(value)
    return array(UNKNOWN, UNKNOWN) if found is None else found


def reshaped(value: Value, shape: Shape) -> Tensor:
    """The elements of a value in another shape."""
    model = model_of(value)
    return array(shape, model.spec.dtype, rearranged(model.facts))


def selected(value: Value, shape: Shape) -> Tensor:
    """Some elements of a value, perhaps repeated, in another shape."""
    model = model_of(value)
    return array(shape, model.spec.dtype, bounds(model.facts))


def _plain(value: Value, shape: Shape) -> Tensor:
    return array(shape, model_of(value).spec.dtype)


@numpy("reshape")
def _reshape(
    a: Value, shape: Value = None, order: Value = "C", *, newshape: Value = None, **_: Value
) -> Value:
    target = newshape if shape is None else shape
    return reshaped(a, shapes.reshape(model_of(a).spec.shape, target))


@numpy("ravel")
def _ravel(a: Value, order: Value = "C") -> Value:
    return reshaped(a, shapes.flatten(model_of(a).spec.shape))


@numpy("transpose permute_dims")
def _transpose(a: Value, axes: Value = None) -> Value:
    return reshaped(a, shapes.transpose(model_of(a).spec.shape, axes))


@numpy("swapaxes")
def _swapaxes(a: Value, axis1: Value, axis2: Value) -> Value:
    return reshaped(a, shapes.swapaxes(model_of(a).spec.shape, axis1, axis2))


@numpy("moveaxis")
def _moveaxis(a: Value, source: Value, destination: Value) -> Value:
    return reshaped(a, shapes.moveaxis(model_of(a).spec.shape, source, destination))


@numpy("rollaxis")
def _rollaxis(a: Value, axis: Value, start: Value = 0) -> Value:
    shape = model_of(a).spec.shape
    if isinstance(shape, Unknown):
        return reshaped(a, UNKNOWN)
    at, end = shapes.axis_index(axis, len(shape)), integer(start)
    end = end + len(shape) if end < 0 else end
    return reshaped(a, shapes.moveaxis(shape, at, end - 1 if at < end else end))


@numpy("expand_dims")
def _expand_dims(a: Value, axis: Value) -> Value:
    return reshaped(a, shapes.expand_dims(model_of(a).spec.shape, axis))


@numpy("squeeze")
def _squeeze(a: Value, axis: Value = None) -> Value:
    return reshaped(a, shapes.squeeze(model_of(a).spec.shape, axis))


@numpy("atleast_1d")
def _atleast_1d(ary: Value) -> Value:
    return reshaped(ary, _raised(model_of(ary).spec.shape, 1))


@numpy("atleast_2d")
def _atleast_2d(ary: Value) -> Value:
    return reshaped(ary, _raised(model_of(ary).spec.shape, 2))


@numpy("sort")
def _sort(a: Value, axis: Value = -1, **_: Value) -> Value:
    shape = model_of(a).spec.shape
    return reshaped(a, shapes.flatten(shape) if axis is None else shape)


@numpy("flip fliplr flipud roll")
def _same_shape(a: Value, *more: Value, **_: Value) -> Value:
    return reshaped(a, model_of(a).spec.shape)


@numpy("rot90")
def _rot90(m: Value, k: Value = 1, axes: Value = (0, 1)) -> Value:
    shape = model_of(m).spec.shape
    if integer(k) % 2 == 0 or isinstance(shape, Unknown):
        return reshaped(m, shape)
    first, second = items_of(axes)
    return reshaped(m, shapes.swapaxes(shape, first, second))


@numpy("broadcast_to")
def _broadcast_to(array: Value, shape: Value, subok: Value = False) -> Value:
    return selected(array, shapes.as_shape(shape))


@numpy("resize")
def _resize(a: Value, new_shape: Value) -> Value:
    return selected(a, shapes.as_shape(new_shape))


@numpy("tile")
def _tile(a: Value, reps: Value) -> Value:
    return selected(a, shapes.tile(model_of(a).spec.shape, reps))


@numpy("repeat")
def _repeat(a: Value, repeats: Value, axis: Value = None) -> Value:
    return selected(a, shapes.repeat(model_of(a).spec.shape, repeats, axis))


@numpy("pad")
def _pad(array: Value, pad_width: Value, mode: Value = "constant", **_: Value) -> Value:
    return _plain(array, shapes.pad(model_of(array).spec.shape, pad_width))


def parts_of(arrays: Value) -> list[Tensor]:
    """The arrays of a sequence of arrays, or the rows of one.

    Raises:
        Undefined: it is not known which there are.
    """
    if isinstance(arrays, Tensor):
        shape = arrays.spec.shape
        if isinstance(shape, Unknown) or not shape or not isinstance(shape[0], int):
            raise Undefined
        if not 0 < shape[0] <= 256:
            raise Undefined
        return [array(shape[1:], arrays.spec.dtype)] * shape[0]
    return [model_of(item) for item in items_of(arrays)]


def _joined(parts: list[Tensor], shape: Shape) -> Tensor:
    facts: dict[str, Value] = {}
    if all("low" in part.facts and "high" in part.facts for part in parts):
        facts["low"] = min(part.facts["low"] for part in parts)
        facts["high"] = max(part.facts["high"] for part in parts)
    return array(shape, promote(*(part.spec.dtype for part in parts)), facts)


def _open_list(arrays: Value) -> Tensor | None:
    """Any item of a list of which not all items are known."""
    is_open = isinstance(arrays, Sequence_) and arrays.open
    return model_of(element_of(arrays)) if is_open else None


@numpy("concatenate concat")
def concatenate(arrays: Value, axis: Value = 0, **_: Value) -> Value:
    """Join along an axis that is there."""
    some = _open_list(arrays)
    if some is not None:
        return _many(some.spec.shape, some.spec.dtype, axis)
    parts = parts_of(arrays)
    return _joined(parts, shapes.concatenate([part.spec.shape for part in parts], axis))


def _many(shape: Shape, dtype: Any, axis: Value) -> Tensor:
    if isinstance(shape, Unknown) or not shape or axis is None:
        return array(UNKNOWN, dtype)
    at = shapes.axis_index(axis, len(shape))
    return array((*shape[:at], UNKNOWN, *shape[at + 1 :]), dtype)


@numpy("stack")
def _stack(arrays: Value, axis: Value = 0, **_: Value) -> Value:
    some = _open_list(arrays)
    if some is not None:
        return _many(shapes.stack([some.spec.shape], axis), some.spec.dtype, axis)
    parts = parts_of(arrays)
    return _joined(parts, shapes.stack([part.spec.shape for part in parts], axis))


def _raised(shape: Shape, rank: int, column: bool = False) -> Shape:
    if isinstance(shape, Unknown) or len(shape) >= rank:
        return shape
    if rank == 3:
        return {0: (1, 1, 1), 1: (1, *shape, 1), 2: (*shape, 1)}[len(shape)]
    return (*shape, 1) if column and len(shape) == 1 else (1,) * (rank - len(shape)) + shape


def _stacked(arrays: Value, rank: int, axis: int | None, *, column: bool = False) -> Value:
    some = _open_list(arrays)
    parts = [some] if some is not None else parts_of(arrays)
    raised = [_raised(part.spec.shape, rank, column) for part in parts]
    if axis is None:
        if any(isinstance(shape, Unknown) for shape in raised):
            return array(UNKNOWN, UNKNOWN)
        axis = 0 if raised and not isinstance(raised[0], Unknown) and len(raised[0]) == 1 else 1
    if some is not None:
        return _many(raised[0], some.spec.dtype, axis)
    if any(isinstance(shape, Unknown) for shape in raised):
        return array(UNKNOWN, UNKNOWN)
    return _joined(parts, shapes.concatenate(raised, axis))


@numpy("vstack row_stack")
def _vstack(tup: Value, **_: Value) -> Value:
    return _stacked(tup, 2, 0)


@numpy("hstack")
def _hstack(tup: Value, **_: Value) -> Value:
    return _stacked(tup, 1, None)


@numpy("dstack")
def _dstack(tup: Value) -> Value:
    return _stacked(tup, 3, 2)


@numpy("column_stack")
def column_stack(tup: Value) -> Value:
    """Join as columns, arrays of one axis as one column each."""
    return _stacked(tup, 2, 1, column=True)


@numpy("append")
def _append(arr: Value, values: Value, axis: Value = None) -> Value:
    parts = [model_of(arr), model_of(values)]
    return _joined(parts, shapes.concatenate([part.spec.shape for part in parts], axis))


@numpy("insert delete")
def _insert(arr: Value, obj: Value, *more: Value, axis: Value = None) -> Value:
    if len(more) > 1:
        axis = more[-1]
    model = model_of(arr)
    if axis is None:
        return array((UNKNOWN,), model.spec.dtype)
    return _many(model.spec.shape, model.spec.dtype, axis)


def _split_model(a: Value, sections: Value, axis: Value, uneven: bool = False) -> Value:
    model = model_of(a)
    parts = shapes.split(model.spec.shape, sections, axis, uneven=uneven)
    return List([selected(a, shape) for shape in parts])


@numpy("split")
def _split(ary: Value, indices_or_sections: Value, axis: Value = 0) -> Value:
    return _split_model(ary, indices_or_sections, axis)


@numpy("array_split")
def _array_split(ary: Value, indices_or_sections: Value, axis: Value = 0) -> Value:
    return _split_model(ary, indices_or_sections, axis, uneven=True)


@numpy("vsplit")
def _vsplit(ary: Value, indices_or_sections: Value) -> Value:
    return _split_model(ary, indices_or_sections, 0)


@numpy("hsplit")
def _hsplit(ary: Value, indices_or_sections: Value) -> Value:
    shape = model_of(ary).spec.shape
    if isinstance(shape, Unknown):
        raise Undefined
    return _split_model(ary, indices_or_sections, 1 if len(shape) > 1 else 0)


@numpy("lib.stride_tricks.sliding_window_view")
def _sliding_window_view(x: Value, window_shape: Value, axis: Value = None, **_: Value) -> Value:
    shape = model_of(x).spec.shape
    if isinstance(shape, Unknown):
        return selected(x, UNKNOWN)
    windows = (
        items_of(window_shape) if isinstance(window_shape, (tuple, Sequence_)) else [window_shape]
    )
    along = shapes.axes(axis, len(shape))
    if len(windows) != len(along):
        raise Undefined
    dims, sizes = list(shape), [shapes.as_dim(window) for window in windows]
    for at, size in zip(along, sizes, strict=True):
        dims[at] = subtract(add(dims[at], 1), size)
    return selected(x, (*dims, *sizes))


@numpy("shape")
def _shape(a: Value) -> Value:
    return model_of(a).spec.shape


@numpy("ndim")
def _ndim(a: Value) -> Value:
    shape = model_of(a).spec.shape
    return UNKNOWN if isinstance(shape, Unknown) else len(shape)


@numpy("size")
def _size(a: Value, axis: Value = None) -> Value:
    shape = model_of(a).spec.shape
    if isinstance(shape, Unknown):
        return UNKNOWN
    return product(shape) if axis is None else shape[shapes.axis_index(axis, len(shape))]
