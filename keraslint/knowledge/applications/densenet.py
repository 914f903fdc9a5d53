"""DenseNet."""

from __future__ import annotations

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.tensors.dims import floor_divide

BLOCKS = {
    "DenseNet121": (6, 12, 24, 16),
    "DenseNet169": (6, 12, 32, 32),
    "DenseNet201": (6, 12, 48, 32),
}
GROWTH = 32


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    x = stack.start(options, options.input_shape(224, 32))
    x = stack.pad(x, ((3, 3), (3, 3)))
    x = stack.conv(x, 64, 7, "conv1_conv", strides=2, use_bias=False)
    x = stack.act(stack.bn(x, "conv1_bn"), name="conv1_relu")
    x = stack.pad(x, ((1, 1), (1, 1)))
    x = stack.pool("Max", x, 3, "pool1", strides=2)
    for i, blocks in enumerate(BLOCKS[function]):
        if i > 0:
            x = _transition(stack, x, f"pool{i + 1}")
        for j in range(blocks):
            x = _block(stack, x, f"conv{i + 2}_block{j + 1}")
    x = stack.act(stack.bn(x, "bn"), name="relu")
    if not options.decide("include_top"):
        return stack.pooled(x, options, ("avg_pool", "max_pool"))
    return stack.classifier(stack.global_pool("Average", x, "avg_pool"), options)


def _transition(stack: Stack, x: Image, name: str) -> Image:
    """Half the channels, half the size."""
    x = stack.act(stack.bn(x, f"{name}_bn"), name=f"{name}_relu")
    x = stack.conv(x, floor_divide(x.channels, 2), 1, f"{name}_conv", use_bias=False)
    return stack.pool("Average", x, 2, f"{name}_pool", strides=2)


def _block(stack: Stack, x: Image, name: str) -> Image:
    """Some more channels beside the old ones."""
    new = stack.act(stack.bn(x, f"{name}_0_bn"), name=f"{name}_0_relu")
    new = stack.conv(new, 4 * GROWTH, 1, f"{name}_1_conv", use_bias=False)
    new = stack.act(stack.bn(new, f"{name}_1_bn"), name=f"{name}_1_relu")
    new = stack.conv(new, GROWTH, 3, f"{name}_2_conv", padding="same", use_bias=False)
    return stack.concat(x, new, name=f"{name}_concat")
