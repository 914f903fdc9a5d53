"""Functions for networks: convolutions, pooling, encodings, losses, attention."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    axis_in,
    dim_of,
    dtype_argument,
    integer,
    known,
    pair_fault,
    rank_fault,
    result_dtype,
)
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Expr,
    Unknown,
    differ,
    floor_divide,
    multiply,
    product,
)
from keraslint.tensors.shapes import certainly_different
from keraslint.tensors.specs import TensorSpec
from keraslint.tensors.windows import same, valid


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
    return UNKNOWN


def per_axis(value: Any, n: int) -> list[Dim] | None:
    """One number for each of ``n`` axes; `None` if the argument has another number of them."""
    value = plain(value)
    if isinstance(value, (int, Expr)):
        return [value] * n
    if isinstance(value, (tuple, list)):
        return [dim_of(item) for item in value] if len(value) == n else None
    return [UNKNOWN] * n


def windows(
    lengths: Dims, sizes: list[Dim], strides: list[Dim], dilation: list[Dim], padding: Any
) -> list[Dim]:
    """The positions of a window along each axis.

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
            raise Fault(
                FaultKind.EMPTY_OUTPUT, input=0, expected=sizes[i], found=lengths, axis=i + 1
            )
        result.append(positions)
    return result


def _split(shape: Dims, first: bool) -> tuple[Dims, Dim]:
    """The spatial dims and the channels."""
    return (shape[2:], shape[1]) if first else (shape[1:-1], shape[-1])


def _joined(batch: Dim, spatial: list[Dim], channels: Dim, first: bool) -> Dims:
    return (batch, channels, *spatial) if first else (batch, *spatial, channels)


@op("max_pool", "average_pool", ranked=("inputs",))
def pool(
    inputs: TensorSpec, pool_size: Any, strides: Any, padding: Any, data_format: Any
) -> TensorSpec:
    """One value for each position of the window."""
    shape, first = known(inputs.shape), channels_first(data_format)
    if isinstance(first, Unknown) or len(shape) < 3:
        return inputs.with_shape((UNKNOWN,) * len(shape))
    spatial, channels = _split(shape, first)
    sizes = per_axis(pool_size, len(spatial))
    steps = sizes if strides is None else per_axis(strides, len(spatial))
    if sizes is None or steps is None:
        return inputs.with_shape((UNKNOWN,) * len(shape))
    positions = windows(spatial, sizes, steps, [1] * len(spatial), padding)
    return inputs.with_shape(_joined(shape[0], positions, channels, first))


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
    spatial, channels = _split(shape, first)
    _check_channels(channels, window[-2], inputs, 1 if first else -1, grouped=lenient)
    steps = per_axis(strides, len(spatial))
    dilation = per_axis(dilation_rate, len(spatial))
    if steps is None or dilation is None:
        return inputs.with_shape(UNKNOWN)
    positions = windows(spatial, list(window[:-2]), steps, dilation, padding)
    return inputs.with_shape(_joined(shape[0], positions, filters, first))


def _check_channels(
    channels: Dim, kernel: Dim, inputs: TensorSpec, axis: int, *, grouped: bool
) -> None:
    """Check that the kernel has the channels of the input, or those of a group of them."""
    if grouped:
        _check_divides(channels, kernel, inputs, axis)
    elif differ(channels, kernel):
        raise Fault(
            FaultKind.INPUT_DIMENSION, input=0, expected=kernel, found=inputs.shape, axis=axis
        )


@op("conv_transpose", ranked=("inputs", "kernel"))
def conv_transpose(inputs: TensorSpec, kernel: TensorSpec, data_format: Any) -> TensorSpec:
    """A transposed convolution with a kernel ``(*window, filters, channels)``."""
    shape, window, first = known(inputs.shape), known(kernel.shape), channels_first(data_format)
    if isinstance(first, Unknown) or len(shape) < 3 or len(window) < 2:
        return inputs.with_shape(UNKNOWN)
    spatial, channels = _split(shape, first)
    _check_channels(channels, window[-1], inputs, 1 if first else -1, grouped=False)
    lengths: list[Dim] = [None if dim is None else UNKNOWN for dim in spatial]
    return inputs.with_shape(_joined(shape[0], lengths, window[-2], first))


