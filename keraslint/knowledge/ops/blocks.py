"""Pixels gathered as channels or columns, and spread again."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.convolution import (
    channels_first,
    check_divides,
    joined,
    per_axis,
    split_axes,
)
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    dim_of,
    known,
    rank_fault,
)
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Unknown,
    add,
    floor_divide,
    multiply,
    product,
)
from keraslint.tensors.specs import TensorSpec
from keraslint.tensors.windows import valid


@op("depth_to_space", ranked=("x",))
def depth_to_space(x: TensorSpec, block_size: Any, data_format: Any) -> TensorSpec:
    """Channels spread over blocks of pixels."""
    batch, rows, columns, channels, first = _image(x, block_size, data_format)
    block = dim_of(block_size)
    area = multiply(block, block)
    if not isinstance(first, Unknown):
        check_divides(channels, area, x, 1 if first else 3)
    spatial = [multiply(rows, block), multiply(columns, block)]
    return x.with_shape(_placed(batch, spatial, floor_divide(channels, area), first))


@op("space_to_depth", ranked=("x",))
def space_to_depth(x: TensorSpec, block_size: Any, data_format: Any) -> TensorSpec:
    """Blocks of pixels gathered as channels."""
    batch, rows, columns, channels, first = _image(x, block_size, data_format)
    block = dim_of(block_size)
    if not isinstance(first, Unknown):
        for i, length in enumerate((rows, columns)):
            check_divides(length, block, x, i + (2 if first else 1))
    spatial = [floor_divide(rows, block), floor_divide(columns, block)]
    return x.with_shape(_placed(batch, spatial, multiply(channels, multiply(block, block)), first))


def _image(
    x: TensorSpec, block_size: Any, data_format: Any
) -> tuple[Dim, Dim, Dim, Dim, bool | Unknown]:
    first = channels_first(data_format)
    if isinstance(block_size, int) and block_size < 2:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="block_size", expected=">= 2", found=block_size
        )
    shape = known(x.shape)
    if len(shape) != 4:
        raise rank_fault(shape, 4)
    if isinstance(first, Unknown):
        return shape[0], UNKNOWN, UNKNOWN, UNKNOWN, first
    (rows, columns), channels = split_axes(shape, first)
    return shape[0], rows, columns, channels, first


def _placed(batch: Dim, spatial: list[Dim], channels: Dim, first: bool | Unknown) -> Dims:
    if isinstance(first, Unknown):
        return (batch, UNKNOWN, UNKNOWN, UNKNOWN)
    return joined(batch, spatial, channels, first)


@op("unfold", ranked=("x",))
def unfold(
    x: TensorSpec,
    kernel_size: Any,
    *,
    dilation: Any,
    padding: Any,
    stride: Any,
    lenient: bool = False,
) -> TensorSpec:
    """Blocks of images as columns."""
    shape = known(x.shape)
    if len(shape) != 4:
        raise rank_fault(shape, 4)
    sides = per_axis(kernel_size, 2)
    more = [per_axis(value, 2) for value in (dilation, padding, stride)]
    if sides is None or None in more:
        return x.with_shape((shape[0], UNKNOWN, UNKNOWN))
    gaps, margins, steps = (value or [] for value in more)
    if None in shape[1:] and not lenient:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=shape.index(None, 1))
    positions = [
        valid(add(length, multiply(2, margin)), side, step, gap)
        for length, side, gap, margin, step in zip(
            shape[2:], sides, gaps, margins, steps, strict=True
        )
    ]
    number = product(positions)
    if isinstance(number, int) and number < 0 and not lenient:
        raise Fault(FaultKind.EMPTY_OUTPUT, input=0, expected=kernel_size, found=shape, axis=2)
    return x.with_shape((shape[0], multiply(shape[1], product(sides)), number))


@op("fold", ranked=("x",))
def fold(x: TensorSpec, output_size: Any, kernel_size: Any) -> TensorSpec:
    """Columns put back as blocks of images."""
    shape = known(x.shape)
    if len(shape) != 3:
        raise rank_fault(shape, 3)
    sides, lengths = per_axis(kernel_size, 2), per_axis(output_size, 2)
    if lengths is None:
        raise Fault(FaultKind.INVALID_VALUE, argument="output_size", expected=2, found=output_size)
    if sides is None or lengths is None:
        return x.with_shape((UNKNOWN,) * 4)
    area = product(sides)
    check_divides(shape[1], area, x, 1)
    return x.with_shape((shape[0], floor_divide(shape[1], area), *lengths))
