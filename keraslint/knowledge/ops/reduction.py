"""Functions that reduce axes, scan along them or order them."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    axes_in,
    axis_in,
    dim_of,
    dtype_argument,
    floating,
    integer,
    known,
    rank_fault,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, add, product, subtract
from keraslint.tensors.shapes import Shape, certainly_different
from keraslint.tensors.specs import Nest, TensorSpec


def reduced(shape: Shape, axis: Any, keepdims: Any) -> Shape:
    """A shape without the axes that are reduced, or with 1 there.

    Raises:
        Fault: an axis is out of range.
    """
    if axis is None and not isinstance(keepdims, Unknown) and not keepdims:
        return ()
    if isinstance(shape, Unknown):
        return UNKNOWN
    axes = list(range(len(shape))) if axis is None else axes_in(axis, shape)
    if isinstance(keepdims, Unknown):
        return UNKNOWN
    if isinstance(axes, Unknown):
        return (UNKNOWN,) * len(shape) if keepdims else UNKNOWN
    if UNKNOWN in axes:
        return (UNKNOWN,) * (len(shape) if keepdims else max(len(shape) - len(axes), 0))
    if keepdims:
        return tuple(1 if i in axes else dim for i, dim in enumerate(shape))
    return without(shape, [at for at in axes if not isinstance(at, Unknown)])


def without(shape: Dims, axes: list[int]) -> Dims:
    """A shape without some axes; an axis named twice takes its neighbour."""
    dims = list(shape)
    for at in sorted(axes, reverse=True):
        if at >= len(dims):
            raise Fault(
                FaultKind.AXIS_RANGE, argument="axis", input=0, expected=len(dims), found=at
            )
        del dims[at]
    return tuple(dims)


def _sum_dtype(dtype: str | Unknown) -> str | Unknown:
    if dtype in ("bool", "int8", "int16"):
        return "int32"
    return "uint32" if dtype in ("uint8", "uint16") else dtype


@op("amax", "amin", "max", "min", "nanmax", "nanmin", "ptp", tensors=("x",))
def extreme(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """One element for each place along the reduced axes."""
    return TensorSpec(reduced(x.shape, axis, keepdims), x.dtype)


@op("sum", "nansum", "nanprod", tensors=("x",))
def total(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """A sum; small integers grow."""
    return TensorSpec(reduced(x.shape, axis, keepdims), _sum_dtype(x.dtype))


@op("prod", tensors=("x",))
def prod(x: TensorSpec, axis: Any, keepdims: Any, dtype: Any) -> TensorSpec:
    """A product; small integers grow."""
    return TensorSpec(reduced(x.shape, axis, keepdims), dtype_argument(dtype, _sum_dtype(x.dtype)))


@op("mean", "nanmean", "median", "nanmedian", "std", "nanstd", "var", "nanvar", tensors=("x",))
def mean(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """A mean, in floats."""
    return TensorSpec(reduced(x.shape, axis, keepdims), floating(x.dtype))


@op("logsumexp", tensors=("x",))
def logsumexp(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """A sum."""
    return TensorSpec(reduced(x.shape, axis, keepdims), UNKNOWN)


@op("all", "any", tensors=("x",))
def truth(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """A bool."""
    return TensorSpec(reduced(x.shape, axis, keepdims), "bool")


@op("nanargmax", "nanargmin", tensors=("x",))
def nanargmax(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """A place along one axis."""
    if axis is not None:
        integer(axis, "axis")
    return argmax(x, axis, keepdims)


@op("argmax", "argmin", tensors=("x",))
def argmax(x: TensorSpec, axis: Any, keepdims: Any) -> TensorSpec:
    """A place."""
    return TensorSpec(reduced(x.shape, axis, keepdims), "int32")


@op("count_nonzero", tensors=("x",))
def count_nonzero(x: TensorSpec, axis: Any) -> TensorSpec:
    """A number."""
    return TensorSpec(reduced(x.shape, axis, False), "int32")


@op("norm", tensors=("x",))
def norm(x: TensorSpec, ord: Any, axis: Any, keepdims: Any) -> TensorSpec:
    """A norm, in floats."""
    if isinstance(ord, str) and ord not in ("fro", "nuc"):
        raise Fault(FaultKind.INVALID_VALUE, argument="ord", expected=("fro", "nuc"), found=ord)
    count = len(axis) if isinstance(axis, (tuple, list)) else None
    if axis is None and not isinstance(x.shape, Unknown):
        count = len(x.shape)
    elif isinstance(axis, int):
        count = 1
    matrix = (None, "fro", "nuc", float("inf"), float("-inf"), 1, -1, 2, -2)
    plain = ord is None or isinstance(ord, (int, float, str))
    if (count == 1 and isinstance(ord, str)) or (count == 2 and plain and ord not in matrix):
        raise Fault(FaultKind.INVALID_VALUE, argument="ord", expected=matrix, found=ord)
    return TensorSpec(reduced(x.shape, axis, keepdims), floating(x.dtype))


@op("moments", tensors=("x",))
def moments(x: TensorSpec, axes: Any, keepdims: Any) -> Nest:
    """Mean and variance."""
    if axes is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axes", expected="axes", found=None)
    result = TensorSpec(reduced(x.shape, axes, keepdims), x.dtype)
    return result, result


@op("average", tensors=("x",))
def average(x: TensorSpec, axis: Any, weights: Any, lenient: bool = False) -> TensorSpec:
    """A weighted mean, in floats."""
    if isinstance(axis, (tuple, list)) and lenient:
        return TensorSpec(UNKNOWN, UNKNOWN)
    if isinstance(axis, (tuple, list)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)
    shape = reduced(x.shape, axis, False)
    if weights is None:
        return TensorSpec(shape, floating(x.dtype))
    given = spec_of(weights).shape
    along: Shape = UNKNOWN
    if axis is not None and not isinstance(x.shape, Unknown):
        at = axis_in(axis, len(x.shape))
        along = UNKNOWN if isinstance(at, Unknown) else (x.shape[at],)
    wrong = certainly_different(given, x.shape)
    if wrong and (axis is None or certainly_different(given, along)):
        raise Fault(
            FaultKind.MERGE_SHAPE, argument="weights", input=1, expected=x.shape, found=given
        )
    return TensorSpec(shape, UNKNOWN)


@op("quantile", "nanquantile", "percentile", "nanpercentile", tensors=("x",))
def quantile(x: TensorSpec, q: Any, axis: Any, keepdims: Any, lenient: bool = False) -> TensorSpec:
    """Quantiles, those of a list along a new first axis."""
    shape = reduced(x.shape, axis, keepdims)
    if isinstance(shape, Unknown):
        return TensorSpec(UNKNOWN, UNKNOWN)
    asked = spec_of(q).shape
    if isinstance(q, (list, tuple)):
        asked = (len(q),) if len(q) > 1 and not lenient else UNKNOWN
    if isinstance(asked, Unknown):
        return TensorSpec(UNKNOWN, UNKNOWN)
    return TensorSpec((*asked[:1], *shape), UNKNOWN)


@op("cumsum", "cumprod", ranked=("x",))
def cumulated(x: TensorSpec, axis: Any, dtype: Any) -> TensorSpec:
    """Running sums along an axis, or of all elements in a row."""
    result = dtype_argument(dtype, "int32" if x.dtype == "bool" else x.dtype)
    if result == "bool":
        result = "int32"
    return TensorSpec(ordered(x, axis), result)


@op("nancumsum", "nancumprod", ranked=("x",))
def cumulated_without_nan(x: TensorSpec, axis: Any, dtype: Any) -> TensorSpec:
    """Running sums along an axis, which is not checked."""
    return cumulated(x, None if axis is None else 0, dtype)


def ordered(x: TensorSpec, axis: Any) -> Shape:
    """The shape of what keeps an axis, or puts all elements in a row.

    Raises:
        Fault: the axis is out of range.
    """
    shape = known(x.shape)
    if axis is None:
        return (flat_size(shape),)
    axis_in(axis, len(shape), shape=shape)
    return UNKNOWN if isinstance(axis, Unknown) else shape


def flat_size(shape: Dims) -> Dim:
    """The number of elements, dynamic if any dim is."""
    return None if None in shape else product(shape)


@op("sort", ranked=("x",))
def sort(x: TensorSpec, axis: Any) -> TensorSpec:
    """The elements in order along an axis."""
    return TensorSpec(ordered(x, axis), x.dtype)


@op("argsort", ranked=("x",))
def argsort(x: TensorSpec, axis: Any, lenient: bool = False) -> TensorSpec:
    """The order along an axis; of a single number only where nothing is symbolic."""
    if lenient and x.shape == ():
        return TensorSpec(UNKNOWN, "int32")
    return TensorSpec(ordered(x, axis), "int32")


@op("argpartition", ranked=("x",))
def argpartition(x: TensorSpec, kth: Any, axis: Any) -> TensorSpec:
    """A partial order along an axis, which is not checked."""
    integer(kth, "kth")
    if isinstance(axis, Unknown):
        return TensorSpec(UNKNOWN, "int32")
    shape = known(x.shape)
    return TensorSpec((flat_size(shape),) if axis is None else shape, "int32")


@op("top_k", ranked=("x",), many=True)
def top_k(x: TensorSpec, k: Any) -> Nest:
    """The largest elements along the last axis and their places."""
    shape = known(x.shape)
    if not shape:
        raise rank_fault(shape, 1, minimum=True)
    result = (*shape[:-1], dim_of(k))
    return TensorSpec(result, x.dtype), TensorSpec(result, "int32")


@op("in_top_k", tensors=("targets",))
def in_top_k(targets: TensorSpec) -> TensorSpec:
    """Whether each target is among the best."""
    return TensorSpec(targets.shape, "bool")


@op("size")
def number_of_elements() -> TensorSpec:
    """A number."""
    return TensorSpec((), "int32")


@op("diff", ranked=("a",))
def diff(a: TensorSpec, n: Any, axis: Any) -> TensorSpec:
    """Differences along an axis, which loses ``n``."""
    dims = list(known(a.shape))
    at = axis_in(axis, len(dims), shape=a.shape)
    if isinstance(at, Unknown):
        return a.with_shape((UNKNOWN,) * len(dims))
    rest = subtract(dims[at], dim_of(n))
    dims[at] = max(rest, 0) if isinstance(rest, int) else (None if rest is None else UNKNOWN)
    return a.with_shape(tuple(dims))


@op("trace", ranked=("x",))
def trace(x: TensorSpec, axis1: Any, axis2: Any) -> TensorSpec:
    """Sums of diagonals: two axes go."""
    shape = known(x.shape)
    given = {"axis1": axis1, "axis2": axis2}
    axes = [axis_in(axis, len(shape), name, shape) for name, axis in given.items()]
    if UNKNOWN in axes:
        return TensorSpec((UNKNOWN,) * (len(shape) - 2), _sum_dtype(x.dtype))
    if axes[0] == axes[1]:
        raise Fault(FaultKind.INVALID_VALUE, argument="axis2", expected="another", found=axis2)
    rest = tuple(dim for i, dim in enumerate(shape) if i not in axes)
    return TensorSpec(rest, _sum_dtype(x.dtype))


@op("histogram", tensors=("x",))
def histogram(x: TensorSpec, bins: Any) -> Nest:
    """Counts and edges."""
    if isinstance(bins, (float, str, list, tuple)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="bins", expected="an integer", found=bins)
    count = dim_of(bins)
    return TensorSpec((count,), x.dtype), TensorSpec((add(count, 1),), x.dtype)


@op("normalize", ranked=("x",))
def normalize(x: TensorSpec, axis: Any) -> TensorSpec:
    """The same shape, in float32."""
    if axis is not None:
        axes_in(axis, known(x.shape))
    return TensorSpec(x.shape, UNKNOWN)


@op("trapezoid", ranked=("y",))
def trapezoid(y: TensorSpec, axis: Any) -> TensorSpec:
    """An integral along an axis, which is taken modulo the rank."""
    shape = known(y.shape)
    dtype = floating(y.dtype)
    if axis is None or not shape:
        return TensorSpec(shape, dtype)
    if not isinstance(axis, int):
        return TensorSpec((UNKNOWN,) * (len(shape) - 1), dtype)
    return TensorSpec(without(shape, [axis % len(shape)]), dtype)


@op("unique", ranked=("x",), many=True)
def unique(
    x: TensorSpec,
    *,
    return_index: Any,
    return_inverse: Any,
    return_counts: Any,
    axis: Any,
    size: Any,
    lenient: bool = False,
) -> Nest:
    """The distinct values, of which there are ``size`` if that is given, and what is asked for."""
    shape = known(x.shape)
    if isinstance(size, (float, str, list, tuple)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="size", expected="an integer", found=size)
    count = UNKNOWN if lenient and size is None else dim_of(size)
    flags = (return_index, return_inverse, return_counts)
    at = None if axis is None else axis_in(axis, len(shape), shape=x.shape)
    if any(not isinstance(flag, bool) for flag in flags):
        return UNKNOWN
    values: Shape = (count,)
    inverse: Shape = shape
    if isinstance(at, Unknown):
        values, inverse = (UNKNOWN,) * len(shape), (UNKNOWN,)
    elif at is not None:
        values, inverse = (*shape[:at], count, *shape[at + 1 :]), (shape[at],)
    places = [TensorSpec(found, "int32") for found in ((count,), inverse, (count,))]
    asked = [spec for spec, flag in zip(places, flags, strict=True) if flag]
    return (x.with_shape(values), *asked) if asked else x.with_shape(values)
