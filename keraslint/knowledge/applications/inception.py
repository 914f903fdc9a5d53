"""Inception v3."""

from __future__ import annotations

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack

Step = tuple[int, int, int]
"""Filters, rows and columns of a convolution."""


def build(_: str, options: Options, stack: Stack) -> Image:
    """The layers of the function. Raises `Fault` and `Undecided`."""
    options.check()
    x = stack.start(options, options.input_shape(299, 75))
    x = _conv(stack, x, (32, 3, 3), strides=2, padding="valid")
    x = _conv(stack, x, (32, 3, 3), padding="valid")
    x = _conv(stack, x, (64, 3, 3))
    x = stack.pool("Max", x, 3, strides=2)
    x = _conv(stack, x, (80, 1, 1), padding="valid")
    x = _conv(stack, x, (192, 3, 3), padding="valid")
    x = stack.pool("Max", x, 3, strides=2)
    for i, filters in enumerate((32, 64, 64)):
        x = _squares(stack, x, filters, f"mixed{i}")
    x = _to_17(stack, x)
    for i, filters in enumerate((128, 160, 160, 192)):
        x = _sevens(stack, x, filters, f"mixed{i + 4}")
    x = _to_8(stack, x)
    for i in range(2):
        x = _wide(stack, x, i)
    if not options.decide("include_top"):
        return stack.pooled(x, options)
    return stack.classifier(stack.global_pool("Average", x, "avg_pool"), options)


def _conv(stack: Stack, x: Image, step: Step, *, strides: int = 1, padding: str = "same") -> Image:
    filters, rows, cols = step
    x = stack.conv(x, filters, (rows, cols), strides=strides, padding=padding, use_bias=False)
    return stack.act(stack.bn(x, scale=False))


def _chain(stack: Stack, x: Image, *steps: Step) -> Image:
    for step in steps:
        x = _conv(stack, x, step)
    return x


def _pooled(stack: Stack, x: Image, filters: int) -> Image:
    return _conv(stack, stack.pool("Average", x, 3, strides=1, padding="same"), (filters, 1, 1))


def _squares(stack: Stack, x: Image, filters: int, name: str) -> Image:
    """Kernels of 1, 5 and twice 3."""
    one = _conv(stack, x, (64, 1, 1))
    five = _chain(stack, x, (48, 1, 1), (64, 5, 5))
    three = _chain(stack, x, (64, 1, 1), (96, 3, 3), (96, 3, 3))
    return stack.concat(one, five, three, _pooled(stack, x, filters), name=name)


def _to_17(stack: Stack, x: Image) -> Image:
    three = _conv(stack, x, (384, 3, 3), strides=2, padding="valid")
    double = _chain(stack, x, (64, 1, 1), (96, 3, 3))
    double = _conv(stack, double, (96, 3, 3), strides=2, padding="valid")
    return stack.concat(three, double, stack.pool("Max", x, 3, strides=2), name="mixed3")


def _sevens(stack: Stack, x: Image, n: int, name: str) -> Image:
    """Kernels of 7 rows and 7 columns, once and twice."""
    one = _conv(stack, x, (192, 1, 1))
    seven = _chain(stack, x, (n, 1, 1), (n, 1, 7), (192, 7, 1))
    double = _chain(stack, x, (n, 1, 1), (n, 7, 1), (n, 1, 7), (n, 7, 1), (192, 1, 7))
    return stack.concat(one, seven, double, _pooled(stack, x, 192), name=name)


def _to_8(stack: Stack, x: Image) -> Image:
    three = _conv(stack, x, (192, 1, 1))
    three = _conv(stack, three, (320, 3, 3), strides=2, padding="valid")
    seven = _chain(stack, x, (192, 1, 1), (192, 1, 7), (192, 7, 1))
    seven = _conv(stack, seven, (192, 3, 3), strides=2, padding="valid")
    return stack.concat(three, seven, stack.pool("Max", x, 3, strides=2), name="mixed8")


def _wide(stack: Stack, x: Image, i: int) -> Image:
    """Kernels of 3 rows beside kernels of 3 columns."""
    one = _conv(stack, x, (320, 1, 1))
    three = _split(stack, _conv(stack, x, (384, 1, 1)), f"mixed9_{i}")
    double = _split(stack, _chain(stack, x, (448, 1, 1), (384, 3, 3)))
    return stack.concat(one, three, double, _pooled(stack, x, 192), name=f"mixed{9 + i}")


def _split(stack: Stack, x: Image, name: str | None = None) -> Image:
    across = _conv(stack, x, (384, 1, 3))
    return stack.concat(across, _conv(stack, x, (384, 3, 1)), name=name)
