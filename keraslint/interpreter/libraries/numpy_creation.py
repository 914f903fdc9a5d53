"""NumPy functions that make arrays from shapes, numbers and other values."""

from __future__ import annotations

import math
from typing import Any

from keraslint.interpreter.libraries.array_dtypes import (
    dtype_of,
    holds_integers,
    named_dtype,
    promote_values,
)
from keraslint.interpreter.libraries.array_shapes import (
    Undefined,
    as_dim,
    as_shape,
    broadcast,
    integer,
)
from keraslint.interpreter.libraries.array_values import (
    Number,
    array,
    as_array,
    literal_facts,
    scalar,
)
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.symbolic import on_symbolic
from keraslint.interpreter.values import Sequence_, Tensor, Value
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Named, Unknown, add
from keraslint.tensors.dtypes import ALL
from keraslint.tensors.shapes import Shape

numpy = library_functions("numpy.", on_symbolic)


def chosen(dtype: Value, otherwise: str | Unknown) -> str | Unknown:
    """The dtype an argument asks for, or else the one the values have."""
    return otherwise if dtype is None else named_dtype(dtype)


@numpy("zeros ones empty")
def _new(shape: Value, dtype: Value = "float64", order: Value = "C", **_: Value) -> Value:
    return array(as_shape(shape), named_dtype(dtype))


@numpy("full")
def _full(shape: Value, fill_value: Value, dtype: Value = None, **_: Value) -> Value:
    return _filled(array(as_shape(shape), chosen(dtype, dtype_of(fill_value))), fill_value)


@numpy("zeros_like ones_like empty_like")
def _new_like(a: Value, dtype: Value = None, *, shape: Value = None, **_: Value) -> Value:
    model = shape_like(a, shape)
    return array(model.spec.shape, chosen(dtype, model.spec.dtype))


@numpy("full_like")
def _full_like(
    a: Value, fill_value: Value, dtype: Value = None, *, shape: Value = None, **_: Value
) -> Value:
    model = shape_like(a, shape)
    return _filled(array(model.spec.shape, chosen(dtype, model.spec.dtype)), fill_value)


def shape_like(a: Value, shape: Value = None) -> Tensor:
    """An array like ``a``, in another shape if one is given."""
    model = as_array(a)
    dtype = UNKNOWN if model is None else model.spec.dtype
    if shape is not None:
        return array(as_shape(shape), dtype)
    return array(UNKNOWN if model is None else model.spec.shape, dtype)


def _filled(result: Tensor, value: Value) -> Tensor:
    """The array with its bounds, if its dtype holds the number."""
    if isinstance(value, int):
        result.facts = {"low": value, "high": value}
        if not holds_integers(result, result.spec.dtype):
            result.facts = {}
    return result


@numpy("arange")
def _arange(
    start: Value, stop: Value = None, step: Value = 1, dtype: Value = None, **_: Value
) -> Value:
    if stop is None:
        start, stop = 0, start
    found = chosen(dtype, promote_values(start, stop, step))
    first, last, by = (_number(value) for value in (start, stop, step))
    if isinstance(last, Named):
        last, found = last.expr, UNKNOWN
    if isinstance(last, Expr) and by == 1 and isinstance(first, (int, Expr)):
        return array((last if first == 0 else UNKNOWN,), found)
    if not all(isinstance(value, Number) for value in (first, last, by)):
        return array((UNKNOWN,), found)
    return array((_steps(first, last, by),), found, _progression(first, last, by))


def _number(value: Value) -> Any:
    return value.value if isinstance(value, NumpyScalar) else value