@op("adaptive_average_pool", "adaptive_max_pool", ranked=("inputs",))
def adaptive_pool(inputs: TensorSpec) -> TensorSpec:
    """Windows that give a fixed number of positions; these are left open."""
    return inputs.with_shape(UNKNOWN)


@op("batch_normalization", tensors=("x",))
def batch_normalization(x: TensorSpec) -> TensorSpec:
    """The same shape."""
    return x


@op("one_hot", tensors=("x",))
def one_hot(x: TensorSpec, num_classes: Any, axis: Any, dtype: Any) -> TensorSpec:
    """One more axis, of all classes."""
    result = dtype_argument(dtype, "float32")
    at = integer(axis, "axis")
    if isinstance(x.shape, Unknown):
        return TensorSpec(UNKNOWN, result)
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * (len(x.shape) + 1), result)
    return TensorSpec(_with_classes(x.shape, dim_of(num_classes), at), result)


def _with_classes(shape: Dims, count: Dim, axis: int) -> Dims:
    if axis == -1:
        return (*shape, count)
    if not 0 <= axis < len(shape):
        raise Fault(
            FaultKind.AXIS_RANGE,
            argument="axis",
            input=0,
            expected=len(shape),
            found=axis,
            shape=shape,
        )
    return (*shape[:axis], count, *shape[axis:])


@op("multi_hot", ranked=("inputs",))
def multi_hot(inputs: TensorSpec, num_classes: Any, axis: Any, kwargs: Any) -> TensorSpec:
    """One axis of all classes in place of the last one."""
    if num_classes is None and isinstance(kwargs, dict):
        num_classes = kwargs.get("num_tokens")
    if num_classes is None:
        raise Fault(FaultKind.MISSING_ARGUMENT, argument="num_classes")
    at = integer(axis, "axis")
    shape = known(inputs.shape)
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * max(len(shape), 1), UNKNOWN)
    full = _with_classes(shape, dim_of(num_classes), at)
    dims = full[-1:] if len(full) == 2 else (full[0], *full[2:])
    return TensorSpec(dims, UNKNOWN)


@op("binary_crossentropy", tensors=("target", "output"))
def binary_crossentropy(target: TensorSpec, output: TensorSpec) -> TensorSpec:
    """One loss for each element; both shapes are equal."""
    _check_equal(target, output)
    return output


@op("categorical_crossentropy", tensors=("target", "output"))
def categorical_crossentropy(target: TensorSpec, output: TensorSpec) -> TensorSpec:
    """One loss for each distribution along the last axis; both shapes are equal."""
    _check_equal(target, output)
    if isinstance(output.shape, Unknown):
        return output
    if not output.shape:
        raise rank_fault(output.shape, 1, minimum=True)
    return output.with_shape(output.shape[:-1])


def _check_equal(target: TensorSpec, output: TensorSpec) -> None:
    if certainly_different(target.shape, output.shape):
        raise pair_fault((target.shape, output.shape))


@op("sparse_categorical_crossentropy", ranked=("target", "output"))
def sparse_categorical_crossentropy(
    target: TensorSpec, output: TensorSpec, axis: Any
) -> TensorSpec:
    """One loss for each class index; the target is the output without its classes."""
    shape, given = known(output.shape), known(target.shape)
    if not shape:
        raise rank_fault(shape, 1, minimum=True, input=1)
    at = axis_in(axis, len(shape), shape=shape)
    if len(given) == len(shape) and given[-1] == 1:
        given = given[:-1]
    elif len(given) == len(shape) and not isinstance(given[-1], int):
        return output.with_shape((UNKNOWN,) * (len(shape) - 1))
    if isinstance(at, Unknown):
        return output.with_shape((UNKNOWN,) * (len(shape) - 1))
    rest = (*shape[:at], *shape[at + 1 :])
    if certainly_different(given, rest):
        raise pair_fault((given, rest))
    return output.with_shape(rest)


