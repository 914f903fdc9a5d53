"""TensorFlow's images and windows: ``tf.image``, ``tf.io`` and the convolutions of ``tf.nn``."""

from __future__ import annotations

from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim, as_shape, items_of
from keraslint.interpreter.libraries.tensorflow_shaping import moved
from keraslint.interpreter.libraries.tensorflow_values import operand, tensor, tf
from keraslint.interpreter.values import Value
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.windows import same, valid


def resized(value: Value, height: Dim, width: Dim, dtype: str | Unknown | None = None) -> Value:
    """An image, or a batch of images, in another size."""
    model = operand(value)
    kind = model.spec.dtype if dtype is None else dtype
    return tensor(_with_size(model.spec.shape, height, width), kind)


def _with_size(shape: Shape, height: Dim, width: Dim) -> Shape:
    if isinstance(shape, Unknown):
        return UNKNOWN
    if len(shape) not in (3, 4):
        raise Undefined
    return (*shape[:-3], height, width, shape[-1])


def size_of(size: Value) -> tuple[Dim, Dim]:
    """Height and width as given by a pair."""
    if not shapes.is_several(size):
        return UNKNOWN, UNKNOWN
    pair = [as_dim(item) for item in items_of(size)]
    if len(pair) != 2:
        raise Undefined
    return pair[0], pair[1]


@tf("image.resize")
def _resize(
    images: Value,
    size: Value,
    method: Value = "bilinear",
    preserve_aspect_ratio: Value = False,
    antialias: Value = False,
    name: Value = None,
) -> Value:
    height, width = size_of(size)
    if preserve_aspect_ratio is not False:
        height = width = UNKNOWN
    nearest = method == "nearest" or getattr(method, "name", "") == "NEAREST_NEIGHBOR"
    known = isinstance(method, str) or nearest
    return resized(images, height, width, None if nearest else "float32" if known else UNKNOWN)


@tf("image.resize_with_pad")
def _resize_with_pad(
    image: Value, target_height: Value, target_width: Value, *more: Value, **_: Value
) -> Value:
    return resized(image, as_dim(target_height), as_dim(target_width), UNKNOWN)


@tf("image.resize_with_crop_or_pad")
def _resize_with_crop_or_pad(image: Value, target_height: Value, target_width: Value) -> Value:
    return resized(image, as_dim(target_height), as_dim(target_width))


@tf("image.crop_to_bounding_box image.pad_to_bounding_box")
def _bounding_box(
    image: Value,
    offset_height: Value,
    offset_width: Value,
    target_height: Value,
    target_width: Value,
    **_: Value,
) -> Value:
    return resized(image, as_dim(target_height), as_dim(target_width))


@tf("image.central_crop")
def _central_crop(image: Value, central_fraction: Value) -> Value:
    return resized(image, UNKNOWN, UNKNOWN)


@tf("image.random_crop")
def _random_crop(value: Value, size: Value, seed: Value = None, name: Value = None) -> Value:
    return moved(value, as_shape(size))


@tf("image.stateless_random_crop")
def _stateless_random_crop(
    value: Value, size: Value, seed: Value = None, name: Value = None
) -> Value:
    return moved(value, as_shape(size))


@tf(
    "image.flip_left_right image.flip_up_down image.random_flip_left_right"
    " image.random_flip_up_down image.random_brightness image.random_contrast image.random_hue"
    " image.random_saturation image.adjust_brightness image.adjust_contrast image.adjust_gamma"
    " image.adjust_hue image.adjust_saturation image.per_image_standardization"
    " image.stateless_random_flip_left_right image.stateless_random_flip_up_down"
    " image.stateless_random_brightness image.stateless_random_contrast"
)
def _same_size(image: Value = None, *more: Value, images: Value = None, **_: Value) -> Value:
    found = image if images is None else images
    if found is None:
        raise Undefined
    return moved(found, operand(found).spec.shape)


@tf("image.convert_image_dtype")
def _convert_image_dtype(
    image: Value, dtype: Value, saturate: Value = False, name: Value = None
) -> Value:
    return tensor(operand(image).spec.shape, named_dtype(dtype))


@tf("image.rot90 image.transpose")
def _rot90(image: Value, k: Value = 1, name: Value = None) -> Value:
    shape = operand(image).spec.shape
    if isinstance(shape, Unknown) or len(shape) not in (3, 4):
        raise Undefined
    turned = shapes.swapaxes(shape, -3, -2)
    square = turned == shape and isinstance(shape[-2], int)
    return moved(image, turned if square else (*shape[:-3], UNKNOWN, UNKNOWN, shape[-1]))


