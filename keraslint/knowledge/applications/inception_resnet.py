"""Inception-ResNet v2."""

from __future__ import annotations

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Pair, Stack

Step = tuple[int, "int | Pair"]
"""Filters and kernel of a convolution."""

BRANCHES: dict[str, tuple[tuple[Step, ...], ...]] = {
    "block35": (((32, 1),), ((32, 1), (32, 3)), ((32, 1), (48, 3), (64, 3))),
    "block17": (((192, 1),), ((128, 1), (160, (1, 7)), (192, (7, 1)))),
    "block8": (((192, 1),), ((192, 1), (224, (1, 3)), (256, (3, 1)))),
}


def build(_: str, options: Options, stack: Stack) -> Image:
    """The layers of the function. Raises `Fault` and `Undecided`."""
    options.check()
    x = stack.start(options, options.input_shape(299, 75))
    x = _conv(stack, x, (32, 3), strides=2)
    x = _conv(stack, x, (32, 3), padding="valid")
    x = _conv(stack, x, (64, 3))
    x = stack.pool("Max", x, 3, strides=2)
    x = _conv(stack, x, (80, 1), padding="valid")
    x = _conv(stack, x, (192, 3), padding="valid")
    x = stack.pool("Max", x, 3, strides=2)
    x = _first_mix(stack, x)
    for i in range(1, 11):
        x = _residual(stack, x, "block35", i, 0.17)
    x = _to_17(stack, x)
    for i in range(1, 21):
        x = _residual(stack, x, "block17", i, 0.1)
    x = _to_8(stack, x)
    for i in range(1, 10):
        x = _residual(stack, x, "block8", i, 0.2)
    x = _residual(stack, x, "block8", 10, 1.0, active=False)
    x = _conv(stack, x, (1536, 1), name="conv_7b")
    if not options.decide("include_top"):
        return stack.pooled(x, options)
    return stack.classifier(stack.global_pool("Average", x, "avg_pool"), options)


def _conv(
    stack: Stack,
    x: Image,
    step: Step,
    *,
    strides: int = 1,
    padding: str = "same",
    name: str | None = None,
) -> Image:
    """A convolution, normalized and active; without padding if it halves the size."""
    padding = "valid" if strides > 1 else padding
    x = stack.conv(x, *step, name, strides=strides, padding=padding, use_bias=False)
    x = stack.bn(x, f"{name}_bn" if name else None, scale=False)
    return stack.act(x, name=f"{name}_ac" if name else None)


def _chain(stack: Stack, x: Image, *steps: Step) -> Image:
    for step in steps:
        x = _conv(stack, x, step)
    return x


def _first_mix(stack: Stack, x: Image) -> Image:
    one = _conv(stack, x, (96, 1))
    five = _chain(stack, x, (48, 1), (64, 5))
    three = _chain(stack, x, (64, 1), (96, 3), (96, 3))
    pooled = _conv(stack, stack.pool("Average", x, 3, strides=1, padding="same"), (64, 1))
    return stack.concat(one, five, three, pooled, name="mixed_5b")


def _to_17(stack: Stack, x: Image) -> Image:
    one = _conv(stack, x, (384, 3), strides=2)
    two = _conv(stack, _chain(stack, x, (256, 1), (256, 3)), (384, 3), strides=2)
    return stack.concat(one, two, stack.pool("Max", x, 3, strides=2), name="mixed_6a")


def _to_8(stack: Stack, x: Image) -> Image:
    one = _conv(stack, _chain(stack, x, (256, 1)), (384, 3), strides=2)
    two = _conv(stack, _chain(stack, x, (256, 1)), (288, 3), strides=2)
    three = _conv(stack, _chain(stack, x, (256, 1), (288, 3)), (320, 3), strides=2)
    return stack.concat(one, two, three, stack.pool("Max", x, 3, strides=2), name="mixed_7a")


def _residual(
    stack: Stack, x: Image, block: str, i: int, scale: float, *, active: bool = True
) -> Image:
    """Branches that are mixed, scaled and added to the input."""
    name = f"{block}_{i}"
    branches = [_chain(stack, x, *steps) for steps in BRANCHES[block]]
    mixed = stack.concat(*branches, name=f"{name}_mixed")
    up = stack.conv(mixed, x.channels, 1, f"{name}_conv", padding="same")
    index = stack.enter("CustomScaleLayer", None, {"scale": scale}, (x.index, up.index))
    x = Image(index, x.rows, x.cols, x.channels)
    return stack.act(x, name=f"{name}_ac") if active else x
