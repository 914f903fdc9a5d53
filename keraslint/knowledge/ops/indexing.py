"""Functions that take or put elements at places."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.items import item
from keraslint.knowledge.ops.reduction import flat_size
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    axis_in,
    broadcast_all,
    dim_of,
    known,
    pair_fault,
    shape_argument,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, subtract
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec


@op("take", ranked=("x",))
def take(x: TensorSpec, indices: Any, axis: Any) -> TensorSpec:
    """The shape of the indices in place of an axis, or of all without one."""
    places = indices_shape(indices)
    if isinstance(axis, Unknown):
        return x.with_shape(UNKNOWN)
    if axis is None:
        return x.with_shape(places)
    shape = known(x.shape)
    at = axis_in(axis, len(shape), shape=shape)
    if isinstance(at, Unknown) or isinstance(places, Unknown):
        return x.with_shape(UNKNOWN)
    return x.with_shape((*shape[:at], *places, *shape[at + 1 :]))


def indices_shape(indices: Any) -> Shape:
    """The shape of indices, which may also be nested lists."""
    if not isinstance(indices, (list, tuple)):
        return spec_of(indices).shape
    if not indices:
        return (0,)
    inner = {indices_shape(part) for part in indices}
    shape = inner.pop()
    if inner or isinstance(shape, Unknown):
        return UNKNOWN
    return (len(indices), *shape)


@op("take_along_axis", ranked=("x", "indices"))
def take_along_axis(x: TensorSpec, indices: TensorSpec, axis: Any) -> TensorSpec:
    """The shape of the indices, which fits that of the input but for the axis."""
    dims = list(known(x.shape))
    places = known(indices.shape)
    if isinstance(axis, Unknown):
        return x.with_shape(UNKNOWN)
    if axis is None:
        dims = [flat_size(tuple(dims))]
    if len(dims) != len(places):
        raise pair_fault((x.shape, places))
    at = 0 if axis is None else axis_in(axis, len(dims), shape=x.shape)
    if isinstance(at, Unknown):
        return x.with_shape((UNKNOWN,) * len(dims))
    dims[at] = places[at]
    return x.with_shape(broadcast_all(tuple(dims), places))


@op("get_item", tensors=("x",))
def get_item(x: TensorSpec, key: Any, lenient: bool = False) -> TensorSpec:
    """The slice ``x[key]``."""
    return item(x, key, lenient=lenient)


@op("slice", ranked=("inputs",))
def slice_(inputs: TensorSpec, start_indices: Any, shape: Any) -> TensorSpec:
    """A block of the given shape; -1 reaches to the end."""
    dims = known(inputs.shape)
    if isinstance(shape, (int, float)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="shape", expected="a tuple", found=shape)
    if not isinstance(shape, (tuple, list)):
        return inputs.with_shape((UNKNOWN,) * len(dims))
    _check_length(shape, "shape", inputs)
    starts: Any = (UNKNOWN,) * len(dims)
    if isinstance(start_indices, (tuple, list)):
        _check_length(start_indices, "start_indices", inputs)
        starts = start_indices
    result: list[Dim] = []
    for dim, start, size in zip(dims, starts, shape, strict=True):
        size = dim_of(size)
        if size == -1:
            size = None if dim is None else subtract(dim, dim_of(start))
        result.append(size)
    return inputs.with_shape(tuple(result))


def _check_length(value: Any, argument: str, inputs: TensorSpec) -> None:
    rank = len(known(inputs.shape))
    if len(value) != rank:
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, input=0, expected=rank, found=value)


@op("slice_update", tensors=("inputs",))
def slice_update(inputs: TensorSpec) -> TensorSpec:
    """The shape of what is updated."""
    return inputs


@op("scatter_update", tensors=("inputs",))
def scatter_update(inputs: TensorSpec, reduction: Any) -> TensorSpec:
    """The shape of what is updated."""
    if isinstance(reduction, str) and reduction not in REDUCTIONS:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="reduction", expected=REDUCTIONS, found=reduction
        )
    return inputs


REDUCTIONS = ("add", "max", "min", "mul")


@op("scatter", tensors=("values",))
def scatter(values: TensorSpec, shape: Any, lenient: bool = False) -> TensorSpec:
    """The given shape."""
    if isinstance(shape, int) and not lenient:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="shape", expected="a tuple", found=shape)
    return values.with_shape(shape_argument(shape))


@op("shape", tensors=("x",))
def shape(x: TensorSpec, lenient: bool = False) -> Nest:
    """The dims, dynamic ones as ``None`` outside a layer's ``call``."""
    if isinstance(x.shape, Unknown):
        return UNKNOWN
    return tuple(UNKNOWN if dim is None and lenient else dim for dim in x.shape)
