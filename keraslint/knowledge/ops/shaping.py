"""Functions that move, add and drop axes or repeat and pad along them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.reduction import flat_size, without
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    axes_in,
    axis_in,
    broadcast_all,
    dim_of,
    dtype_argument,
    integer,
    known,
    rank_fault,
    shape_argument,
)
from keraslint.knowledge.reshape import reshaped, target_dims
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, add, differ, multiply, total
from keraslint.tensors.specs import Nest, TensorSpec


@op("reshape", tensors=("x",))
def reshape(x: TensorSpec, newshape: Any) -> TensorSpec:
    """The elements in another shape; one -1 is worked out if no dim is dynamic."""
    if isinstance(newshape, TensorSpec):
        return _reshaped_by_tensor(x, newshape)
    if isinstance(newshape, (int, Expr, NumpyScalar)):
        newshape = (newshape,)
    if not isinstance(newshape, (tuple, list)):
        return x.with_shape(UNKNOWN)
    return x.with_shape(reshaped(x.shape, target_dims(newshape, "newshape"), "newshape"))


def _reshaped_by_tensor(x: TensorSpec, target: TensorSpec) -> TensorSpec:
    if isinstance(target.shape, tuple) and len(target.shape) == 1:
        rank = target.shape[0]
        return x.with_shape((UNKNOWN,) * rank if isinstance(rank, int) else UNKNOWN)
    return x.with_shape(UNKNOWN)


@op("ravel", ranked=("x",))
def ravel(x: TensorSpec) -> TensorSpec:
    """All elements in a row."""
    return x.with_shape((flat_size(known(x.shape)),))


@op("transpose", ranked=("x",))
def transpose(x: TensorSpec, axes: Any) -> TensorSpec:
    """The axes in another order, reversed by default."""
    shape = known(x.shape)
    if axes is None:
        return x.with_shape(shape[::-1])
    if not isinstance(axes, (tuple, list)):
        if isinstance(axes, (int, float)):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="axes", expected="a tuple", found=axes)
        return x.with_shape((UNKNOWN,) * len(shape))
    fault = Fault(
        FaultKind.AXIS_RANGE, argument="axes", input=0, expected=len(shape), found=axes, shape=shape
    )
    if len(axes) != len(shape) or any(isinstance(axis, (float, str, NumpyScalar)) for axis in axes):
        raise fault
    order = [axis_in(axis, len(shape), "axes", shape) for axis in axes]
    places = [at for at in order if not isinstance(at, Unknown)]
    if len(set(places)) != len(places):
        raise fault
    return x.with_shape(tuple(UNKNOWN if isinstance(at, Unknown) else shape[at] for at in order))


@op("swapaxes", ranked=("x",))
def swapaxes(x: TensorSpec, axis1: Any, axis2: Any) -> TensorSpec:
    """Two axes exchanged."""
    dims = list(known(x.shape))
    a = axis_in(axis1, len(dims), "axis1", x.shape)
    b = axis_in(axis2, len(dims), "axis2", x.shape)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return x.with_shape((UNKNOWN,) * len(dims))
    dims[a], dims[b] = dims[b], dims[a]
    return x.with_shape(tuple(dims))


@op("moveaxis", ranked=("x",))
def moveaxis(x: TensorSpec, source: Any, destination: Any) -> TensorSpec:
    """Some axes moved, the others closing up."""
    shape = known(x.shape)
    start, end = axes_in(source, shape, "source"), axes_in(destination, shape, "destination")
    if isinstance(start, Unknown) or isinstance(end, Unknown):
        return x.with_shape((UNKNOWN,) * len(shape))
    if len(start) != len(end):
        raise Fault(
            FaultKind.INVALID_VALUE,
            argument="destination",
            expected=len(start),
            found=destination,
        )
    if UNKNOWN in (*start, *end):
        return x.with_shape((UNKNOWN,) * len(shape))
    order = _moved(len(shape), list(zip(start, end, strict=True)))
    if None in order:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="destination", expected="distinct", found=destination
        )
    return x.with_shape(tuple(shape[at] for at in order if at is not None))


def _moved(rank: int, moves: Sequence[tuple[Any, Any]]) -> list[int | None]:
    """Which axis comes where; `None` where none is left."""
    places: list[int | None] = list(range(rank))
    order: list[int | None] = [None] * rank
    for start, end in moves:
        order[end], places[start] = places[start], None
    rest = iter([at for at in places if at is not None])
    return [next(rest, None) if at is None else at for at in order]


@op("rot90", ranked=("array",))
def rot90(array: TensorSpec, k: Any, axes: Any, lenient: bool = False) -> TensorSpec:
    """Two axes exchanged; of symbolic tensors Keras says so however far the rotation goes."""
    shape = known(array.shape)
    if len(shape) < 2:
        raise rank_fault(array.shape, 2, minimum=True)
    if isinstance(axes, (int, float)) or axes is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axes", expected="a tuple", found=axes)
    if not isinstance(axes, (tuple, list)):
        return array.with_shape((UNKNOWN,) * len(shape))
    if len(axes) != 2 or (isinstance(axes[0], int) and axes[0] == axes[1]):
        raise Fault(FaultKind.INVALID_VALUE, argument="axes", expected="two axes", found=axes)
    if lenient and not isinstance(k, int):
        return array.with_shape((UNKNOWN,) * len(shape))
    return array if lenient and k % 2 == 0 else swapaxes(array, axes[0], axes[1])


@op("squeeze", ranked=("x",))
def squeeze(x: TensorSpec, axis: Any, lenient: bool = False) -> TensorSpec:
    """Without the axes of size 1, or without the given ones, which must have it."""
    shape = known(x.shape)
    if axis is None:
        certain = all(isinstance(dim, int) or (dim is None and not lenient) for dim in shape)
        return x.with_shape(tuple(dim for dim in shape if dim != 1) if certain else UNKNOWN)
    axes = axes_in(axis, shape)
    if isinstance(axes, Unknown):
        return x.with_shape(UNKNOWN)
    for at in axes:
        dim: Dim = UNKNOWN if isinstance(at, Unknown) else shape[at]
        if differ(dim, 1) or (dim is None and not lenient):
            raise Fault(
                FaultKind.INPUT_DIMENSION, input=0, expected=1, found=shape, axis=_known(at)
            )
    if UNKNOWN in axes:
        return x.with_shape((UNKNOWN,) * max(len(shape) - len(axes), 0))
    return x.with_shape(without(shape, [at for at in axes if not isinstance(at, Unknown)]))


@op("expand_dims", ranked=("x",))
def expand_dims(x: TensorSpec, axis: Any) -> TensorSpec:
    """With new axes of size 1; the axes count in the result."""
    shape = known(x.shape)
    if axis is None or isinstance(axis, (float, str, NumpyScalar)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)
    given = axis if isinstance(axis, (tuple, list)) else (axis,)
    if isinstance(axis, Unknown):
        return x.with_shape(UNKNOWN)
    rank = len(shape) + len(given)
    axes = [axis_in(item, rank, shape=shape) for item in given]
    places = [at for at in axes if not isinstance(at, Unknown)]
    if len(set(places)) < len(places):
        raise Fault(FaultKind.INVALID_VALUE, argument="axis", expected="distinct", found=axis)
    if len(places) < len(axes):
        return x.with_shape((UNKNOWN,) * rank)
    rest = iter(shape)
    return x.with_shape(tuple(1 if i in axes else next(rest) for i in range(rank)))


@op("broadcast_to", tensors=("x",))
def broadcast_to(x: TensorSpec, shape: Any) -> TensorSpec:
    """The given shape, literally."""
    if isinstance(shape, (int, float)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="shape", expected="a tuple", found=shape)
    target = shape_argument(shape)
    broadcast_all(x.shape, target)
    return x.with_shape(target)


@op("repeat", ranked=("x",))
def repeat(x: TensorSpec, repeats: Any, axis: Any) -> TensorSpec:
    """Every element several times, along an axis or of all in a row."""
    dims = list(known(x.shape))
    if isinstance(axis, Unknown):
        return x.with_shape(UNKNOWN)
    if axis is None:
        dims, at = [flat_size(tuple(dims))], 0
    else:
        place = axis_in(axis, len(dims), shape=x.shape)
        if isinstance(place, Unknown):
            return x.with_shape((UNKNOWN,) * len(dims))
        at = place
    counts = repeats if isinstance(repeats, (tuple, list)) else (repeats,)
    if isinstance(repeats, (float, str)) or repeats is None:
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="repeats", expected="an integer", found=repeats
        )
    size = dims[at]
    sizes = [_size(count) for count in counts]
    if size is None:
        return x.with_shape(tuple(dims))
    if len(sizes) == 1 and not isinstance(repeats, Unknown):
        dims[at] = multiply(size, sizes[0])
    elif isinstance(repeats, (tuple, list)):
        if differ(size, len(sizes)):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="repeats", expected=size, found=len(sizes)
            )
        dims[at] = total(sizes)
    else:
        dims[at] = UNKNOWN
    return x.with_shape(tuple(dims))


@op("tile", ranked=("x",))
def tile(x: TensorSpec, repeats: Any) -> TensorSpec:
    """The whole tensor several times along each axis; the counts align on the right."""
    shape = known(x.shape)
    if isinstance(repeats, (int, Expr)):
        repeats = (repeats,)
    if isinstance(repeats, (float, str)) or repeats is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="repeats", expected="integers", found=repeats)
    if not isinstance(repeats, (tuple, list)):
        return x.with_shape(UNKNOWN)
    counts = [dim_of(count) for count in repeats]
    rank = max(len(counts), len(shape))
    counts = [*[1] * (rank - len(counts)), *counts]
    dims = (1,) * (rank - len(shape)) + shape
    return x.with_shape(
        tuple(
            None if dim is None or count is None else multiply(dim, count)
            for dim, count in zip(dims, counts, strict=True)
        )
    )


def _known(axis: int | Unknown) -> int | None:
    return None if isinstance(axis, Unknown) else axis


def _size(value: Any) -> Dim:
    size = dim_of(value)
    return UNKNOWN if size is None else size


@op("pad", ranked=("x",))
def pad(x: TensorSpec, pad_width: Any) -> TensorSpec:
    """Each axis longer by what is added before and behind it."""
    shape = known(x.shape)
    widths = _pad_widths(pad_width)
    if isinstance(widths, Unknown):
        return x.with_shape((UNKNOWN,) * len(shape))
    if len(widths) == 1:
        widths = widths * len(shape)
    if len(widths) != len(shape):
        raise Fault(
            FaultKind.INVALID_VALUE,
            argument="pad_width",
            input=0,
            expected=len(shape),
            found=pad_width,
            shape=shape,
        )
    return x.with_shape(
        tuple(
            None if dim is None else add(dim, width)
            for dim, width in zip(shape, widths, strict=True)
        )
    )


def _pad_widths(value: Any) -> Dims | Unknown:
    """What each axis gains; a number stands for both sides of every axis."""
    value = plain(value)
    if isinstance(value, str):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="pad_width", expected="pairs", found=value)
    if isinstance(value, (int, Expr)):
        return (multiply(value, 2),)
    if not isinstance(value, (tuple, list)):
        return UNKNOWN
    if not value:
        raise Fault(FaultKind.INVALID_VALUE, argument="pad_width", expected="pairs", found=value)
    if len(value) == 2 and all(isinstance(plain(item), (int, Expr)) for item in value):
        return (add(dim_of(value[0]), dim_of(value[1])),)
    return tuple(_both_sides(item) for item in value)


def _both_sides(item: Any) -> Dim:
    if not isinstance(item, (tuple, list)) or len(item) != 2:
        return UNKNOWN
    return add(_size(item[0]), _size(item[1]))


@op("diag", ranked=("x",))
def diag(x: TensorSpec, k: Any) -> TensorSpec:
    """A matrix with a diagonal, or the diagonal of a matrix."""
    shape = known(x.shape)
    if len(shape) not in (1, 2):
        raise rank_fault(x.shape, 2)
    offset = integer(k, "k")
    if len(shape) == 2:
        return x.with_shape((_diagonal(shape[0], shape[1], offset),))
    side = UNKNOWN if isinstance(offset, Unknown) else add(shape[0], abs(offset))
    return x.with_shape((side, side))


@op("diagflat", ranked=("x",))
def diagflat(x: TensorSpec, k: Any) -> TensorSpec:
    """A matrix with all elements along a diagonal."""
    offset = integer(k, "k")
    side = UNKNOWN if isinstance(offset, Unknown) else add(flat_size(known(x.shape)), abs(offset))
    return x.with_shape((side, side))


@op("ndim", ranked=("x",))
def ndim(x: TensorSpec, lenient: bool = False) -> Nest | int:
    """The rank; of a symbolic tensor Keras takes it for a shape."""
    rank = len(known(x.shape))
    return rank if lenient else TensorSpec((rank,), "float32")


@op("diagonal", ranked=("x",))
def diagonal(x: TensorSpec, offset: Any, axis1: Any, axis2: Any) -> TensorSpec:
    """The diagonals of two axes, along a new last one."""
    shape = known(x.shape)
    if len(shape) < 2:
        raise rank_fault(x.shape, 2, minimum=True)
    a = axis_in(axis1, len(shape), "axis1", shape)
    b = axis_in(axis2, len(shape), "axis2", shape)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return x.with_shape((UNKNOWN,) * (len(shape) - 1))
    if a == b:
        raise Fault(FaultKind.INVALID_VALUE, argument="axis2", expected="another", found=axis2)
    rest = [dim for i, dim in enumerate(shape) if i not in (a, b)]
    return x.with_shape((*rest, _diagonal(shape[a], shape[b], integer(offset, "offset"))))


def _diagonal(rows: Dim, columns: Dim, offset: int | Unknown) -> Dim:
    if rows is None or columns is None:
        return None
    if isinstance(offset, Unknown) or not isinstance(rows, int) or not isinstance(columns, int):
        return UNKNOWN
    rest = columns - offset if offset > 0 else rows + offset
    return max(0, min(rest, rows, columns))


@op("view", tensors=("x",))
def view(x: TensorSpec, dtype: Any) -> Nest:
    """The same bytes as another dtype."""
    if dtype is None or dtype == x.dtype:
        return x
    new = dtype_argument(dtype, x.dtype)
    old, sizes = x.dtype, (_bytes(x.dtype), _bytes(new))
    if isinstance(x.shape, Unknown) or isinstance(old, Unknown) or None in sizes:
        return TensorSpec(UNKNOWN, new)
    (before, after), shape = sizes, x.shape
    if before == after:
        return TensorSpec(shape, new)
    if not shape:
        raise rank_fault(shape, 1, minimum=True)
    last = shape[-1]
    if isinstance(last, int) and before is not None and after:
        if last * before % after:
            raise Fault(
                FaultKind.INPUT_DIMENSION,
                input=0,
                expected=after,
                found=shape,
                axis=-1,
                multiple=True,
            )
        last = last * before // after
    return TensorSpec(
        (*shape[:-1], last if last is None or isinstance(last, int) else UNKNOWN), new
    )


def _bytes(dtype: str | Unknown) -> int | None:
    """The size of an element in bytes."""
    if dtype == "bool":
        return 1
    bits = dtype.lstrip("abcdefghijklmnopqrstuvwxyz") if isinstance(dtype, str) else ""
    return int(bits) // 8 if bits.isdigit() else None
