"""Products and factors of matrices."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.elementwise import arithmetic
from keraslint.knowledge.ops.reduction import flat_size
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    axis_in,
    broadcast_all,
    integer,
    known,
    pair_fault,
    rank_fault,
    result_dtype,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, differ
from keraslint.tensors.specs import Nest, TensorSpec


@op("matmul")
def matmul(x1: Any, x2: Any) -> TensorSpec:
    """The last axis of the first with the last but one of the second; the others broadcast."""
    a, b = spec_of(x1), spec_of(x2)
    dtype: str | Unknown = result_dtype(x1, x2)
    dtype = "int32" if dtype == "int8" else dtype
    if isinstance(a.shape, Unknown) or isinstance(b.shape, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    for i, shape in enumerate((a.shape, b.shape)):
        if not shape:
            raise rank_fault(shape, 1, minimum=True, input=i)
    return TensorSpec(matmul_shape(a.shape, b.shape), dtype)


def matmul_shape(a: Dims, b: Dims) -> Dims:
    """The shape of a matrix product.

    Raises:
        Fault: the inner dims differ or the others do not broadcast.
    """
    left = (1, *a) if len(a) == 1 else a
    right = (*b, 1) if len(b) == 1 else b
    if differ(left[-1], right[-2]):
        raise pair_fault((a, b), -1 if len(b) == 1 else -2, -1)
    try:
        lead = broadcast_all(left[:-2], right[:-2])
    except Fault:
        raise pair_fault((a, b)) from None
    dims = [*known(lead), left[-2], right[-1]]
    if len(a) == 1:
        del dims[-2]
    if len(b) == 1:
        del dims[-1]
    return tuple(dims)


@op("dot")
def dot(x1: Any, x2: Any, lenient: bool = False) -> TensorSpec:
    """As `matmul` for matrices; tensors of more axes keep all of both."""
    a, b = spec_of(x1).shape, spec_of(x2).shape
    dtype = result_dtype(x1, x2)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    if not a or not b:
        return arithmetic(x1, x2)
    if len(a) == 1 and len(b) == 1:
        return TensorSpec((), dtype)
    if len(b) == 1:
        one_dynamic = {type(a[-1]), type(b[0])} == {int, type(None)}
        if differ(a[-1], b[0]) or (one_dynamic and not lenient):
            raise pair_fault((a, b), 0, -1)
        return TensorSpec(a[:-1], dtype)
    if differ(a[-1], b[-2]):
        raise pair_fault((a, b), -2, -1)
    return TensorSpec((*a[:-1], *b[:-2], b[-1]), dtype)


@op("inner")
def inner(x1: Any, x2: Any) -> TensorSpec:
    """The last axes of both contracted."""
    a, b = spec_of(x1).shape, spec_of(x2).shape
    dtype = result_dtype(x1, x2)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    if not a or not b:
        return TensorSpec(a or b, dtype)
    if differ(a[-1], b[-1]):
        raise pair_fault((a, b), -1, -1)
    return TensorSpec((*a[:-1], *b[:-1]), dtype)


@op("outer")
def outer(x1: Any, x2: Any) -> TensorSpec:
    """Every element of one with every element of the other."""
    shapes = (spec_of(x1).shape, spec_of(x2).shape)
    dims = (UNKNOWN if isinstance(shape, Unknown) else flat_size(shape) for shape in shapes)
    return TensorSpec(tuple(dims), result_dtype(x1, x2))


@op("vdot")
def vdot(x1: Any, x2: Any) -> TensorSpec:
    """One number."""
    return TensorSpec((), result_dtype(x1, x2))


@op("tensordot")
def tensordot(x1: Any, x2: Any, axes: Any, lenient: bool = False) -> TensorSpec:
    """Several axes of both contracted."""
    a, b = spec_of(x1).shape, spec_of(x2).shape
    dtype = result_dtype(x1, x2)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return TensorSpec(UNKNOWN, dtype)
    if isinstance(axes, int):
        return TensorSpec((*a, *b) if axes <= 0 else (*a[:-axes], *b[axes:]), dtype)
    sides = axes if isinstance(axes, (tuple, list)) else ()
    if not lenient and (axes is None or any(isinstance(side, int) for side in sides)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axes", expected="two lists", found=axes)
    pairs = axes if isinstance(axes, (tuple, list)) and len(axes) == 2 else (UNKNOWN, UNKNOWN)
    if not all(isinstance(side, (tuple, list)) for side in pairs):
        return TensorSpec(UNKNOWN, dtype)
    left, right = _places(pairs[0], a), _places(pairs[1], b)
    if UNKNOWN in left or UNKNOWN in right:
        return TensorSpec(UNKNOWN, dtype)
    m = [a[i] for i in left if isinstance(i, int)]
    n = [b[i] for i in right if isinstance(i, int)]
    if len(m) != len(n) or any(differ(p, q) for p, q in zip(m, n, strict=True)):
        raise pair_fault((a, b))
    rest = [dim for i, dim in enumerate(a) if i not in left]
    return TensorSpec((*rest, *(dim for i, dim in enumerate(b) if i not in right)), dtype)


def _places(axes: Any, shape: Dims) -> list[int | Unknown]:
    return [axis_in(axis, len(shape), "axes", shape) for axis in axes]


@op("cross", ranked=("x1", "x2"))
def cross(
    x1: TensorSpec,
    x2: TensorSpec,
    *,
    axisa: Any,
    axisb: Any,
    axisc: Any,
    axis: Any,
    lenient: bool = False,
) -> TensorSpec:
    """Cross products of vectors of 2 or 3."""
    dtype = result_dtype(x1, x2)
    places = (axisa, axisb, axisc) if axis is None else (axis,) * 3
    axes = [integer(place, "axis") for place in places]
    if any(isinstance(place, Unknown) for place in axes) or (lenient and set(axes) != {-1}):
        return TensorSpec(UNKNOWN, dtype)
    rest: list[Dims] = []
    lengths: list[Dim] = []
    for i, shape in enumerate((known(x1.shape), known(x2.shape))):
        at = axis_in(axes[i], len(shape), "axis", shape)
        assert isinstance(at, int)
        if isinstance(shape[at], int) and shape[at] not in (2, 3):
            raise Fault(FaultKind.INPUT_DIMENSION, input=i, expected=(2, 3), found=shape, axis=at)
        lengths.append(shape[at])
        rest.append((*shape[:at], *shape[at + 1 :]))
    lead = broadcast_all(*rest)
    if isinstance(lead, Unknown) or (3 not in lengths and UNKNOWN in lengths):
        return TensorSpec(UNKNOWN, dtype)
    size = (3,) if 3 in lengths else ()
    if lenient:
        return TensorSpec((*lead, *size), dtype)
    at = axis_in(axes[2], len(lead) + len(size), "axisc", lead)
    assert isinstance(at, int)
    return TensorSpec((*lead[:at], *size, *lead[at:]), dtype)


def _matrix(x: TensorSpec, *, square: bool = False, input: int = 0) -> Dims:
    shape = known(x.shape)
    if len(shape) < 2:
        raise rank_fault(shape, 2, minimum=True, input=input)
    rows, columns = shape[-2:]
    if square and (differ(rows, columns) or _half_known(rows, columns)):
        raise Fault(
            FaultKind.INPUT_DIMENSION, input=input, expected=rows, found=shape, axis=-1, square=True
        )
    return shape


@op("cholesky", "cholesky_inverse", "inv", ranked=("x",))
def square_matrix(x: TensorSpec) -> TensorSpec:
    """The same shape, that of square matrices."""
    _matrix(x, square=True)
    return x


@op("det", ranked=("x",))
def det(x: TensorSpec) -> TensorSpec:
    """One number for each square matrix."""
    return x.with_shape(_matrix(x, square=True)[:-2])


@op("eig", "eigh", ranked=("x",), many=True)
def eig(x: TensorSpec, lenient: bool = False) -> Nest:
    """Eigenvalues and eigenvectors of square matrices."""
    shape = _matrix(x, square=True)
    dtype = UNKNOWN if lenient else x.dtype
    return TensorSpec(shape[:-1], dtype), TensorSpec(shape, dtype)


@op("logdet", tensors=("x",))
def logdet(x: TensorSpec) -> TensorSpec:
    """One number for each matrix."""
    if isinstance(x.shape, Unknown):
        return x
    return x.with_shape(x.shape[:-2])


@op("slogdet", ranked=("x",), many=True)
def slogdet(x: TensorSpec, lenient: bool = False) -> Nest:
    """A sign, which Keras shows as one number, and the logarithm for each matrix."""
    sign = UNKNOWN if lenient else ()
    return x.with_shape(sign), x.with_shape(known(x.shape)[:-2])


@op("matrix_rank", ranked=("x",))
def matrix_rank(x: TensorSpec) -> TensorSpec:
    """One number for each matrix."""
    return TensorSpec(_matrix(x)[:-2], "int32")


@op("pinv", ranked=("x",))
def pinv(x: TensorSpec) -> TensorSpec:
    """Rows and columns exchanged."""
    shape = _matrix(x)
    return x.with_shape((*shape[:-2], shape[-1], shape[-2]))


def _defined(x: TensorSpec, *, lenient: bool = False) -> Dims:
    shape = _matrix(x)
    if None in shape[-2:] and not lenient:
        axis = -1 if shape[-1] is None else -2
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=x.shape, axis=axis)
    return shape


def _shorter(rows: Dim, columns: Dim) -> Dim:
    return min(rows, columns) if isinstance(rows, int) and isinstance(columns, int) else UNKNOWN


@op("qr", ranked=("x",), many=True)
def qr(x: TensorSpec, mode: Any, lenient: bool = False) -> Nest:
    """Two factors."""
    if mode is None or (
        isinstance(mode, (str, int, float, tuple, list)) and mode not in ("reduced", "complete")
    ):
        choices = ("reduced", "complete")
        raise Fault(FaultKind.INVALID_VALUE, argument="mode", expected=choices, found=mode)
    *lead, m, n = _defined(x, lenient=lenient)
    k: Dim = _shorter(m, n)
    if isinstance(mode, Unknown):
        return x.with_shape((*lead, m, UNKNOWN)), x.with_shape((*lead, UNKNOWN, n))
    if mode == "complete":
        k = m
    return x.with_shape((*lead, m, k)), x.with_shape((*lead, k, n))


@op("svd", ranked=("x",), many=True)
def svd(x: TensorSpec, full_matrices: Any, compute_uv: Any, lenient: bool = False) -> Nest:
    """Two bases and the singular values."""
    *lead, rows, columns = _defined(x, lenient=lenient)
    k = _shorter(rows, columns)
    values = x.with_shape((*lead, k))
    if not isinstance(full_matrices, bool) or not isinstance(compute_uv, bool):
        return UNKNOWN
    if not compute_uv:
        return values
    u, v = (rows, columns) if full_matrices else (k, k)
    return x.with_shape((*lead, rows, u)), values, x.with_shape((*lead, v, columns))


@op("lu_factor", ranked=("x",), many=True)
def lu_factor(x: TensorSpec, lenient: bool = False) -> Nest:
    """Factors and pivots."""
    *lead, rows, columns = _defined(x, lenient=lenient)
    return x, x.with_shape((*lead, _shorter(rows, columns)))


@op("solve", "solve_triangular", ranked=("a", "b"))
def solve(a: TensorSpec, b: TensorSpec) -> TensorSpec:
    """The shape of the right side, which the square matrices must fit."""
    left, right = _matrix(a, square=True), known(b.shape)
    if not right:
        raise rank_fault(right, 1, minimum=True, input=1)
    at = {0: -2, 1: -1}.get(len(right) - len(left))
    if at is not None and (differ(left[at], right[at]) or _half_known(left[at], right[at])):
        raise pair_fault((left, right), at, at)
    return b


def _half_known(a: Dim, b: Dim) -> bool:
    """Whether one dim is a number and the other dynamic, which Keras takes for different."""
    return {type(a), type(b)} == {int, type(None)}


@op("lstsq", ranked=("a", "b"))
def lstsq(a: TensorSpec, b: TensorSpec) -> TensorSpec:
    """The unknowns for each right side."""
    left, right = known(a.shape), known(b.shape)
    if len(left) != 2:
        raise rank_fault(left, 2)
    if len(right) not in (1, 2):
        raise rank_fault(right, 2, input=1)
    if differ(left[0], right[0]):
        raise pair_fault((left, right), 0, 0)
    return a.with_shape((left[1], *right[1:]))


@op("vander", ranked=("x",))
def vander(x: TensorSpec, n: Any) -> TensorSpec:
    """The powers of each element."""
    shape = known(x.shape)
    if len(shape) != 1:
        raise rank_fault(shape, 1)
    return x.with_shape((*shape, shape[0] if n is None else integer(n, "N")))
