"""NumPy functions that pick, find, sort and count elements."""

from __future__ import annotations

from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import promote_values
from keraslint.interpreter.libraries.array_shapes import Undefined
from keraslint.interpreter.libraries.array_values import array, bounds, constants, flat
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.numpy_math import certain
from keraslint.interpreter.libraries.numpy_shaping import model_of, selected
from keraslint.interpreter.libraries.symbolic import on_symbolic
from keraslint.interpreter.values import Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, add
from keraslint.tensors.shapes import Shape

numpy = library_functions("numpy.", on_symbolic)


@numpy("where")
def _where(condition: Value, x: Value = None, y: Value = None) -> Value:
    test = certain(condition)
    if x is None and y is None:
        shape = test.spec.shape
        if isinstance(shape, Unknown) or not shape:
            raise Undefined
        return tuple(array((UNKNOWN,), "int64") for _ in shape)
    left, right = certain(x), certain(y)
    shape = shapes.broadcast(test.spec.shape, left.spec.shape, right.spec.shape)
    return array(shape, promote_values(x, y))


@numpy("nonzero")
def _nonzero(a: Value) -> Value:
    return _where(a)


@numpy("argwhere")
def _argwhere(a: Value) -> Value:
    shape = certain(a).spec.shape
    return array((UNKNOWN, UNKNOWN if isinstance(shape, Unknown) else len(shape)), "int64")


@numpy("flatnonzero")
def _flatnonzero(a: Value) -> Value:
    return array((UNKNOWN,), "int64")


@numpy("argsort")
def _argsort(a: Value, axis: Value = -1, **_: Value) -> Value:
    shape = model_of(a).spec.shape
    return array(shapes.flatten(shape) if axis is None else shape, "int64")


@numpy("argpartition")
def _argpartition(a: Value, kth: Value, axis: Value = -1, **_: Value) -> Value:
    return _argsort(a, axis)


@numpy("partition")
def _partition(a: Value, kth: Value, axis: Value = -1, **_: Value) -> Value:
    shape = model_of(a).spec.shape
    return selected(a, shapes.flatten(shape) if axis is None else shape)


@numpy("take")
def _take(a: Value, indices: Value, axis: Value = None, *more: Value, **_: Value) -> Value:
    where, shape = certain(indices).spec.shape, certain(a).spec.shape
    if axis is None:
        return selected(a, where)
    if isinstance(where, Unknown) or isinstance(shape, Unknown):
        return selected(a, UNKNOWN)
    at = shapes.axis_index(axis, len(shape))
    return selected(a, (*shape[:at], *where, *shape[at + 1 :]))


@numpy("take_along_axis")
def _take_along_axis(arr: Value, indices: Value, axis: Value = -1) -> Value:
    where = certain(indices).spec.shape
    plain = not isinstance(where, Unknown) and all(isinstance(n, int) and n > 1 for n in where)
    return selected(arr, where if plain and axis is not None else UNKNOWN)


@numpy("unique")
def _unique(
    ar: Value,
    return_index: Value = False,
    return_inverse: Value = False,
    return_counts: Value = False,
    axis: Value = None,
    **_: Value,
) -> Value:
    model = model_of(ar)
    extras = [shapes.flag(wanted) for wanted in (return_index, return_inverse, return_counts)]
    if axis is not None:
        raise Undefined
    count = _classes(model)
    found = array((count,), model.spec.dtype, {**bounds(model.facts), **_class_fact(count)})
    if not any(extras):
        return found
    lengths: list[Shape] = [(count,), _inverse_shape(model), (count,)]
    more = [array(n, "int64") for n, wanted in zip(lengths, extras, strict=True) if wanted]
    return (found, *more)


def _classes(model: Tensor) -> Dim:
    count = model.facts.get("classes", UNKNOWN)
    if isinstance(count, int):
        return count
    numbers = constants(model)
    return UNKNOWN if numbers is None else len(set(flat(numbers)))


def _class_fact(count: Dim) -> dict[str, Value]:
    return {"classes": count} if isinstance(count, int) else {}


def _inverse_shape(model: Tensor) -> Shape:
    shape = model.spec.shape
    one_axis = not isinstance(shape, Unknown) and len(shape) == 1
    return shape if one_axis else UNKNOWN


@numpy("searchsorted")
def _searchsorted(a: Value, v: Value, **_: Value) -> Value:
    return array(certain(v).spec.shape, "int64")


@numpy("digitize")
def _digitize(x: Value, bins: Value, right: Value = False) -> Value:
    return array(certain(x).spec.shape, "int64")


@numpy("bincount")
def _bincount(x: Value, weights: Value = None, minlength: Value = 0) -> Value:
    return array((UNKNOWN,), UNKNOWN)


@numpy("histogram")
def _histogram(a: Value, bins: Value = 10, **_: Value) -> Value:
    if isinstance(bins, (int, Expr)):
        return array((bins,), UNKNOWN), array((add(bins, 1),), UNKNOWN)
    if isinstance(bins, (Sequence_, tuple, Tensor)):
        return array((UNKNOWN,), UNKNOWN), array(certain(bins).spec.shape, UNKNOWN)
    return array((UNKNOWN,), UNKNOWN), array((UNKNOWN,), UNKNOWN)


@numpy("indices")
def _indices(dimensions: Value, dtype: Value = "int64", sparse: Value = False) -> Value:
    shape = shapes.as_shape(dimensions)
    if isinstance(shape, Unknown) or sparse is not False:
        raise Undefined
    return array((len(shape), *shape), "int64")


@numpy("diagonal")
def _diagonal(a: Value, offset: Value = 0, **_: Value) -> Value:
    return array(UNKNOWN, model_of(a).spec.dtype)


@numpy("trace")
def _trace(a: Value, **_: Value) -> Value:
    return array(UNKNOWN, UNKNOWN)


@numpy("compress")
def _compress(condition: Value, a: Value, axis: Value = None, **_: Value) -> Value:
    return array(UNKNOWN, model_of(a).spec.dtype)
