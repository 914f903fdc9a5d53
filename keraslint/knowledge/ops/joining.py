"""Functions that make one tensor of several, or several of one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.reduction import flat_size
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    axis_in,
    dim_of,
    integer,
    known,
    only_tensor,
    rank_fault,
    result_dtype,
    spec_of,
    specs_of,
)
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Unknown,
    add,
    differ,
    floor_divide,
    multiply,
    subtract,
)
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec


@op("concatenate")
def concatenate(xs: Any, axis: Any) -> TensorSpec:
    """Tensors behind each other along an axis; all other dims must match."""
    if axis is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=None)
    return joined(xs, axis)


@op("hstack")
def hstack(xs: Any, lenient: bool = False) -> TensorSpec:
    """Tensors behind each other along their second axis; data may have no more than one."""
    specs = specs_of(xs)
    shape = specs[0].shape if specs else UNKNOWN
    only = not isinstance(shape, Unknown) and len(shape) == 1
    return joined(xs, 0 if only and lenient else 1)


@op("vstack")
def vstack(xs: Any) -> TensorSpec:
    """Tensors behind each other along their first axis."""
    return joined(xs, 0)


@op("dstack")
def dstack(xs: Any) -> TensorSpec:
    """Tensors behind each other along their third axis, which they are given if need be."""
    specs = specs_of(xs)
    if specs is None:
        return TensorSpec(UNKNOWN, UNKNOWN)
    return joined([spec.with_shape(_three_axes(spec.shape)) for spec in specs], 2)


def _three_axes(shape: Shape) -> Shape:
    if isinstance(shape, Unknown) or len(shape) > 2:
        return shape
    return ((1, 1, 1), (1, *shape, 1), (*shape, 1))[len(shape)]


def joined(xs: Any, axis: Any) -> TensorSpec:
    """Tensors behind each other along an axis.

    Raises:
        Fault: no tensors, an axis out of range, or other dims that differ.
    """
    specs = specs_of(xs)
    if specs is None:
        return TensorSpec(UNKNOWN, UNKNOWN)
    dtype = result_dtype(*specs)
    first = first_shape(specs, xs)
    if isinstance(first, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    at = axis_in(axis, len(first), shape=first)
    shapes = [spec.shape for spec in specs]
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * len(first), dtype)
    check_alike(shapes, at)
    dims = list(first)
    along = [UNKNOWN if isinstance(shape, Unknown) else shape[at] for shape in shapes]
    size: Dim = 0
    for dim in along:
        size = add(size, dim)
    dims[at] = None if None in along else size
    return TensorSpec(tuple(dims), dtype)


def first_shape(specs: list[TensorSpec], xs: Any) -> Shape:
    """The shape of the first tensor.

    Raises:
        Fault: there is none.
    """
    if not specs:
        raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected="at least 1 tensor", found=xs)
    return specs[0].shape


def check_alike(shapes: list[Shape], axis: int | None) -> None:
    """Check that all shapes are equal but for one axis.

    Raises:
        Fault: they differ.
    """
    first = shapes[0]
    for i, shape in enumerate(shapes):
        if isinstance(first, Unknown) or isinstance(shape, Unknown):
            continue
        wrong: int | None = None
        if len(shape) == len(first):
            pairs = enumerate(zip(first, shape, strict=True))
            wrong = next((at for at, (m, n) in pairs if at != axis and differ(m, n)), None)
            if wrong is None:
                continue
        raise Fault(
            FaultKind.MERGE_SHAPE, input=i, expected=first, found=shape, axis=wrong, other=0
        )


def _no_single(x: Any, lenient: bool) -> None:
    """Check that these are tensors rather than one symbolic tensor, which has no rows.

    Raises:
        Fault: it is one tensor.
    """
    if isinstance(x, TensorSpec) and not lenient:
        raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected="a list of tensors", found=x)


@op("stack")
def stack(x: Any, axis: Any, lenient: bool = False) -> TensorSpec:
    """Tensors of one shape along a new axis."""
    _no_single(x, lenient)
    specs = specs_of(x)
    if specs is None:
        return TensorSpec(UNKNOWN, UNKNOWN)
    dtype = result_dtype(*specs)
    first = first_shape(specs, x)
    if isinstance(first, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    at = axis_in(axis, len(first) + 1, shape=first)
    check_alike([spec.shape for spec in specs], None)
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * (len(first) + 1), dtype)
    return TensorSpec((*first[:at], len(specs), *first[at:]), dtype)


@op("append")
def append(x1: Any, x2: Any, axis: Any, lenient: bool = False) -> TensorSpec:
    """One tensor behind another along an axis, or all elements in a row."""
    only_tensor(x1, "x1", lenient=lenient)
    only_tensor(x2, "x2", lenient=lenient)
    x1, x2 = spec_of(x1), spec_of(x2)
    if isinstance(x1.shape, Unknown) or isinstance(x2.shape, Unknown):
        return TensorSpec(UNKNOWN, UNKNOWN)
    dtype = result_dtype(x1, x2)
    if isinstance(axis, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    if axis is None:
        sizes = (flat_size(known(x1.shape)), flat_size(known(x2.shape)))
        return TensorSpec((None if None in sizes else add(*sizes),), dtype)
    at = axis_in(axis, len(known(x1.shape)), shape=x1.shape)
    if not isinstance(at, Unknown) and len(known(x2.shape)) == len(known(x1.shape)):
        dims = (known(x1.shape)[at], known(x2.shape)[at])
        if None in dims:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=dims.index(None), axis=at)
    return joined([x1, x2], axis)


@op("unstack", ranked=("x",), many=True)
def unstack(x: TensorSpec, num: Any, axis: Any, lenient: bool = False) -> Nest:
    """The slices along an axis, without it."""
    shape = known(x.shape)
    at = axis_in(axis, len(shape), shape=shape)
    if isinstance(at, Unknown):
        return UNKNOWN
    count = shape[at] if num is None else dim_of(num)
    if count is None and not lenient:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=at)
    if not isinstance(count, int) or not is_count(count):
        return UNKNOWN
    return several(x, [(*shape[:at], *shape[at + 1 :])] * count)


MOST_PARTS = 1000
"""More tensors than this are not listed."""


def is_count(value: Any) -> bool:
    """Whether that many tensors can be listed."""
    return isinstance(value, int) and 0 <= value <= MOST_PARTS


def several(x: TensorSpec, shapes: list[Dims]) -> list[TensorSpec]:
    """Tensors of these shapes in the dtype of one."""
    return [x.with_shape(shape) for shape in shapes]


@op("split", tensors=("x",))
def split(x: TensorSpec, indices_or_sections: Any, axis: Any) -> Nest:
    """Equal parts along an axis, or parts between split points."""
    return parts(x, indices_or_sections, axis)


@op("hsplit", tensors=("x",))
def hsplit(x: TensorSpec, indices_or_sections: Any) -> Nest:
    """Parts along the second axis, or the only one."""
    _at_least(x, 1)
    one = not isinstance(x.shape, Unknown) and len(x.shape) == 1
    return parts(x, indices_or_sections, 0 if one else 1)


@op("vsplit", tensors=("x",))
def vsplit(x: TensorSpec, indices_or_sections: Any, lenient: bool = False) -> Nest:
    """Parts along the first axis."""
    if not lenient:
        _at_least(x, 2)
    return parts(x, indices_or_sections, 0)


@op("dsplit", tensors=("x",))
def dsplit(x: TensorSpec, indices_or_sections: Any) -> Nest:
    """Parts along the third axis."""
    _at_least(x, 3)
    return parts(x, indices_or_sections, 2)


def _at_least(x: TensorSpec, rank: int) -> None:
    if not isinstance(x.shape, Unknown) and len(x.shape) < rank:
        raise rank_fault(x.shape, rank, minimum=True)


def parts(x: TensorSpec, sections: Any, axis: Any) -> Nest:
    """A tensor in parts along an axis.

    Raises:
        Fault: an axis out of range, or a size that the number of parts does not divide.
    """
    if isinstance(sections, (float, str)) or sections is None:
        raise Fault(
            FaultKind.ARGUMENT_TYPE,
            argument="indices_or_sections",
            expected="an integer",
            found=sections,
        )
    if isinstance(x.shape, Unknown):
        count = sections if isinstance(sections, int) else None
        if isinstance(sections, (tuple, list)):
            count = len(sections) + 1
        return [x] * count if count is not None and is_count(count) else UNKNOWN
    at = axis_in(axis, len(x.shape), shape=x.shape)
    size = UNKNOWN if isinstance(at, Unknown) else x.shape[at]
    if isinstance(sections, int):
        sizes = _equal_sizes(size, sections, x.shape, at)
    elif isinstance(sections, (tuple, list)):
        sizes = _sizes_between(size, sections)
    else:
        return UNKNOWN
    if isinstance(sizes, Unknown):
        return UNKNOWN
    if isinstance(at, Unknown):
        return several(x, [(UNKNOWN,) * len(x.shape) for _ in sizes])
    return several(x, [(*x.shape[:at], part, *x.shape[at + 1 :]) for part in sizes])


def _equal_sizes(size: Dim, count: int, shape: Dims, axis: Any) -> list[Dim] | Unknown:
    if isinstance(size, int) and (count == 0 or size % count):
        raise Fault(
            FaultKind.INVALID_VALUE,
            argument="indices_or_sections",
            input=0,
            expected=size,
            found=count,
            axis=axis,
            shape=shape,
        )
    if not is_count(count) or count == 0:
        return UNKNOWN
    return [None if size is None else floor_divide(size, count)] * count


def _sizes_between(size: Dim, points: Any) -> list[Dim]:
    ends = [0, *(dim_of(point) for point in points), size]
    sizes = [subtract(end, start) for start, end in pairwise(ends)]
    if any(isinstance(part, int) and part < 0 for part in sizes):
        raise Fault(
            FaultKind.INVALID_VALUE, argument="indices_or_sections", expected=size, found=points
        )
    return sizes


@op("array_split", tensors=("x",))
def array_split(x: TensorSpec, indices_or_sections: Any, axis: Any) -> Nest:
    """Parts that differ by one at most, the longer ones first."""
    count = integer(indices_or_sections, "indices_or_sections")
    at = integer(axis, "axis")
    if isinstance(count, int) and count <= 0:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="indices_or_sections", expected=">= 1", found=count
        )
    if isinstance(count, Unknown) or not is_count(count):
        return UNKNOWN
    if isinstance(x.shape, Unknown) or isinstance(at, Unknown):
        return [x.with_shape(UNKNOWN)] * count
    # Keras counts negative axes from the right twice over.
    at = axis_in(at + len(x.shape) if at < 0 else at, len(x.shape), shape=x.shape)
    size = UNKNOWN if isinstance(at, Unknown) else x.shape[at]
    whole, rest = divmod(size, count) if isinstance(size, int) else (0, 0)
    sizes: list[Dim] = [
        whole + (i < rest) if isinstance(size, int) else None if size is None else UNKNOWN
        for i in range(count)
    ]
    if isinstance(at, Unknown):
        return several(x, [(UNKNOWN,) * len(x.shape)] * count)
    result = several(x, [(*x.shape[:at], part, *x.shape[at + 1 :]) for part in sizes])
    return tuple(result) if size is None else result


@op("meshgrid")
def meshgrid(x: Any, indexing: Any, lenient: bool = False) -> Nest:
    """One grid of all coordinates for each tensor."""
    if isinstance(indexing, str) and indexing not in ("xy", "ij"):
        raise Fault(
            FaultKind.INVALID_VALUE, argument="indexing", expected=("xy", "ij"), found=indexing
        )
    specs = specs_of(x)
    if specs is None:
        return UNKNOWN
    if indexing == "xy" and len(specs) == 1 and not lenient:
        raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected="two tensors", found=x)
    dims = [UNKNOWN if isinstance(s.shape, Unknown) else flat_size(s.shape) for s in specs]
    if isinstance(indexing, Unknown):
        dims = [UNKNOWN] * len(dims)
    elif indexing == "xy" and len(dims) > 1:
        dims[0], dims[1] = dims[1], dims[0]
    return [TensorSpec(tuple(dims), UNKNOWN) for _ in specs]


@op("select")
def select(choicelist: Any) -> TensorSpec:
    """The shape of the first choice."""
    if not isinstance(choicelist, (list, tuple)) or not choicelist:
        return TensorSpec(UNKNOWN, UNKNOWN)
    return TensorSpec(spec_of(choicelist[0]).shape, UNKNOWN)


@op("kron")
def kron(x1: Any, x2: Any, lenient: bool = False) -> TensorSpec:
    """A block for each element; of different ranks Keras multiplies the leading dims alone."""
    a, b = spec_of(x1).shape, spec_of(x2).shape
    if isinstance(a, Unknown) or isinstance(b, Unknown) or (lenient and len(a) != len(b)):
        return TensorSpec(UNKNOWN, UNKNOWN)
    pairs = zip(a, b, strict=False)
    dims = (None if None in (p, q) else multiply(p, q) for p, q in pairs)
    return TensorSpec(tuple(dims), UNKNOWN)
