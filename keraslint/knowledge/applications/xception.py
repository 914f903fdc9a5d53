"""Xception."""

from __future__ import annotations

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack


def build(_: str, options: Options, stack: Stack) -> Image:
    """The layers of the function. Raises `Fault` and `Undecided`."""
    options.check()
    x = stack.start(options, options.input_shape(299, 71))
    x = stack.conv(x, 32, 3, "block1_conv1", strides=2, use_bias=False)
    x = stack.act(stack.bn(x, "block1_conv1_bn"), name="block1_conv1_act")
    x = stack.conv(x, 64, 3, "block1_conv2", use_bias=False)
    x = stack.act(stack.bn(x, "block1_conv2_bn"), name="block1_conv2_act")
    for block, filters in ((2, 128), (3, 256), (4, 728)):
        x = _shrinking(stack, x, f"block{block}", filters, filters, first_active=block > 2)
    for block in range(5, 13):
        before = x
        for i in (1, 2, 3):
            x = _separable(stack, x, f"block{block}_sepconv{i}", 728)
        x = stack.add(x, before)
    x = _shrinking(stack, x, "block13", 728, 1024)
    for i, filters in ((1, 1536), (2, 2048)):
        name = f"block14_sepconv{i}"
        x = _separable(stack, x, name, filters, active=False)
        x = stack.act(x, name=f"{name}_act")
    if not options.decide("include_top"):
        return stack.pooled(x, options)
    return stack.classifier(stack.global_pool("Average", x, "avg_pool"), options)


def _separable(stack: Stack, x: Image, name: str, filters: int, *, active: bool = True) -> Image:
    if active:
        x = stack.act(x, name=f"{name}_act")
    return stack.bn(stack.separable(x, filters, 3, name), f"{name}_bn")


def _shrinking(
    stack: Stack, x: Image, name: str, first: int, second: int, *, first_active: bool = True
) -> Image:
    """Half the size, beside a shortcut that halves it too."""
    shortcut = stack.conv(x, second, 1, strides=2, padding="same", use_bias=False)
    shortcut = stack.bn(shortcut)
    x = _separable(stack, x, f"{name}_sepconv1", first, active=first_active)
    x = _separable(stack, x, f"{name}_sepconv2", second)
    x = stack.pool("Max", x, 3, f"{name}_pool", strides=2, padding="same")
    return stack.add(x, shortcut)
