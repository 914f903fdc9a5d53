"""ConvNeXt."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.applications.blueprint import Entry
from keraslint.knowledge.applications.imagenet_utils import validate_activation
from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.arguments import as_dim
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown

DEEP = (3, 3, 27, 3)
CONFIGURATIONS = {
    "ConvNeXtTiny": ((3, 3, 9, 3), (96, 192, 384, 768)),
    "ConvNeXtSmall": (DEEP, (96, 192, 384, 768)),
    "ConvNeXtBase": (DEEP, (128, 256, 512, 1024)),
    "ConvNeXtLarge": (DEEP, (192, 384, 768, 1536)),
    "ConvNeXtXLarge": (DEEP, (256, 512, 1024, 2048)),
}
"""Blocks and filters of each stage."""

MEAN = [0.485 * 255, 0.456 * 255, 0.406 * 255]
VARIANCE = [(0.229 * 255) ** 2, (0.224 * 255) ** 2, (0.225 * 255) ** 2]


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    _check_name(function, options)
    shape = options.input_shape(224, 32)
    x = stack.start(options, shape)
    if options.decide("include_preprocessing"):
        x = _preprocessed(stack, x, options, shape)
    depths, filters = CONFIGURATIONS[function]
    for i, n in enumerate(filters):
        x = _downsample(stack, x, options, i, n)
        for j in range(depths[i]):
            x = _block(stack, x, n, _named(options, f"_stage_{i}_block_{j}"))
    if options.decide("include_top"):
        return _head(stack, x, options)
    x = stack.pooled(x, options)
    return stack.layer("LayerNormalization", x, epsilon=1e-6)


def _named(options: Options, suffix: str) -> Any:
    """The name of a part, which begins with that of the model."""
    return f"{options.name}{suffix}" if isinstance(options.name, str) else UNKNOWN


def _suffixed(name: Any, suffix: str) -> Any:
    return name + suffix if isinstance(name, str) else UNKNOWN


def _check_name(function: str, options: Options) -> None:
    name = options["name"]
    if name is None or isinstance(name, (int, float, tuple, list)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="name", expected="a string", found=name)
    variant = function.lower().replace("convnext", "convnext_")
    if options.pretrained is True and isinstance(name, str) and variant not in name:
        raise Fault(FaultKind.INVALID_VALUE, argument="name", expected=variant, found=name)


def _preprocessed(stack: Stack, x: Image, options: Options, shape: Any) -> Image:
    """Normalize images of three channels."""
    known = isinstance(shape, (tuple, list)) and len(shape) == 3
    channels = as_dim(shape[2]) if known else UNKNOWN
    if isinstance(channels, (Unknown, Expr)):
        stack.complete = False
        return x
    if channels != 3:
        return x
    name = _named(options, "_prestem_normalization")
    return stack.layer("Normalization", x, name, mean=MEAN, variance=VARIANCE)


def _downsample(stack: Stack, x: Image, options: Options, i: int, filters: int) -> Image:
    """A quarter of the size at first, then half of it."""
    kernel = 2 if i else 4
    sizes = {"filters": filters, "kernel_size": kernel, "strides": kernel}
    part = f"_downsampling_{{}}_{i - 1}" if i else "_stem_{}"
    conv = Entry("Conv2D", _named(options, part.format("conv")), sizes, ())
    name = _named(options, part.format("layernorm"))
    norm = Entry("LayerNormalization", name, {"epsilon": 1e-6}, ())
    whole = f"_downsampling_block_{i - 1}" if i else "_stem"
    return stack.sequential(x, _named(options, whole), (norm, conv) if i else (conv, norm))


def _block(stack: Stack, x: Image, n: int, name: Any) -> Image:
    """Filter each channel, mix the channels in two steps, scale; beside a shortcut."""
    before = x
    own = _suffixed(name, "_depthwise_conv")
    x = stack.conv(x, n, 7, own, padding="same", groups=n)
    x = stack.layer("LayerNormalization", x, _suffixed(name, "_layernorm"), epsilon=1e-6)
    x = stack.layer("Dense", x, _suffixed(name, "_pointwise_conv_1"), units=4 * n)
    x = stack.layer("Activation", x, _suffixed(name, "_gelu"), activation="gelu")
    x = stack.layer("Dense", x, _suffixed(name, "_pointwise_conv_2"), units=n)
    own = _suffixed(name, "_layer_scale")
    x = stack.layer("LayerScale", x, own, init_values=1e-6, projection_dim=n)
    x = stack.layer("Activation", x, _suffixed(name, "_identity"), activation="linear")
    return stack.operate("+", before, x)


def _head(stack: Stack, x: Image, options: Options) -> Image:
    validate_activation(options["classifier_activation"], options.weights)
    x = stack.global_pool("Average", x, _named(options, "_head_gap"))
    x = stack.layer("LayerNormalization", x, _named(options, "_head_layernorm"), epsilon=1e-6)
    return stack.classifier(x, options, _named(options, "_head_dense"))
