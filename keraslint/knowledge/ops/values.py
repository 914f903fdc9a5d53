"""Arguments of functions: tensors, axes, shapes, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.values import ArrayValue, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.dtypes import is_float, promote, standard
from keraslint.tensors.shapes import BroadcastError, Shape, broadcast, certainly_different
from keraslint.tensors.specs import TensorSpec

Axis = int | Unknown
Dims = tuple[Dim, ...]


def spec_of(value: Any) -> TensorSpec:
    """What is known of an argument that is used as a tensor; numbers are scalars."""
    if isinstance(value, TensorSpec):
        return value
    if isinstance(value, NumpyScalar):
        return TensorSpec((), value.dtype)
    if isinstance(value, ArrayValue) and isinstance(value.shape, tuple):
        dtype = value.dtype if isinstance(value.dtype, str) else UNKNOWN
        return TensorSpec(value.shape, dtype)
    if isinstance(value, bool):
        return TensorSpec((), "bool")
    if isinstance(value, (int, float)):
        return TensorSpec((), UNKNOWN)
    return TensorSpec(UNKNOWN, UNKNOWN)


def specs_of(value: Any) -> list[TensorSpec] | None:
    """The tensors of a list; `None` if it is not known to be a list of them."""
    if not isinstance(value, (list, tuple)):
        return None
    return [spec_of(item) for item in value]


def result_dtype(*values: Any) -> str | Unknown:
    """The dtype in which tensors and Python numbers meet; the latter give way."""
    strong = [spec_of(value).dtype for value in values if not _is_weak(value)]
    if not strong:
        return UNKNOWN
    dtype = promote(*strong)
    weak = [value for value in values if _is_weak(value)]
    if isinstance(dtype, Unknown) or is_float(dtype) or not weak:
        return dtype
    if any(isinstance(value, float) for value in weak):
        return "float32"
    return dtype if dtype.startswith(("int", "uint")) else "int32" if dtype == "bool" else UNKNOWN


def _is_weak(value: Any) -> bool:
    return isinstance(value, (int, float, Expr)) and not isinstance(value, bool)


def floating(dtype: str | Unknown) -> str | Unknown:
    """A float type as it is, ``float32`` for integers and bools."""
    if isinstance(dtype, Unknown) or is_float(dtype):
        return dtype
    return "float32" if dtype == "bool" or dtype.startswith(("int", "uint")) else UNKNOWN


def dtype_argument(value: Any, otherwise: str | Unknown) -> str | Unknown:
    """The dtype that an argument asks for.

    Raises:
        Fault: there is no such dtype.
    """
    if value is None:
        return otherwise
    if not isinstance(value, (str, int, float, list, tuple)):
        return UNKNOWN
    dtype = standard(value) if isinstance(value, str) else None
    if dtype is None:
        raise Fault(FaultKind.INVALID_VALUE, argument="dtype", expected="a dtype", found=value)
    return dtype


def integer(value: Any, argument: str) -> Axis:
    """An argument that Keras uses as an index.

    Raises:
        Fault: it is a float, a string, ``None`` or the like.
    """
    if isinstance(value, (bool, int)):
        return int(value)
    if isinstance(value, NumpyScalar) and isinstance(value.value, int):
        return int(value.value)
    if isinstance(value, (float, str, tuple, list, dict, NumpyScalar)) or value is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="an integer", found=value)
    return UNKNOWN


def axis_in(value: Any, rank: int, argument: str = "axis", shape: Shape = UNKNOWN) -> Axis:
    """An axis of a tensor of that rank, counted from the left.

    Raises:
        Fault: it is out of range or no integer.
    """
    axis = integer(value, argument)
    if isinstance(axis, Unknown):
        return UNKNOWN
    if not -rank <= axis < rank:
        found = None if isinstance(shape, Unknown) else shape
        raise Fault(
            FaultKind.AXIS_RANGE, argument=argument, input=0, expected=rank, found=axis, shape=found
        )
    return axis % rank


def axes_in(value: Any, shape: Dims, argument: str = "axis") -> list[Axis] | Unknown:
    """One axis or several, counted from the left; unknown if not even their number is known."""
    if isinstance(value, (tuple, list)):
        return [axis_in(item, len(shape), argument, shape) for item in value]
    axis = axis_in(value, len(shape), argument, shape)
    return UNKNOWN if isinstance(axis, Unknown) else [axis]


def dim_of(value: Any) -> Dim:
    """A size: a number, a symbol, ``None`` for a dynamic one or a scalar tensor, else unknown."""
    value = plain(value)
    if isinstance(value, TensorSpec):
        return None if value.shape == () else UNKNOWN
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, Expr)) or value is None else UNKNOWN


def shape_argument(value: Any, argument: str = "shape") -> Shape:
    """A shape given as an argument, or one size.

    Raises:
        Fault: a negative or fractional size.
    """
    if isinstance(value, (tuple, list)):
        dims = tuple(dim_of(item) for item in value)
    elif isinstance(value, (int, Expr, NumpyScalar)):
        dims = (dim_of(value),)
    else:
        return UNKNOWN
    odd = isinstance(value, (tuple, list)) and any(isinstance(item, (str, float)) for item in value)
    if odd or any(isinstance(dim, int) and dim < 0 for dim in dims):
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected=">= 0", found=value)
    return dims


def broadcast_all(*shapes: Shape) -> Shape:
    """The shape that all broadcast to.

    Raises:
        Fault: two of them can never be broadcast.
    """
    result: Shape = ()
    for i, shape in enumerate(shapes):
        result = _broadcast(result, shape, i)
    return result


def _broadcast(a: Shape, b: Shape, index: int) -> Shape:
    try:
        return broadcast(a, b)
    except BroadcastError as error:
        raise Fault(
            FaultKind.MERGE_SHAPE,
            input=index,
            expected=a,
            found=b,
            axis=error.axis,
            other=index - 1,
        ) from None


def pair_fault(
    shapes: Sequence[Shape], axis: int | None = None, other_axis: int | None = None
) -> Fault:
    """The refusal of two shapes that do not fit; an axis that either has not is not told."""
    least = min((len(shape) for shape in shapes if not isinstance(shape, Unknown)), default=0)
    if axis is not None and not -least <= axis < least:
        axis = None
    return Fault(
        FaultKind.MERGE_SHAPE,
        input=1,
        expected=shapes[0],
        found=shapes[1],
        axis=axis,
        other=0,
        other_axis=other_axis,
    )


def rank_fault(shape: Shape, expected: int, *, minimum: bool = False, input: int = 0) -> Fault:
    """The refusal of a tensor of the wrong rank."""
    return Fault(FaultKind.INPUT_RANK, input=input, expected=expected, found=shape, minimum=minimum)


def exactly(a: Shape, b: Shape) -> bool:
    """Whether two shapes may be the same to Keras, which sometimes tells ``None`` from numbers."""
    if certainly_different(a, b) or isinstance(a, Unknown) or isinstance(b, Unknown):
        return not certainly_different(a, b)
    pairs = zip(a, b, strict=False)
    return not any({type(p), type(q)} == {int, type(None)} for p, q in pairs)


def only_tensor(value: Any, argument: str, *, lenient: bool = False) -> None:
    """Check what Keras takes the shape or dtype of as it is, beside a symbolic tensor.

    Raises:
        Fault: it is a number, a list or the like.
    """
    if not lenient and (value is None or isinstance(value, (int, float, str, list, tuple))):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a tensor", found=value)


def known(shape: Shape) -> Dims:
    """A shape whose rank the registry has made sure of."""
    assert not isinstance(shape, Unknown)
    return shape
