"""Functions on signals: Fourier transforms, sequences of windows, complex numbers."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    dim_of,
    integer,
    known,
    pair_fault,
    rank_fault,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, add, floor_divide, multiply, subtract
from keraslint.tensors.shapes import certainly_different
from keraslint.tensors.specs import Nest, TensorSpec


def complex_parts(x: Any, least: int) -> tuple[TensorSpec, TensorSpec] | None:
    """Real and imaginary part, `None` if either is not known at all.

    Raises:
        Fault: not two tensors of one shape and of at least that rank.
    """
    if isinstance(x, Unknown):
        return None
    if not isinstance(x, (tuple, list)) or len(x) != 2:
        raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected="two tensors", found=x)
    real, imaginary = spec_of(x[0]), spec_of(x[1])
    if certainly_different(real.shape, imaginary.shape):
        raise pair_fault((real.shape, imaginary.shape))
    if isinstance(real.shape, Unknown):
        return None
    if len(real.shape) < least:
        raise rank_fault(real.shape, least, minimum=True)
    return real, imaginary


@op("fft")
def fft(x: Any, lenient: bool = False) -> Nest:
    """Both parts in their shape, whose last axis is known."""
    return _transformed(x, 1, lenient)


@op("fft2", "ifft2")
def fft2(x: Any, lenient: bool = False) -> Nest:
    """Both parts in their shape, whose last two axes are known."""
    return _transformed(x, 2, lenient)


def _transformed(x: Any, axes: int, lenient: bool) -> Nest:
    parts = complex_parts(x, axes)
    if parts is None:
        return UNKNOWN
    if None in known(parts[0].shape)[-axes:] and not lenient:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=parts[0].shape, axis=-1)
    return parts


@op("rfft", ranked=("x",), many=True)
def rfft(x: TensorSpec, fft_length: Any) -> Nest:
    """Both parts; half of the last axis and one."""
    shape = known(x.shape)
    if not shape:
        raise rank_fault(shape, 1, minimum=True)
    length = shape[-1] if fft_length is None else dim_of(fft_length)
    result = x.with_shape((*shape[:-1], _half(length)))
    return result, result


def _half(length: Dim) -> Dim:
    return add(floor_divide(length, 2), 1)


@op("irfft")
def irfft(x: Any, fft_length: Any) -> TensorSpec:
    """The signal that has these parts."""
    parts = complex_parts(x, 1)
    if parts is None:
        return TensorSpec(UNKNOWN, UNKNOWN)
    shape = known(parts[0].shape)
    length = multiply(subtract(shape[-1], 1), 2) if fft_length is None else dim_of(fft_length)
    return parts[0].with_shape((*shape[:-1], length))


@op("stft", ranked=("x",), many=True)
def stft(x: TensorSpec, sequence_stride: Any, fft_length: Any, center: Any) -> Nest:
    """Both parts of each window."""
    shape = known(x.shape)
    stride = _stride(sequence_stride)
    if not shape:
        raise rank_fault(shape, 1, minimum=True)
    length = dim_of(fft_length)
    added = _added(length, center)
    rest = subtract(add(shape[-1], added), length)
    count = None if shape[-1] is None else add(floor_divide(rest, stride), 1)
    result = x.with_shape((*shape[:-1], count, _half(length)))
    return result, result


def _stride(value: Any) -> int | Unknown:
    stride = integer(value, "sequence_stride")
    if not isinstance(stride, Unknown) and stride <= 0:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="sequence_stride", expected=">= 1", found=value
        )
    return stride


def _added(length: Dim, center: Any) -> Dim:
    if center is False:
        return 0
    return multiply(floor_divide(length, 2), 2) if center is True else UNKNOWN


@op("istft")
def istft(x: Any, sequence_stride: Any, fft_length: Any, length: Any, center: Any) -> TensorSpec:
    """The signal whose windows have these parts."""
    stride = _stride(sequence_stride)
    parts = complex_parts(x, 2)
    if parts is None:
        return TensorSpec(UNKNOWN, UNKNOWN)
    shape = known(parts[0].shape)
    size = dim_of(length)
    if length is None and shape[-2] is not None:
        window = dim_of(fft_length)
        whole = add(multiply(subtract(shape[-2], 1), stride), window)
        size = subtract(whole, _added(window, center))
    return parts[0].with_shape((*shape[:-2], size))


@op("extract_sequences", ranked=("x",))
def extract_sequences(
    x: TensorSpec, sequence_length: Any, sequence_stride: Any, lenient: bool = False
) -> TensorSpec:
    """Windows of the last axis along a new one."""
    shape = known(x.shape)
    if not shape:
        raise rank_fault(shape, 1, minimum=True)
    integer(sequence_length, "sequence_length")
    length, stride = dim_of(sequence_length), dim_of(sequence_stride)
    count: Dim = None
    if shape[-1] is not None:
        count = add(floor_divide(subtract(shape[-1], length), stride), 1)
    if isinstance(count, int) and count < 0 and not lenient:
        raise Fault(FaultKind.EMPTY_OUTPUT, input=0, expected=sequence_length, found=shape, axis=-1)
    if isinstance(count, int):
        count = max(count, 0)
    return x.with_shape((*shape[:-1], count, length))


@op("view_as_complex", ranked=("x",))
def view_as_complex(x: TensorSpec) -> TensorSpec:
    """One complex number of each pair along the last axis."""
    return TensorSpec(known(x.shape)[:-1], "complex64")


@op("view_as_real", ranked=("x",))
def view_as_real(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """Each complex number as a pair along a new last axis."""
    return TensorSpec((*known(x.shape), 2), UNKNOWN if lenient else "float32")


@op("polar", tensors=("abs_",))
def polar(abs_: TensorSpec) -> TensorSpec:
    """Complex numbers of a radius and an angle; the dtype is left open."""
    return TensorSpec(abs_.shape, UNKNOWN)


@op("correlate", ranked=("x1", "x2"))
def correlate(x1: TensorSpec, x2: TensorSpec, mode: Any, lenient: bool = False) -> TensorSpec:
    """Two signals against each other."""
    shapes: tuple[Dims, Dims] = (known(x1.shape), known(x2.shape))
    if lenient and any(len(shape) != 1 for shape in shapes):
        return TensorSpec(UNKNOWN, UNKNOWN)
    for i, shape in enumerate(shapes):
        if len(shape) != 1:
            raise rank_fault(shape, 1, input=i)
    choices = ("valid", "same", "full")
    if isinstance(mode, str) and mode not in choices:
        raise Fault(FaultKind.INVALID_VALUE, argument="mode", expected=choices, found=mode)
    a, b = shapes[0][0], shapes[1][0]
    length: Dim = UNKNOWN
    if isinstance(a, int) and isinstance(b, int):
        sizes = {"valid": abs(a - b) + 1, "same": max(a, b), "full": a + b - 1}
        length = sizes.get(mode, UNKNOWN) if isinstance(mode, str) else UNKNOWN
    return TensorSpec((length,), UNKNOWN)
