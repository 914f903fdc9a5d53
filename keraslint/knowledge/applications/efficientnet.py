"""EfficientNet."""

from __future__ import annotations

import math
from dataclasses import dataclass

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.applications.widths import rounded
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import Dim, Unknown, multiply

SCALES = {
    "EfficientNetB0": (1.0, 1.0, 224, 0.2),
    "EfficientNetB1": (1.0, 1.1, 240, 0.2),
    "EfficientNetB2": (1.1, 1.2, 260, 0.3),
    "EfficientNetB3": (1.2, 1.4, 300, 0.3),
    "EfficientNetB4": (1.4, 1.8, 380, 0.4),
    "EfficientNetB5": (1.6, 2.2, 456, 0.4),
    "EfficientNetB6": (1.8, 2.6, 528, 0.5),
    "EfficientNetB7": (2.0, 3.1, 600, 0.5),
}
"""Width, depth, size of images, rate of the dropout before the classifier."""

STAGES = (
    (1, 16, 3, 1, 1),
    (2, 24, 3, 2, 6),
    (2, 40, 5, 2, 6),
    (3, 80, 3, 2, 6),
    (3, 112, 5, 1, 6),
    (4, 192, 5, 2, 6),
    (1, 320, 3, 1, 6),
)
"""Repeats, filters, kernel, strides, expansion."""

DEVIATIONS = (0.229, 0.224, 0.225)
DROP_RATE = 0.2


@dataclass(frozen=True, slots=True)
class Block:
    """What one block is made of."""

    name: str
    filters: Dim
    kernel: int
    strides: int
    expansion: int
    drop_rate: float


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    width, depth, size, rate = SCALES[function]
    x = stack.start(options, options.input_shape(size, 32))
    x = stack.layer("Rescaling", x, scale=1 / 255)
    x = stack.layer("Normalization", x, axis=3)
    if isinstance(options.pretrained, Unknown):
        stack.complete = False
    elif options.pretrained:
        scale = [1 / math.sqrt(deviation) for deviation in DEVIATIONS]
        x = stack.layer("Rescaling", x, scale=scale)
    x = stack.pad_for(x, 3, "stem_conv_pad")
    x = stack.conv(x, rounded(32, width), 3, "stem_conv", strides=2, use_bias=False)
    x = stack.act(stack.bn(x, "stem_bn"), "swish", "stem_activation")
    for block in _blocks(width, depth):
        x = _block(stack, x, block)
    x = stack.conv(x, rounded(1280, width), 1, "top_conv", padding="same", use_bias=False)
    x = stack.act(stack.bn(x, "top_bn"), "swish", "top_activation")
    _check_name(options)
    if not options.decide("include_top"):
        return stack.pooled(x, options, ("avg_pool", "max_pool"))
    x = stack.global_pool("Average", x, "avg_pool")
    return stack.classifier(stack.layer("Dropout", x, "top_dropout", rate=rate), options)


def _check_name(options: Options) -> None:
    """The file of pretrained weights is named after the model."""
    if options.pretrained is True and options["name"] is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="name", expected="a string", found=None)


def _blocks(width: float, depth: float) -> list[Block]:
    repeats = [math.ceil(depth * stage[0]) for stage in STAGES]
    blocks: list[Block] = []
    for i, (_, filters, kernel, strides, expansion) in enumerate(STAGES):
        for j in range(repeats[i]):
            name = f"block{i + 1}{chr(ord('a') + j)}_"
            drop_rate = DROP_RATE * len(blocks) / sum(repeats)
            own = 1 if j else strides
            blocks.append(Block(name, rounded(filters, width), kernel, own, expansion, drop_rate))
    return blocks


def _block(stack: Stack, x: Image, block: Block) -> Image:
    """Expand, filter each channel, weigh, project; a shortcut if the shape stays."""
    before, name = x, block.name
    filters = multiply(x.channels, block.expansion)
    if block.expansion != 1:
        x = stack.conv(x, filters, 1, f"{name}expand_conv", padding="same", use_bias=False)
        x = stack.act(stack.bn(x, f"{name}expand_bn"), "swish", f"{name}expand_activation")
    if block.strides == 2:
        x = stack.pad_for(x, block.kernel, f"{name}dwconv_pad")
    padding = "valid" if block.strides == 2 else "same"
    x = stack.depthwise(x, block.kernel, f"{name}dwconv", strides=block.strides, padding=padding)
    x = stack.act(stack.bn(x, f"{name}bn"), "swish", f"{name}activation")
    x = squeeze(stack, x, before.channels, name)
    x = stack.conv(x, block.filters, 1, f"{name}project_conv", padding="same", use_bias=False)
    x = stack.bn(x, f"{name}project_bn")
    if block.strides == 1 and before.channels == block.filters:
        return shortcut(stack, x, before, block.drop_rate, name)
    return x


def squeeze(stack: Stack, x: Image, before: Dim, name: str) -> Image:
    """Weigh the channels by what they are on average."""
    reduced = max(1, before // 4) if isinstance(before, int) else before
    weight = stack.global_pool("Average", x, f"{name}se_squeeze")
    weight = stack.layer("Reshape", weight, f"{name}se_reshape", target_shape=(1, 1, x.channels))
    weight = stack.conv(weight, reduced, 1, f"{name}se_reduce", padding="same", activation="swish")
    weight = stack.conv(
        weight, x.channels, 1, f"{name}se_expand", padding="same", activation="sigmoid"
    )
    return stack.multiply(x, weight, name=f"{name}se_excite")


def shortcut(stack: Stack, x: Image, before: Image, rate: float, name: str) -> Image:
    """Add what was before the block, which is dropped at some rate."""
    if rate > 0:
        noise_shape = (None, 1, 1, 1)
        x = stack.layer("Dropout", x, f"{name}drop", rate=rate, noise_shape=noise_shape)
    return stack.add(x, before, name=f"{name}add")