def _steps(first: Any, last: Any, by: Any) -> Dim:
    if not by or not all(map(math.isfinite, (first, last, by))):
        raise Undefined
    if all(isinstance(value, int) for value in (first, last, by)):
        return int(max(0, -((first - last) // by)))
    return int(max(0, math.ceil((last - first) / by)))


def _progression(first: Any, last: Any, by: Any) -> dict[str, Value]:
    if not all(isinstance(value, int) for value in (first, last, by)):
        return {}
    numbers = range(first, last, by)
    if not numbers:
        return {}
    if len(numbers) <= 64:
        return literal_facts(tuple(numbers))
    return {"low": min(numbers[0], numbers[-1]), "high": max(numbers[0], numbers[-1])}


@numpy("linspace geomspace")
def _linspace(
    start: Value,
    stop: Value,
    num: Value = 50,
    endpoint: Value = True,
    retstep: Value = False,
    dtype: Value = None,
    axis: Value = 0,
) -> Value:
    first, last = as_array(start), as_array(stop)
    inner: Shape = UNKNOWN
    if first is not None and last is not None:
        inner = broadcast(first.spec.shape, last.spec.shape)
    elif not any(isinstance(value, (Tensor, tuple, Sequence_)) for value in (start, stop)):
        inner = ()
    count = as_dim(num)
    if retstep is not False:
        raise Undefined
    if isinstance(inner, Unknown) or (inner and integer(axis) != 0):
        return array(UNKNOWN, chosen(dtype, "float64"))
    return array((count, *inner), chosen(dtype, "float64"))


@numpy("logspace")
def _logspace(
    start: Value,
    stop: Value,
    num: Value = 50,
    endpoint: Value = True,
    base: Value = 10.0,
    dtype: Value = None,
    axis: Value = 0,
) -> Value:
    return _linspace(start, stop, num, endpoint, False, dtype, axis)


@numpy("eye tri")
def _eye(n: Value, m: Value = None, k: Value = 0, dtype: Value = "float64", **_: Value) -> Value:
    rows = as_dim(n)
    columns = rows if m is None else as_dim(m)
    return array((rows, columns), named_dtype(dtype), {"low": 0, "high": 1})


@numpy("identity")
def _identity(n: Value, dtype: Value = "float64", **_: Value) -> Value:
    return array((as_dim(n), as_dim(n)), named_dtype(dtype), {"low": 0, "high": 1})


@numpy("diag")
def _diag(v: Value, k: Value = 0) -> Value:
    model = as_array(v)
    if model is None or isinstance(model.spec.shape, Unknown) or len(model.spec.shape) != 1:
        raise Undefined
    side = add(model.spec.shape[0], abs(integer(k)))
    return array((side, side), model.spec.dtype)


@numpy("array asarray asanyarray ascontiguousarray asfortranarray require copy")
def _array(
    object: Value = None,
    dtype: Value = None,
    *,
    a: Value = None,
    copy: Value = True,
    order: Value = "K",
    ndmin: Value = 0,
    **_: Value,
) -> Value:
    value = a if object is None else object
    model = as_array(value)
    if model is None:
        return array(UNKNOWN, chosen(dtype, UNKNOWN))
    shape = model.spec.shape
    least = integer(ndmin)
    if least and not isinstance(shape, Unknown):
        shape = (1,) * (least - len(shape)) + shape
    result = array(shape, chosen(dtype, model.spec.dtype), model.facts)
    return (
        result if dtype is None or _keeps_facts(model, result) else array(shape, result.spec.dtype)
    )


def _keeps_facts(old: Tensor, new: Tensor) -> bool:
    return old.spec.dtype == new.spec.dtype or holds_integers(old, new.spec.dtype)


def _number_type(name: str) -> None:
    @numpy(name)
    def convert(x: Value = 0) -> Value:
        dtype = named_dtype(name)
        value = _number(x)
        if isinstance(value, Number):
            return scalar(_converted(value, str(dtype)), dtype)
        if isinstance(value, (str, Unknown, Expr)):
            return UNKNOWN
        model = as_array(value)
        return UNKNOWN if model is None else array(model.spec.shape, dtype)


def _converted(value: Any, dtype: str) -> Any:
    if dtype == "bool":
        return bool(value)
    if not math.isfinite(value):
        return float(value)
    return float(value) if "float" in dtype else int(value)


for _name in (*sorted(ALL), "int_", "intp", "intc", "bool_", "float_", "double", "single", "half"):
    if not _name.startswith(("complex", "string", "bfloat", "float8")):
        _number_type(_name)


@numpy("dtype")
def _dtype(dtype: Value, *_: Value) -> Value:
    return dtype


@numpy("meshgrid")
def _meshgrid(*xi: Value, indexing: Value = "xy", **_: Value) -> Value:
    arrays = [as_array(x) for x in xi]
    lengths: list[Dim] = []
    for model in arrays:
        shape = UNKNOWN if model is None else model.spec.shape
        lengths.append(UNKNOWN if isinstance(shape, Unknown) or len(shape) != 1 else shape[0])
    if indexing == "xy" and len(lengths) > 1:
        lengths[:2] = lengths[1::-1]
    elif indexing not in ("xy", "ij"):
        lengths = [UNKNOWN] * len(lengths)
    dtypes = [UNKNOWN if model is None else model.spec.dtype for model in arrays]
    return tuple(array(tuple(lengths), dtype) for dtype in dtypes)


@numpy("frombuffer fromfile fromiter fromstring")
def _one_axis(source: Value, dtype: Value = "float64", *more: Value, **_: Value) -> Value:
    return array((UNKNOWN,), named_dtype(dtype))


@numpy("genfromtxt loadtxt")
def _table(fname: Value, dtype: Value = "float64", *more: Value, **_: Value) -> Value:
    return array(UNKNOWN, UNKNOWN)


@numpy("c_.__getitem__")
def _columns(key: Value) -> Value:
    from keraslint.interpreter.libraries.numpy_shaping import column_stack, concatenate

    try:
        return concatenate(tuple(_parts(key, (2, 3, 4))), -1)
    except Undefined:
        return column_stack(tuple(_parts(key, (1, 2))))


@numpy("r_.__getitem__")
def _rows(key: Value) -> Value:
    from keraslint.interpreter.libraries.numpy_shaping import concatenate

    return concatenate(tuple(_parts(key, (1, 2, 3, 4))))


def _parts(key: Value, ranks: tuple[int, ...]) -> list[Value]:
    parts = list(key) if isinstance(key, tuple) else [key]
    for part in parts:
        model = as_array(part) if isinstance(part, (Tensor, Sequence_)) else None
        if (
            model is None
            or isinstance(model.spec.shape, Unknown)
            or len(model.spec.shape) not in ranks
        ):
            raise Undefined
    return parts
