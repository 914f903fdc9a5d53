"""Functions on images, batched or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.convolution import (
    broadcast_per_axis,
    channels_first,
    dilation_per_axis,
    joined,
    per_axis,
    split_axes,
    windows,
)
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    dim_of,
    known,
    pair_fault,
    rank_fault,
    shape_argument,
)
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Unknown,
    add,
    differ,
    multiply,
    product,
    subtract,
)
from keraslint.tensors.dtypes import is_float
from keraslint.tensors.shapes import certainly_different
from keraslint.tensors.specs import TensorSpec


def _images(images: TensorSpec) -> Dims:
    shape = known(images.shape)
    if len(shape) not in (3, 4):
        raise rank_fault(shape, 4)
    return shape


def _channels(images: TensorSpec, data_format: Any, allowed: tuple[int, ...]) -> int | Unknown:
    """The axis of the channels, of which there must be certain numbers."""
    shape, first = _images(images), channels_first(data_format)
    if isinstance(first, Unknown):
        return UNKNOWN
    axis = -3 if first else -1
    if isinstance(shape[axis], int) and shape[axis] not in allowed:
        raise Fault(FaultKind.INPUT_DIMENSION, input=0, expected=allowed, found=shape, axis=axis)
    return axis


@op("image.rgb_to_grayscale", ranked=("images",))
def rgb_to_grayscale(images: TensorSpec, data_format: Any) -> TensorSpec:
    """One channel of three."""
    axis = _channels(images, data_format, (1, 3))
    dims = list(known(images.shape))
    if isinstance(axis, Unknown):
        return images.with_shape((UNKNOWN,) * len(dims))
    dims[axis] = 1
    return images.with_shape(tuple(dims))


@op("image.rgb_to_hsv", "image.hsv_to_rgb", ranked=("images",))
def recoloured(images: TensorSpec, data_format: Any) -> TensorSpec:
    """The same shape, of three channels, in floats."""
    _channels(images, data_format, (3,))
    if isinstance(images.dtype, str) and not is_float(images.dtype):
        raise Fault(FaultKind.INPUT_DTYPE, input=0, expected="float", found=images.dtype)
    return images


@op("image.resize", ranked=("images",))
def resize(
    images: TensorSpec,
    size: Any,
    data_format: Any,
    crop_to_aspect_ratio: Any,
    pad_to_aspect_ratio: Any,
) -> TensorSpec:
    """Other rows and columns."""
    if isinstance(plain(size), (int, float)) or size is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="size", expected="two sizes", found=size)
    sizes: list[Dim] = [UNKNOWN, UNKNOWN]
    if isinstance(size, (tuple, list)):
        sizes = [dim_of(item) for item in size]
        if len(sizes) != 2 or any(isinstance(dim, int) and dim <= 0 for dim in sizes):
            raise Fault(FaultKind.INVALID_VALUE, argument="size", expected="two sizes", found=size)
    dims = list(_images(images))
    if crop_to_aspect_ratio is True and pad_to_aspect_ratio is True:
        name = "pad_to_aspect_ratio"
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=False, found=True)
    first = channels_first(data_format)
    if isinstance(first, Unknown):
        return images.with_shape((UNKNOWN,) * len(dims))
    at = -2 if first else -3
    dims[at], dims[at + 1] = sizes
    return images.with_shape(tuple(dims))


@op("image.affine_transform", ranked=("images",), tensors=("transform",))
def affine_transform(images: TensorSpec, transform: TensorSpec, data_format: Any) -> TensorSpec:
    """The same shape; there is one transform for all images, or one for each."""
    channels_first(data_format)
    _images(images)
    numbers = transform.shape
    if not isinstance(numbers, Unknown) and len(numbers) not in (1, 2):
        raise rank_fault(numbers, 2, input=1)
    return images


@op("image.perspective_transform", ranked=("images",), tensors=("start_points", "end_points"))
def perspective_transform(
    images: TensorSpec, start_points: TensorSpec, end_points: TensorSpec, data_format: Any
) -> TensorSpec:
    """The same shape; four corners go to four others."""
    channels_first(data_format)
    _images(images)
    for i, points in enumerate((start_points.shape, end_points.shape), 1):
        if isinstance(points, Unknown):
            continue
        if len(points) not in (2, 3):
            raise rank_fault(points, 3, input=i)
        if certainly_different(points[-2:], (4, 2)) or None in points[-2:]:
            expected = (4, 2)
            raise Fault(FaultKind.INPUT_DIMENSION, input=i, expected=expected, found=points)
    if certainly_different(start_points.shape, end_points.shape):
        raise pair_fault((start_points.shape, end_points.shape))
    return images


@op("image.gaussian_blur", "image.elastic_transform", ranked=("images",))
def blurred(images: TensorSpec, data_format: Any) -> TensorSpec:
    """The same shape."""
    channels_first(data_format)
    _images(images)
    return images


@op("image.extract_patches", ranked=("images",))
def extract_patches(
    images: TensorSpec,
    size: Any,
    *,
    strides: Any,
    dilation_rate: Any,
    padding: Any,
    data_format: Any,
) -> TensorSpec:
    """Blocks of pixels as channels; blocks with three sides are of volumes."""
    axes = 3 if isinstance(size, (tuple, list)) and len(size) == 3 else 2
    return _patches(images, axes, size, strides, dilation_rate, padding, data_format)


@op("image.extract_patches_3d", ranked=("volumes",))
def extract_patches_3d(
    volumes: TensorSpec,
    size: Any,
    *,
    strides: Any,
    dilation_rate: Any,
    padding: Any,
    data_format: Any,
) -> TensorSpec:
    """Blocks of volumes as channels; with two sides Keras takes them for images."""
    axes = 2 if isinstance(size, (tuple, list)) and len(size) == 2 else 3
    return _patches(volumes, axes, size, strides, dilation_rate, padding, data_format)


def _patches(
    x: TensorSpec, axes: int, size: Any, strides: Any, dilation: Any, padding: Any, data_format: Any
) -> TensorSpec:
    shape, first = known(x.shape), channels_first(data_format)
    sides = per_axis(size, axes)
    if isinstance(first, Unknown) or sides is None:
        return x.with_shape(UNKNOWN)
    if len(shape) not in (axes + 1, axes + 2):
        raise rank_fault(shape, axes + 2)
    if isinstance(padding, str) and padding not in ("valid", "same", "causal"):
        choices = ("valid", "same")
        raise Fault(FaultKind.INVALID_VALUE, argument="padding", expected=choices, found=padding)
    steps = sides if strides is None else broadcast_per_axis(strides, axes, "strides")
    gaps = dilation_per_axis(dilation, axes)
    if steps is None or gaps is None:
        return x.with_shape(UNKNOWN)
    batched = shape if len(shape) == axes + 2 else (1, *shape)
    spatial, channels = split_axes(batched, first)
    positions = windows(spatial, sides, steps, gaps, padding)
    if channels is None:
        return x.with_shape(UNKNOWN)
    dims = joined(batched[0], positions, multiply(product(sides), channels), first)
    return x.with_shape(dims[len(dims) - len(shape) :])


@op("image.scale_and_translate", tensors=("images",))
def scale_and_translate(images: TensorSpec, output_shape: Any) -> TensorSpec:
    """The given shape."""
    return images.with_shape(shape_argument(output_shape, "output_shape"))


@op("image.map_coordinates", tensors=("inputs",), ranked=("coordinates",))
def map_coordinates(
    inputs: TensorSpec, coordinates: TensorSpec, lenient: bool = False
) -> TensorSpec:
    """One value for each place."""
    shape = known(coordinates.shape)
    if len(shape) < 2:
        raise rank_fault(shape, 2, minimum=True, input=1)
    rank = UNKNOWN if isinstance(inputs.shape, Unknown) else len(inputs.shape)
    if differ(shape[0], rank) or (shape[0] is None and isinstance(rank, int) and not lenient):
        raise Fault(FaultKind.INPUT_DIMENSION, input=1, expected=rank, found=shape, axis=0)
    return inputs.with_shape(shape[1:])


@op("image.pad_images", ranked=("images",))
def pad_images(
    images: TensorSpec,
    *,
    top_padding: Any,
    bottom_padding: Any,
    left_padding: Any,
    right_padding: Any,
    target_height: Any,
    target_width: Any,
    data_format: Any,
) -> TensorSpec:
    """Rows and columns added, each by two of three numbers."""
    rows = (top_padding, bottom_padding, target_height)
    columns = (left_padding, right_padding, target_width)
    return _resized(images, (rows, columns), data_format, add)


@op("image.crop_images", ranked=("images",))
def crop_images(
    images: TensorSpec,
    *,
    top_cropping: Any,
    bottom_cropping: Any,
    left_cropping: Any,
    right_cropping: Any,
    target_height: Any,
    target_width: Any,
    data_format: Any,
) -> TensorSpec:
    """Rows and columns cut off, each by two of three numbers."""
    rows = (top_cropping, bottom_cropping, target_height)
    columns = (left_cropping, right_cropping, target_width)
    return _resized(images, (rows, columns), data_format, subtract)


def _resized(
    images: TensorSpec,
    amounts: tuple[tuple[Any, Any, Any], tuple[Any, Any, Any]],
    data_format: Any,
    change: Callable[[Dim, Dim], Dim],
) -> TensorSpec:
    dims = list(_images(images))
    for three in amounts:
        missing = sum(amount is None for amount in three)
        if missing != 1 and not any(isinstance(amount, Unknown) for amount in three):
            raise Fault(FaultKind.INVALID_VALUE, expected="two of three", found=three)
    first = channels_first(data_format)
    if isinstance(first, Unknown):
        return images.with_shape((UNKNOWN,) * len(dims))
    for axis, (before, behind, target) in enumerate(amounts, -2 if first else -3):
        size = dim_of(target)
        if target is None and dims[axis] is not None:
            size = change(change(dims[axis], dim_of(before)), dim_of(behind))
        dims[axis] = size
    return images.with_shape(tuple(dims))


@op("image.sobel_edges", ranked=("images",))
def sobel_edges(images: TensorSpec, data_format: Any) -> TensorSpec:
    """Two directions for each pixel."""
    channels_first(data_format)
    shape = known(images.shape)
    if len(shape) != 4:
        raise rank_fault(shape, 4)
    return images.with_shape((*shape, 2))


@op("image.ssim", ranked=("image1", "image2"))
def ssim(image1: TensorSpec, image2: TensorSpec, data_format: Any) -> TensorSpec:
    """One number for each pair of images."""
    channels_first(data_format)
    shape = _images(image1)
    _images(image2)
    return image1.with_shape(() if len(shape) == 3 else shape[:1])
