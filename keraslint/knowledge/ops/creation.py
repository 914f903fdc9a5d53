"""Functions that make tensors of sizes and numbers."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.elementwise import concrete
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    axis_in,
    broadcast_all,
    dim_of,
    dtype_argument,
    known,
    result_dtype,
    shape_argument,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec


@op("zeros", "ones", "empty", "full")
def filled(shape: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of the given shape, which may not have a dynamic dim."""
    dims = new_shape(shape, lenient)
    return TensorSpec(dims, dtype_argument(dtype, "float32"))


def new_shape(shape: Any, lenient: bool) -> Shape:
    """The shape of something to be created.

    Raises:
        Fault: it has a dynamic dim, outside a layer's ``call``.
    """
    dims = shape_argument(shape)
    if not isinstance(dims, Unknown) and None in dims and not lenient:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, argument="shape", found=dims)
    return dims


@op("random.normal", "random.uniform", "random.truncated_normal", "random.gamma", "random.beta")
def drawn(shape: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers."""
    return TensorSpec(new_shape(shape, lenient), dtype_argument(dtype, "float32"))


@op("random.randint", "random.binomial")
def drawn_integers(shape: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers; the dtype is left open."""
    return TensorSpec(new_shape(shape, lenient), UNKNOWN)


@op("random.dropout", tensors=("inputs",))
def dropout(inputs: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape, inside a layer."""
    return concrete(inputs, lenient)


@op("random.shuffle", tensors=("x",))
def shuffle(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape, inside a layer."""
    return concrete(x, lenient)


@op("eye")
def eye(n: Any, m: Any, dtype: Any) -> TensorSpec:
    """A matrix with ones along a diagonal."""
    for name, value in (("N", n), ("M", m)):
        if isinstance(plain(value), float):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
    rows, columns = _size(n), _size(n if m is None else m)
    return TensorSpec((rows, columns), dtype_argument(dtype, "float32"))


@op("identity")
def identity(n: Any, dtype: Any) -> TensorSpec:
    """A square matrix with ones along its diagonal."""
    return TensorSpec((_size(n), _size(n)), dtype_argument(dtype, "float32"))


@op("tri")
def tri(n: Any, m: Any, dtype: Any) -> TensorSpec:
    """A matrix with ones below a diagonal."""
    rows, columns = _size(n), _size(n if m is None else m)
    return TensorSpec((rows, columns), dtype_argument(dtype, "float32"))


@op("bartlett", "blackman", "hamming", "hanning", "kaiser")
def window(x: Any) -> TensorSpec:
    """A window of that many samples."""
    return TensorSpec((_size(x),), UNKNOWN)


def _size(value: Any) -> Dim:
    size = dim_of(value)
    return UNKNOWN if size is None else size


MOST_NUMBERS = 10**9


@op("arange")
def arange(start: Any, stop: Any, step: Any, dtype: Any) -> TensorSpec:
    """Numbers at equal distances."""
    numbers = (0, start, 1) if stop is None else (start, stop, 1)
    if step is not None:
        numbers = (*numbers[:2], step)
    first, last, by = (plain(number) for number in numbers)
    result = dtype_argument(dtype, UNKNOWN)
    if stop is None and step is None and not isinstance(first, Unknown):
        return TensorSpec((_count(0, last, 1),), result)
    return TensorSpec((_count(first, last, by),), result)


def _count(first: Any, last: Any, step: Any) -> Dim:
    numbers = (first, last, step)
    if all(isinstance(number, int) and abs(number) < MOST_NUMBERS for number in numbers):
        return max(-((first - last) // step), 0) if step else UNKNOWN
    return dim_of(last) if first == 0 and step == 1 and not isinstance(last, float) else UNKNOWN


@op("linspace")
def linspace(start: Any, stop: Any, num: Any, retstep: Any, axis: Any) -> Nest:
    """Numbers between two, along a new axis."""
    if isinstance(retstep, Unknown):
        return UNKNOWN
    result = _between(start, stop, num, axis)
    return (result, UNKNOWN) if retstep else result


@op("logspace", "geomspace")
def logspace(start: Any, stop: Any, num: Any, axis: Any) -> TensorSpec:
    """Numbers between two, along a new axis."""
    return _between(start, stop, num, axis)


def _between(start: Any, stop: Any, num: Any, axis: Any) -> TensorSpec:
    shape = broadcast_all(spec_of(start).shape, spec_of(stop).shape)
    if isinstance(shape, Unknown):
        return TensorSpec(UNKNOWN, UNKNOWN)
    at = axis_in(axis, len(shape) + 1, shape=shape)
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * (len(shape) + 1), UNKNOWN)
    return TensorSpec((*shape[:at], _size(num), *shape[at:]), UNKNOWN)


@op("bincount", ranked=("x",))
def bincount(x: TensorSpec, weights: Any) -> TensorSpec:
    """Counts along a dynamic axis."""
    dtype = "int32" if weights is None else UNKNOWN
    return TensorSpec((*known(x.shape)[:-1], None), dtype)


@op("digitize", tensors=("x",))
def digitize(x: TensorSpec) -> TensorSpec:
    """The number of each element's bin."""
    return TensorSpec(x.shape, "int32")


@op("searchsorted", tensors=("values",))
def searchsorted(values: TensorSpec) -> TensorSpec:
    """The place of each element."""
    return TensorSpec(values.shape, UNKNOWN)


@op("nonzero", ranked=("x",), many=True)
def nonzero(x: TensorSpec) -> Nest:
    """The places along each axis, of dynamic number."""
    return tuple(TensorSpec((None,), "int32") for _ in known(x.shape))


@op("segment_sum", "segment_max", "segment_min", "segment_prod", ranked=("data",))
def segments(data: TensorSpec, num_segments: Any) -> TensorSpec:
    """One row for each segment."""
    return data.with_shape((dim_of(num_segments), *known(data.shape)[1:]))


@op("cdist")
def cdist(x: Any, y: Any) -> TensorSpec:
    """The distances of all pairs; the shape is left open."""
    return TensorSpec(UNKNOWN, result_dtype(x, y))


@op("random.categorical", ranked=("logits",))
def categorical(logits: TensorSpec, num_samples: Any) -> TensorSpec:
    """Some classes for each distribution."""
    return TensorSpec((*known(logits.shape)[:-1], dim_of(num_samples)), UNKNOWN)


@op("unravel_index")
def unravel_index(shape: Any) -> Nest:
    """One tensor of places for each axis."""
    if isinstance(shape, (tuple, list)):
        return [TensorSpec(UNKNOWN, UNKNOWN) for _ in shape]
    return UNKNOWN
