"""Convolutions and pooling."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
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
    Expr,
    Unknown,
    add,
    differ,
    multiply,
    product,
    subtract,
)
from keraslint.tensors.specs import TensorSpec
from keraslint.tensors.windows import effective, same, valid


def channels_first(data_format: Any) -> bool | Unknown:
    """Whether channels come before the spatial axes.

    Raises:
        Fault: it is neither of the two formats.
    """
    if data_format is None:
        return False
    if isinstance(data_format, str):
        known_format = data_format.lower()
        if known_format in ("channels_first", "channels_last"):
            return known_format == "channels_first"
        choices = ("channels_last", "channels_first")
        raise Fault(
            FaultKind.INVALID_VALUE, argument="data_format", expected=choices, found=data_format
        )
    if isinstance(data_format, (int, float, list, tuple)):
        choices = ("channels_last", "channels_first")
        raise Fault(
            FaultKind.INVALID_VALUE, argument="data_format", expected=choices, found=data_format
        )
    return UNKNOWN


def per_axis(value: Any, n: int) -> list[Dim] | None:
    """One number for each of ``n`` axes; `None` if the argument has another number of them."""
    value = plain(value)
    if isinstance(value, (int, Expr)):
        return [value] * n
    if isinstance(value, (tuple, list)):
        return [dim_of(item) for item in value] if len(value) == n else None
    return [UNKNOWN] * n


def broadcast_per_axis(value: Any, n: int, argument: str) -> list[Dim] | None:
    """Like `per_axis`, where one number in a tuple stands for every axis too.

    Raises:
        Fault: another number of them than there are axes, of which there are several.
    """
    value = plain(value)
    if value is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a number", found=None)
    given = len(value) if isinstance(value, (tuple, list)) else n
    if given == 1:
        return [dim_of(value[0])] * n if isinstance(value, (tuple, list)) else [dim_of(value)] * n
    if given != n and (n > 1 or given == 0):
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected=n, found=value)
    return per_axis(value, n)


def dilation_per_axis(value: Any, n: int) -> list[Dim] | None:
    """The dilation along each of ``n`` axes.

    Raises:
        Fault: another number of them.
    """
    found = per_axis(value, n)
    if found is None:
        raise Fault(FaultKind.INVALID_VALUE, argument="dilation_rate", expected=n, found=value)
    return found


def windows(
    lengths: Dims,
    sizes: list[Dim],
    strides: list[Dim],
    dilation: list[Dim],
    padding: Any,
    *,
    lenient: bool = False,
) -> list[Dim]:
    """The positions of a window along each axis; data may have none.

    Raises:
        Fault: the window does not fit, or an unheard-of way of padding.
    """
    if not isinstance(padding, str):
        return [UNKNOWN] * len(lengths)
    way = padding.lower()
    if way not in ("valid", "same", "causal"):
        choices = ("valid", "same")
        raise Fault(FaultKind.INVALID_VALUE, argument="padding", expected=choices, found=padding)
    result: list[Dim] = []
    for i, length in enumerate(lengths):
        if strides[i] == 0:
            return [UNKNOWN] * len(lengths)
        if way != "valid":
            result.append(same(length, strides[i]))
            continue
        positions = valid(length, sizes[i], strides[i], dilation[i])
        if isinstance(positions, int) and positions <= 0:
            if lenient:
                return [UNKNOWN] * len(lengths)
            raise Fault(
                FaultKind.EMPTY_OUTPUT, input=0, expected=sizes[i], found=lengths, axis=i + 1
            )
        result.append(positions)
    return result


def split_axes(shape: Dims, first: bool) -> tuple[Dims, Dim]:
    """The spatial dims and the channels."""
    return (shape[2:], shape[1]) if first else (shape[1:-1], shape[-1])


def joined(batch: Dim, spatial: list[Dim], channels: Dim, first: bool) -> Dims:
    """The shape of a batch with these spatial dims and channels."""
    return (batch, channels, *spatial) if first else (batch, *spatial, channels)


@op("max_pool", "average_pool", ranked=("inputs",))
def pool(
    inputs: TensorSpec,
    pool_size: Any,
    *,
    strides: Any,
    padding: Any,
    data_format: Any,
    lenient: bool = False,
) -> TensorSpec:
    """One value for each position of the window."""
    shape, first = known(inputs.shape), channels_first(data_format)
    if isinstance(first, Unknown) or len(shape) < 3:
        return inputs.with_shape((UNKNOWN,) * len(shape))
    spatial, channels = split_axes(shape, first)
    ones: list[Dim] = [1] * len(spatial)
    sizes: list[Dim] | None = ones
    if padding == "valid" or strides is None or lenient:
        sizes = broadcast_per_axis(pool_size, len(spatial), "pool_size")
    steps = sizes if strides is None else broadcast_per_axis(strides, len(spatial), "strides")
    if sizes is None or steps is None:
        return inputs.with_shape(UNKNOWN)
    positions = windows(spatial, sizes, steps, ones, padding, lenient=lenient)
    return inputs.with_shape(joined(shape[0], positions, channels, first))


@op("conv", ranked=("inputs", "kernel"))
def conv(
    inputs: TensorSpec,
    kernel: TensorSpec,
    *,
    strides: Any,
    padding: Any,
    data_format: Any,
    dilation_rate: Any,
    lenient: bool = False,
) -> TensorSpec:
    """A convolution with a kernel ``(*window, channels, filters)``."""
    filters = known(kernel.shape)[-1] if known(kernel.shape) else UNKNOWN
    return _convolved(
        inputs,
        kernel,
        filters,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        lenient=lenient,
    )


@op("depthwise_conv", ranked=("inputs", "kernel"))
def depthwise_conv(
    inputs: TensorSpec,
    kernel: TensorSpec,
    *,
    strides: Any,
    padding: Any,
    data_format: Any,
    dilation_rate: Any,
    lenient: bool = False,
) -> TensorSpec:
    """A convolution of each channel with a kernel ``(*window, channels, multiplier)``."""
    filters = product(known(kernel.shape)[-2:])
    return _convolved(
        inputs,
        kernel,
        filters,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        lenient=lenient,
    )


@op("separable_conv", ranked=("inputs", "depthwise_kernel"), tensors=("pointwise_kernel",))
def separable_conv(
    inputs: TensorSpec,
    depthwise_kernel: TensorSpec,
    pointwise_kernel: TensorSpec,
    *,
    strides: Any,
    padding: Any,
    data_format: Any,
    dilation_rate: Any,
    lenient: bool = False,
) -> TensorSpec:
    """A convolution of each channel, then one of all channels at each position."""
    points = pointwise_kernel.shape
    filters = UNKNOWN if isinstance(points, Unknown) or not points else points[-1]
    return _convolved(
        inputs,
        depthwise_kernel,
        filters,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        lenient=lenient,
    )


def _convolved(
    inputs: TensorSpec,
    kernel: TensorSpec,
    filters: Dim,
    *,
    strides: Any,
    padding: Any,
    data_format: Any,
    dilation_rate: Any,
    lenient: bool = False,
) -> TensorSpec:
    shape, window = known(inputs.shape), known(kernel.shape)
    first = channels_first(data_format)
    if isinstance(first, Unknown) or len(shape) < 3:
        return inputs.with_shape(UNKNOWN)
    if len(shape) != len(window):
        raise rank_fault(shape, len(window))
    spatial, channels = split_axes(shape, first)
    _check_channels(channels, window[-2], inputs, 1 if first else -1, grouped=lenient)
    steps = broadcast_per_axis(strides, len(spatial), "strides")
    dilation = dilation_per_axis(dilation_rate, len(spatial))
    if steps is None or dilation is None:
        return inputs.with_shape(UNKNOWN)
    sizes = list(window[:-2])
    positions = windows(spatial, sizes, steps, dilation, padding, lenient=lenient)
    return inputs.with_shape(joined(shape[0], positions, filters, first))


def _check_channels(
    channels: Dim, kernel: Dim, inputs: TensorSpec, axis: int, *, grouped: bool
) -> None:
    """Check that the kernel has the channels of the input, or those of a group of them."""
    if grouped:
        check_divides(channels, kernel, inputs, axis)
    elif differ(channels, kernel):
        raise Fault(
            FaultKind.INPUT_DIMENSION, input=0, expected=kernel, found=inputs.shape, axis=axis
        )


@op("conv_transpose", ranked=("inputs", "kernel"))
def conv_transpose(
    inputs: TensorSpec,
    kernel: TensorSpec,
    *,
    strides: Any,
    padding: Any,
    output_padding: Any,
    data_format: Any,
    dilation_rate: Any,
) -> TensorSpec:
    """A transposed convolution with a kernel ``(*window, filters, channels)``."""
    shape, window, first = known(inputs.shape), known(kernel.shape), channels_first(data_format)
    if isinstance(first, Unknown) or len(shape) < 3 or len(window) < 2:
        return inputs.with_shape(UNKNOWN)
    spatial, channels = split_axes(shape, first)
    _check_channels(channels, window[-1], inputs, 1 if first else -1, grouped=False)
    if strides is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="strides", expected="a number", found=None)
    steps, dilation = per_axis(strides, len(spatial)), per_axis(dilation_rate, len(spatial))
    known_padding = padding.lower() if isinstance(padding, str) else None
    if known_padding not in (None, "valid", "same"):
        choices = ("valid", "same")
        raise Fault(FaultKind.INVALID_VALUE, argument="padding", expected=choices, found=padding)
    if len(window) != len(shape):
        raise rank_fault(shape, len(window))
    if steps is None or dilation is None:
        return inputs.with_shape(UNKNOWN)
    lengths: list[Dim] = [
        None
        if length is None
        else UNKNOWN
        if output_padding is not None
        else _grown(length, effective(size, d), step, known_padding)
        for length, size, step, d in zip(spatial, window, steps, dilation, strict=False)
    ]
    return inputs.with_shape(joined(shape[0], lengths, window[-2], first))


def _grown(length: Dim, window: Dim, step: Dim, padding: str | None) -> Dim:
    if padding == "same":
        return multiply(length, step)
    if padding != "valid" or not isinstance(window, int) or not isinstance(step, int):
        return UNKNOWN
    return add(multiply(subtract(length, 1), step), max(window, step))


@op("adaptive_average_pool", "adaptive_max_pool", ranked=("inputs",))
def adaptive_pool(
    inputs: TensorSpec, output_size: Any, data_format: Any, lenient: bool = False
) -> TensorSpec:
    """Windows that give a fixed number of positions along each axis; the rank is not checked."""
    shape = known(inputs.shape)
    if isinstance(output_size, (int, list)) and not lenient:
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="output_size", expected="a tuple", found=output_size
        )
    if not isinstance(output_size, tuple) or len(shape) < 2:
        return inputs.with_shape(UNKNOWN)
    if not isinstance(data_format, str) and data_format is not None:
        return inputs.with_shape(UNKNOWN)
    sizes = [dim_of(size) for size in output_size]
    if lenient and len(shape) != len(sizes) + 2:
        return inputs.with_shape(UNKNOWN)
    if lenient and data_format in (None, "channels_last"):
        return inputs.with_shape((shape[0], *sizes, shape[-1]))
    if data_format in (None, "channels_last"):
        return inputs.with_shape((*shape[: -len(sizes)], *sizes, shape[-1]))
    return inputs.with_shape((shape[0], shape[1], *sizes))


def check_divides(size: Dim, divisor: Dim, x: TensorSpec, axis: int) -> None:
    """Check that a dim is a multiple of a number.

    Raises:
        Fault: it certainly is not.
    """
    if isinstance(size, int) and isinstance(divisor, int) and divisor and size % divisor:
        raise Fault(
            FaultKind.INPUT_DIMENSION,
            input=0,
            expected=divisor,
            found=x.shape,
            axis=axis,
            multiple=True,
        )
