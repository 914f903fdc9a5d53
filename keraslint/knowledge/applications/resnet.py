"""ResNet and ResNetV2."""

from __future__ import annotations

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack

BLOCKS = {
    "ResNet50": (3, 4, 6, 3),
    "ResNet101": (3, 4, 23, 3),
    "ResNet152": (3, 8, 36, 3),
}
FILTERS = (64, 128, 256, 512)


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    second = function.endswith("V2")
    x = stack.start(options, options.input_shape(224, 32))
    x = stack.pad(x, ((3, 3), (3, 3)), "conv1_pad")
    x = stack.conv(x, 64, 7, "conv1_conv", strides=2)
    if not second:
        x = _bn_relu(stack, x, "conv1")
    x = stack.pad(x, ((1, 1), (1, 1)), "pool1_pad")
    x = stack.pool("Max", x, 3, "pool1_pool", strides=2)
    for i, blocks in enumerate(BLOCKS[function.removesuffix("V2")]):
        stage = _second_stage if second else _first_stage
        x = stage(stack, x, i, blocks)
    if second:
        x = _bn_relu(stack, x, "post")
    if not options.decide("include_top"):
        return stack.pooled(x, options, ("avg_pool", "max_pool"))
    return stack.classifier(stack.global_pool("Average", x, "avg_pool"), options)


def _bn_relu(stack: Stack, x: Image, name: str) -> Image:
    return stack.act(stack.bn(x, f"{name}_bn"), name=f"{name}_relu")


def _first_stage(stack: Stack, x: Image, stage: int, blocks: int) -> Image:
    """Each block: three convolutions beside a shortcut; the first block halves the size."""
    filters = FILTERS[stage]
    for i in range(blocks):
        name = f"conv{stage + 2}_block{i + 1}"
        strides = 2 if i == 0 and stage > 0 else 1
        shortcut = x
        if i == 0:
            shortcut = stack.conv(x, 4 * filters, 1, f"{name}_0_conv", strides=strides)
            shortcut = stack.bn(shortcut, f"{name}_0_bn")
        x = stack.conv(x, filters, 1, f"{name}_1_conv", strides=strides)
        x = _bn_relu(stack, x, f"{name}_1")
        x = stack.conv(x, filters, 3, f"{name}_2_conv", padding="same")
        x = _bn_relu(stack, x, f"{name}_2")
        x = stack.conv(x, 4 * filters, 1, f"{name}_3_conv")
        x = stack.bn(x, f"{name}_3_bn")
        x = stack.add(shortcut, x, name=f"{name}_add")
        x = stack.act(x, name=f"{name}_out")
    return x


def _second_stage(stack: Stack, x: Image, stage: int, blocks: int) -> Image:
    """Each block begins with its normalization; the last block halves the size."""
    filters = FILTERS[stage]
    for i in range(blocks):
        name = f"conv{stage + 2}_block{i + 1}"
        strides = 2 if i == blocks - 1 and stage < 3 else 1
        active = _bn_relu(stack, x, f"{name}_preact")
        shortcut = x
        if i == 0:
            shortcut = stack.conv(active, 4 * filters, 1, f"{name}_0_conv", strides=strides)
        elif strides > 1:
            shortcut = stack.pool("Max", x, 1, strides=strides)
        x = stack.conv(active, filters, 1, f"{name}_1_conv", use_bias=False)
        x = _bn_relu(stack, x, f"{name}_1")
        x = stack.pad(x, ((1, 1), (1, 1)), f"{name}_2_pad")
        x = stack.conv(x, filters, 3, f"{name}_2_conv", strides=strides, use_bias=False)
        x = _bn_relu(stack, x, f"{name}_2")
        x = stack.conv(x, 4 * filters, 1, f"{name}_3_conv")
        x = stack.add(shortcut, x, name=f"{name}_out")
    return x
