"""EfficientNetV2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from keraslint.knowledge.applications.efficientnet import DROP_RATE, shortcut, squeeze
from keraslint.knowledge.applications.options import Options, Undecided
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.applications.widths import rounded
from keraslint.knowledge.arguments import as_dim
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, multiply

SCALES = {
    "EfficientNetV2B0": (1.0, 1.0, 224),
    "EfficientNetV2B1": (1.0, 1.1, 240),
    "EfficientNetV2B2": (1.1, 1.2, 260),
    "EfficientNetV2B3": (1.2, 1.4, 300),
    "EfficientNetV2S": (1.0, 1.0, 384),
    "EfficientNetV2M": (1.0, 1.0, 480),
    "EfficientNetV2L": (1.0, 1.0, 480),
}
"""Width, depth, size of images."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Blocks of one kind; ``fused``: full convolutions, and channels are not weighed."""

    repeats: int
    filters: int
    strides: int
    expansion: int
    fused: bool = False


def _stages(stem: int, *stages: tuple[int, int, int, int]) -> tuple[int, tuple[Stage, ...]]:
    """The filters before the first stage, and the stages: three are fused."""
    return stem, tuple(Stage(*stage, fused=i < 3) for i, stage in enumerate(stages))


_SMALLEST = _stages(
    32, (1, 16, 1, 1), (2, 32, 2, 4), (2, 48, 2, 4), (3, 96, 2, 4), (5, 112, 1, 6), (8, 192, 2, 6)
)
STAGES = {
    **{f"efficientnetv2-b{i}": _SMALLEST for i in range(4)},
    "efficientnetv2-s": _stages(
        *(24, (2, 24, 1, 1), (4, 48, 2, 4), (4, 64, 2, 4)),
        *((6, 128, 2, 4), (9, 160, 1, 6), (15, 256, 2, 6)),
    ),
    "efficientnetv2-m": _stages(
        *(24, (3, 24, 1, 1), (5, 48, 2, 4), (5, 80, 2, 4)),
        *((7, 160, 2, 4), (14, 176, 1, 6), (18, 304, 2, 6), (5, 512, 1, 6)),
    ),
    "efficientnetv2-l": _stages(
        *(32, (4, 32, 1, 1), (7, 64, 2, 4), (7, 96, 2, 4)),
        *((10, 192, 2, 4), (19, 224, 1, 6), (25, 384, 2, 6), (7, 640, 1, 6)),
    ),
}
"""By the model's name: that is how Keras finds them."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one block is made of."""

    name: str
    filters: Dim
    strides: int
    expansion: int
    drop_rate: float


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    name = _name(options)
    options.check()
    width, depth, size = SCALES[function]
    shape = options.input_shape(size, 32)
    x = stack.start(options, shape)
    if options.decide("include_preprocessing"):
        x = _preprocessed(stack, x, name, shape)
    stem, stages = STAGES[name]
    filters = rounded(stem, width, generous=False)
    x = stack.conv(x, filters, 3, "stem_conv", strides=2, padding="same", use_bias=False)
    x = stack.act(stack.bn(x, "stem_bn"), "swish", "stem_activation")
    for stage, block in _blocks(stages, width, depth):
        x = (_fused if stage.fused else _separate)(stack, x, block)
    filters = rounded(1280, width, generous=False)
    x = stack.conv(x, filters, 1, "top_conv", padding="same", use_bias=False)
    x = stack.act(stack.bn(x, "top_bn"), "swish", "top_activation")
    if not options.decide("include_top"):
        return stack.pooled(x, options, ("avg_pool", "max_pool"))
    x = stack.global_pool("Average", x, "avg_pool")
    return stack.classifier(stack.layer("Dropout", x, "top_dropout", rate=0.2), options)


def _name(options: Options) -> str:
    """The model's name.

    Raises:
        Fault: there is no such model: the name is no free choice.
        Undecided: it is unknown.
    """
    name = options["name"]
    if isinstance(name, (str, int, float, tuple, list)) or name is None:
        if name not in STAGES:
            known = tuple(STAGES)
            raise Fault(FaultKind.INVALID_VALUE, argument="name", expected=known, found=name)
        return str(name)
    raise Undecided


def _preprocessed(stack: Stack, x: Image, name: str, shape: Any) -> Image:
    """Rescale the pixels; the small models take them normalized if they are of three channels."""
    if name.rpartition("-")[2].startswith("b"):
        known = isinstance(shape, (tuple, list)) and len(shape) == 3
        channels = as_dim(shape[2]) if known else UNKNOWN
        if isinstance(channels, (Unknown, Expr)):
            raise Undecided
        if channels == 3:
            x = stack.layer("Rescaling", x, scale=1 / 255)
            mean, variance = [0.485, 0.456, 0.406], [0.229**2, 0.224**2, 0.225**2]
            return stack.layer("Normalization", x, mean=mean, variance=variance, axis=3)
    return stack.layer("Rescaling", x, scale=1 / 128, offset=-1)


def _blocks(stages: tuple[Stage, ...], width: float, depth: float) -> list[tuple[Stage, Block]]:
    total = sum(stage.repeats for stage in stages)
    blocks: list[tuple[Stage, Block]] = []
    for i, stage in enumerate(stages):
        filters = rounded(stage.filters, width, generous=False)
        for j in range(math.ceil(depth * stage.repeats)):
            name = f"block{i + 1}{chr(ord('a') + j)}_"
            drop_rate = DROP_RATE * len(blocks) / total
            strides = 1 if j else stage.strides
            blocks.append((stage, Block(name, filters, strides, stage.expansion, drop_rate)))
    return blocks


def _separate(stack: Stack, x: Image, block: Block) -> Image:
    """Expand, filter each channel, weigh, project."""
    before, name = x, block.name
    filters = multiply(x.channels, block.expansion)
    x = stack.conv(x, filters, 1, f"{name}expand_conv", padding="same", use_bias=False)
    x = stack.act(stack.bn(x, f"{name}expand_bn"), "swish", f"{name}expand_activation")
    x = stack.depthwise(x, 3, f"{name}dwconv2", strides=block.strides)
    x = stack.act(stack.bn(x, f"{name}bn"), "swish", f"{name}activation")
    x = squeeze(stack, x, before.channels, name)
    x = stack.conv(x, block.filters, 1, f"{name}project_conv", padding="same", use_bias=False)
    return _end(stack, stack.bn(x, f"{name}project_bn"), before, block)


def _fused(stack: Stack, x: Image, block: Block) -> Image:
    """Expand and filter in one, then project; the filter projects if nothing is expanded."""
    before, name = x, block.name
    kernel, strides = 3, block.strides
    if block.expansion != 1:
        filters = multiply(x.channels, block.expansion)
        x = stack.conv(
            x,
            filters,
            3,
            f"{name}expand_conv",
            strides=strides,
            padding="same",
            use_bias=False,
        )
        x = stack.act(stack.bn(x, f"{name}expand_bn"), "swish", f"{name}expand_activation")
        kernel, strides = 1, 1
    x = stack.conv(
        x,
        block.filters,
        kernel,
        f"{name}project_conv",
        strides=strides,
        padding="same",
        use_bias=False,
    )
    x = stack.bn(x, f"{name}project_bn")
    if block.expansion == 1:
        x = stack.act(x, "swish", f"{name}project_activation")
    return _end(stack, x, before, block)


def _end(stack: Stack, x: Image, before: Image, block: Block) -> Image:
    if block.strides == 1 and before.channels == block.filters:
        return shortcut(stack, x, before, block.drop_rate, block.name)
    return x