def _with_channels(value: Value, channels: Dim) -> Value:
    shape = operand(value).spec.shape
    return moved(value, shape if isinstance(shape, Unknown) else (*shape[:-1], channels))


@tf("image.rgb_to_grayscale")
def _rgb_to_grayscale(images: Value, name: Value = None) -> Value:
    return _with_channels(images, 1)


@tf("image.grayscale_to_rgb")
def _grayscale_to_rgb(images: Value, name: Value = None) -> Value:
    return _with_channels(images, 3)


@tf("io.read_file")
def _read_file(filename: Value, name: Value = None) -> Value:
    return tensor((), "string")


@tf(
    "image.decode_jpeg image.decode_png image.decode_bmp io.decode_jpeg io.decode_png io.decode_bmp"
    " image.decode_and_crop_jpeg"
)
def _decode(
    contents: Value, channels: Value = 0, *more: Value, dtype: Value = "uint8", **_: Value
) -> Value:
    depth = None if channels == 0 or channels is None else as_dim(channels)
    return tensor((None, None, depth), named_dtype(dtype))


@tf("image.decode_image io.decode_image")
def _decode_image(
    contents: Value,
    channels: Value = None,
    dtype: Value = "uint8",
    name: Value = None,
    expand_animations: Value = True,
) -> Value:
    depth = None if channels in (0, None) else as_dim(channels)
    shape: Shape = (None, None, depth) if expand_animations is False else UNKNOWN
    return tensor(shape, named_dtype(dtype))


@tf("io.decode_raw")
def _decode_raw(input_bytes: Value, out_type: Value, *more: Value, **_: Value) -> Value:
    shape = operand(input_bytes).spec.shape
    return tensor(UNKNOWN if isinstance(shape, Unknown) else (*shape, None), named_dtype(out_type))


def _windowed(
    shape: Shape, kernel: list[Dim], strides: list[Dim], padding: Value, last: Dim
) -> Shape:
    if isinstance(shape, Unknown):
        return UNKNOWN
    if len(shape) != len(kernel) + 2 or len(strides) != len(kernel):
        raise Undefined
    rule = {"SAME": lambda n, k, s: same(n, s), "VALID": valid}.get(
        padding if isinstance(padding, str) else ""
    )
    if rule is None:
        return (shape[0], *([UNKNOWN] * len(kernel)), last)
    sizes = zip(shape[1:-1], kernel, strides, strict=True)
    return (shape[0], *(rule(n, k, s) for n, k, s in sizes), last)


def _steps(value: Value, rank: int) -> list[Dim]:
    if not shapes.is_several(value):
        return [as_dim(value)] * rank
    given = [as_dim(item) for item in items_of(value)]
    if len(given) == rank + 2:
        given = given[1:-1]
    return given * rank if len(given) == 1 else given


@tf("nn.conv1d nn.conv2d nn.conv3d")
def _convolution(
    input: Value,
    filters: Value,
    strides: Value = 1,
    padding: Value = "VALID",
    data_format: Value = None,
    dilations: Value = None,
    name: Value = None,
) -> Value:
    model, kernel = operand(input), operand(filters).spec.shape
    channels_last = data_format is None or (
        isinstance(data_format, str) and data_format.endswith("C")
    )
    if isinstance(kernel, Unknown) or not channels_last or dilations is not None:
        return tensor(UNKNOWN, model.spec.dtype)
    sizes = list(kernel[:-2])
    shape = _windowed(model.spec.shape, sizes, _steps(strides, len(sizes)), padding, kernel[-1])
    return tensor(shape, model.spec.dtype)


@tf(
    "nn.max_pool1d nn.max_pool2d nn.max_pool3d nn.max_pool nn.avg_pool1d nn.avg_pool2d"
    " nn.avg_pool3d nn.avg_pool"
)
def _pool(
    input: Value,
    ksize: Value,
    strides: Value,
    padding: Value,
    data_format: Value = None,
    name: Value = None,
) -> Value:
    model = operand(input)
    shape = model.spec.shape
    channels_last = data_format is None or (
        isinstance(data_format, str) and data_format.endswith("C")
    )
    if isinstance(shape, Unknown) or not channels_last or len(shape) < 3:
        return tensor(UNKNOWN, model.spec.dtype)
    rank = len(shape) - 2
    result = _windowed(shape, _steps(ksize, rank), _steps(strides, rank), padding, shape[-1])
    return tensor(result, model.spec.dtype)