@op("ctc_loss", ranked=("target", "output"))
def ctc_loss(target: TensorSpec, output: TensorSpec) -> TensorSpec:
    """One loss for each sequence."""
    a, b = known(target.shape), known(output.shape)
    if not a or not b:
        return TensorSpec(UNKNOWN, UNKNOWN)
    if differ(a[0], b[0]):
        raise pair_fault((a, b), 0, 0)
    return TensorSpec(a[:1], UNKNOWN)


@op("dot_product_attention", tensors=("query", "key", "value"))
def dot_product_attention(query: TensorSpec, key: TensorSpec, value: TensorSpec) -> TensorSpec:
    """The shape of the query."""
    return TensorSpec(query.shape, result_dtype(query, key, value))


@op("psnr", ranked=("x1", "x2"))
def psnr(x1: TensorSpec, x2: TensorSpec) -> TensorSpec:
    """One number for two tensors of one rank."""
    if len(known(x1.shape)) != len(known(x2.shape)):
        raise pair_fault((x1.shape, x2.shape))
    return TensorSpec((), "float32")


@op("depth_to_space", ranked=("x",))
def depth_to_space(x: TensorSpec, block_size: Any, data_format: Any) -> TensorSpec:
    """Channels spread over blocks of pixels."""
    batch, rows, columns, channels, first = _image(x, block_size, data_format)
    block = dim_of(block_size)
    area = multiply(block, block)
    _check_divides(channels, area, x, 1 if first else 3)
    spatial = [multiply(rows, block), multiply(columns, block)]
    return x.with_shape(_placed(batch, spatial, floor_divide(channels, area), first))


@op("space_to_depth", ranked=("x",))
def space_to_depth(x: TensorSpec, block_size: Any, data_format: Any) -> TensorSpec:
    """Blocks of pixels gathered as channels."""
    batch, rows, columns, channels, first = _image(x, block_size, data_format)
    block = dim_of(block_size)
    for i, length in enumerate((rows, columns)):
        _check_divides(length, block, x, i + (2 if first else 1))
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
    (rows, columns), channels = _split(shape, first)
    return shape[0], rows, columns, channels, first


def _placed(batch: Dim, spatial: list[Dim], channels: Dim, first: bool | Unknown) -> Dims:
    if isinstance(first, Unknown):
        return (batch, UNKNOWN, UNKNOWN, UNKNOWN)
    return _joined(batch, spatial, channels, first)


def _check_divides(size: Dim, divisor: Dim, x: TensorSpec, axis: int) -> None:
    if isinstance(size, int) and isinstance(divisor, int) and divisor and size % divisor:
        raise Fault(
            FaultKind.INPUT_DIMENSION,
            input=0,
            expected=divisor,
            found=x.shape,
            axis=axis,
            multiple=True,
        )


@op("unfold", ranked=("x",))
def unfold(x: TensorSpec, kernel_size: Any) -> TensorSpec:
    """Blocks of images as columns; their number is left open."""
    shape = known(x.shape)
    if len(shape) != 4:
        raise rank_fault(shape, 4)
    sides = per_axis(kernel_size, 2)
    size = UNKNOWN if sides is None else multiply(shape[1], product(sides))
    return x.with_shape((shape[0], size, UNKNOWN))


@op("fold", ranked=("x",))
def fold(x: TensorSpec, output_size: Any, kernel_size: Any) -> TensorSpec:
    """Columns put back as blocks of images."""
    shape = known(x.shape)
    if len(shape) != 3:
        raise rank_fault(shape, 3)
    sides, lengths = per_axis(kernel_size, 2), per_axis(output_size, 2)
    if sides is None or lengths is None:
        return x.with_shape((UNKNOWN,) * 4)
    area = product(sides)
    _check_divides(shape[1], area, x, 1)
    return x.with_shape((shape[0], floor_divide(shape[1], area), *lengths))
