"""Functions that make tensors of sizes and numbers."""

from __future__ import annotations

from math import ceil
from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.elementwise import concrete
from keraslint.knowledge.ops.indexing import indices_shape
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    axis_in,
    broadcast_all,
    dim_of,
    dtype_argument,
    floating,
    integer,
    known,
    only_tensor,
    pair_fault,
    rank_fault,
    result_dtype,
    shape_argument,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, differ
from keraslint.tensors.dtypes import is_float, standard
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec


@op("zeros", "ones", "empty")
def filled(shape: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of the given shape, which may not have a dynamic dim."""
    return TensorSpec(new_shape(shape, lenient), backend_dtype(dtype))


def backend_dtype(dtype: Any) -> str | Unknown:
    """The dtype of what TensorFlow makes by itself, which takes names that Keras does not."""
    if dtype is None:
        return "float32"
    asked = standard(dtype) if isinstance(dtype, str) else None
    return UNKNOWN if asked is None else asked


def float_dtype(dtype: Any) -> str | Unknown:
    """The dtype asked for, ``float32`` if what is given counts as false.

    Raises:
        Fault: there is no such dtype.
    """
    return dtype_argument(None if dtype in (0, "", [], ()) else dtype, "float32")


@op("full")
def full(shape: Any, fill_value: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of the given shape, that of the value it is filled with if that is symbolic."""
    dims = new_shape(shape, lenient or isinstance(fill_value, TensorSpec))
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


@op("array", "convert_to_tensor")
def converted(x: Any, dtype: Any) -> TensorSpec:
    """A tensor, or numbers in lists, as a tensor."""
    shape, made_of = spec_of(x).shape, spec_of(x).dtype
    if isinstance(x, (list, tuple)):
        shape, made_of = indices_shape(x), _dtype_of_numbers(x)
    return TensorSpec(shape, dtype_argument(dtype, made_of))


def _dtype_of_numbers(value: Any) -> str | Unknown:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    if isinstance(value, bool):
        return "bool"
    return "float32" if isinstance(value, float) else UNKNOWN


@op("random.normal", "random.truncated_normal")
def normal(shape: Any, mean: Any, stddev: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers around a mean."""
    return TensorSpec(drawn(shape, (mean, stddev), lenient), backend_dtype(dtype))


@op("random.uniform")
def uniform(shape: Any, minval: Any, maxval: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers between two."""
    result = float_dtype(dtype)
    if isinstance(result, str) and not is_float(result):
        raise Fault(
            FaultKind.INVALID_VALUE, argument="dtype", expected="a float dtype", found=dtype
        )
    return TensorSpec(drawn(shape, (minval, maxval), lenient), result)


@op("random.randint")
def randint(shape: Any, minval: Any, maxval: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random integers between two; the dtype is left open."""
    if isinstance(dtype, str) and is_float(dtype):
        expected = "an integer dtype"
        raise Fault(FaultKind.INVALID_VALUE, argument="dtype", expected=expected, found=dtype)
    return TensorSpec(drawn(shape, (minval, maxval), lenient), UNKNOWN)


@op("random.gamma")
def gamma(shape: Any, alpha: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers."""
    return TensorSpec(drawn(shape, (alpha,), lenient), float_dtype(dtype))


@op("random.beta")
def beta(shape: Any, alpha: Any, beta: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers."""
    return TensorSpec(drawn(shape, (alpha, beta), lenient), float_dtype(dtype))


@op("random.binomial")
def binomial(shape: Any, counts: Any, probabilities: Any, lenient: bool = False) -> TensorSpec:
    """A tensor of random numbers; the dtype is left open."""
    return TensorSpec(drawn(shape, (counts, probabilities), lenient), UNKNOWN)


def drawn(shape: Any, parameters: tuple[Any, ...], lenient: bool) -> Shape:
    """The shape of random numbers, whose distribution has no symbolic parameters.

    Raises:
        Fault: it has, or the shape has a dynamic dim.
    """
    if not lenient and any(isinstance(value, TensorSpec) for value in parameters):
        raise Fault(FaultKind.NOT_A_KERAS_TENSOR_FUNCTION, input=0)
    if any(spec_of(value).shape != () for value in parameters if value is not None):
        return UNKNOWN  # data would broadcast
    return new_shape(shape, lenient)


@op("random.dropout", tensors=("inputs",))
def dropout(inputs: TensorSpec, noise_shape: Any, lenient: bool = False) -> TensorSpec:
    """The same shape, inside a layer."""
    given = concrete(inputs, lenient)
    return given if noise_shape is None else given.with_shape(UNKNOWN)


@op("random.shuffle", tensors=("x",))
def shuffle(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape, inside a layer."""
    return concrete(x, lenient)


@op("eye")
def eye(n: Any, m: Any, k: Any, dtype: Any) -> TensorSpec:
    """A matrix with ones along a diagonal; with another one than the main one it may grow."""
    for name, value in (("N", n), ("M", m)):
        if isinstance(plain(value), float):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
    rows, columns = _size(n), _size(n if m is None else m)
    if not isinstance(k, int) or k:
        rows = columns = UNKNOWN
    return TensorSpec((rows, columns), backend_dtype(dtype))


@op("identity")
def identity(n: Any, dtype: Any, lenient: bool = False) -> TensorSpec:
    """A square matrix with ones along its diagonal; Python's dtypes will do too."""
    if isinstance(n, TensorSpec) and not lenient:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="n", expected="an integer", found=n)
    return TensorSpec((_size(n), _size(n)), backend_dtype(dtype))


@op("tri")
def tri(n: Any, m: Any, dtype: Any) -> TensorSpec:
    """A matrix with ones below a diagonal."""
    rows, columns = _size(n), _size(n if m is None else m)
    return TensorSpec((rows, columns), float_dtype(dtype))


@op("bartlett", "blackman", "hamming", "hanning", "kaiser")
def window(x: Any, lenient: bool = False) -> TensorSpec:
    """A window of that many samples, which is no symbolic tensor."""
    if isinstance(x, TensorSpec) and not lenient:
        raise Fault(FaultKind.NOT_A_KERAS_TENSOR_FUNCTION, input=0)
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
    if all(isinstance(n, (int, float)) and abs(n) < MOST_NUMBERS for n in numbers) and step:
        count: int = ceil((last - first) / step)
        return max(count, 0)
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
def bincount(x: TensorSpec, weights: Any, lenient: bool = False) -> TensorSpec:
    """Counts along a dynamic axis."""
    dtype = "int32" if weights is None else UNKNOWN
    return TensorSpec((*known(x.shape)[:-1], UNKNOWN if lenient else None), dtype)


@op("digitize", tensors=("x",))
def digitize(x: TensorSpec, bins: Any, lenient: bool = False) -> TensorSpec:
    """The number of each element's bin."""
    only_tensor(bins, "bins", lenient=lenient)
    edges = spec_of(bins).shape
    if not isinstance(edges, Unknown) and len(edges) > 1:
        raise rank_fault(edges, 1, input=1)
    return TensorSpec(x.shape, "int32")


@op("searchsorted", tensors=("sorted_sequence", "values"))
def searchsorted(sorted_sequence: TensorSpec, values: TensorSpec) -> TensorSpec:
    """The place of each element in one row."""
    row = sorted_sequence.shape
    if not isinstance(row, Unknown) and len(row) != 1:
        raise rank_fault(row, 1)
    return TensorSpec(values.shape, UNKNOWN)


@op("nonzero", ranked=("x",), many=True)
def nonzero(x: TensorSpec, lenient: bool = False) -> Nest:
    """The places along each axis, of dynamic number."""
    count = UNKNOWN if lenient else None
    return tuple(TensorSpec((count,), "int32") for _ in known(x.shape))


@op(
    *("segment_sum", "segment_max", "segment_min", "segment_prod"),
    ranked=("data",),
    tensors=("segment_ids",),
)
def segments(
    data: TensorSpec, segment_ids: TensorSpec, num_segments: Any, lenient: bool = False
) -> TensorSpec:
    """One row for each segment; there is a number of it for every row of the data."""
    shape, ids = known(data.shape), segment_ids.shape
    if not shape:
        raise rank_fault(shape, 1, minimum=True)
    if not isinstance(ids, Unknown):
        if len(ids) != 1:
            raise rank_fault(ids, 1, input=1)
        if differ(ids[0], shape[0]):
            raise pair_fault((shape, ids), 0, 0)
    if num_segments is not None and not isinstance(num_segments, Unknown):
        integer(num_segments, "num_segments")
    count = UNKNOWN if lenient and num_segments is None else dim_of(num_segments)
    return data.with_shape((count, *shape[1:]))


@op("cdist", ranked=("x", "y"))
def cdist(x: TensorSpec, y: TensorSpec) -> TensorSpec:
    """The distances of all pairs of rows."""
    a, b = known(x.shape), known(y.shape)
    for i, shape in enumerate((a, b)):
        if len(shape) < 2:
            raise rank_fault(shape, 2, minimum=True, input=i)
    if differ(a[-1], b[-1]):
        raise pair_fault((a, b), -1, -1)
    lead = broadcast_all(a[:-2], b[:-2])
    dims = UNKNOWN if isinstance(lead, Unknown) else (*lead, a[-2], b[-2])
    return TensorSpec(dims, floating(result_dtype(x, y)))


@op("random.categorical", ranked=("logits",))
def categorical(logits: TensorSpec, num_samples: Any, lenient: bool = False) -> TensorSpec:
    """Some classes for each distribution of tensors with data."""
    concrete(logits, lenient)
    if len(known(logits.shape)) != 2:
        raise rank_fault(logits.shape, 2)
    return TensorSpec((*known(logits.shape)[:-1], dim_of(num_samples)), UNKNOWN)


@op("unravel_index", tensors=("indices",))
def unravel_index(indices: TensorSpec, shape: Any, lenient: bool = False) -> Nest:
    """One tensor of places for each axis."""
    if isinstance(shape, (int, float)) or shape is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="shape", expected="a tuple", found=shape)
    if not isinstance(shape, (tuple, list)) or lenient:
        return UNKNOWN
    places = TensorSpec((None,), indices.dtype) if None in shape else indices
    return [places for _ in shape]
