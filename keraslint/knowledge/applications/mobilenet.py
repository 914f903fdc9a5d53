"""MobileNet."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.sizes import model_name, rows_and_cols, square
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.applications.widths import Factor, alpha_of, check_alpha, truncated
from keraslint.knowledge.arguments import as_dim, plain
from keraslint.knowledge.faults import Fault, FaultKind

BLOCKS = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1)),
)
"""Filters and strides."""

SIZES = (128, 160, 192, 224)
ALPHAS = (0.25, 0.5, 0.75, 1.0)


def build(_: str, options: Options, stack: Stack) -> Image:
    """The layers of the function. Raises `Fault` and `Undecided`."""
    options.check()
    given = options["input_shape"]
    size = 224 if given is None else square(*rows_and_cols(given), SIZES)
    shape = options.input_shape(size, 32)
    multiplier = plain(options["depth_multiplier"])
    if options.pretrained is True and isinstance(multiplier, (int, float)) and multiplier != 1:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="depth_multiplier", expected=1, found=multiplier
        )
    alpha = alpha_of(options)
    check_alpha(options, alpha, ALPHAS)
    if options.name is None:
        options.name = model_name("mobilenet", options, alpha, shape, SIZES)
    x = _stem(stack, stack.start(options, shape), alpha)
    for i, (filters, strides) in enumerate(BLOCKS, 1):
        x = _block(stack, x, strides, i, multiplier)
        x = stack.conv(x, truncated(filters, alpha), 1, f"conv_pw_{i}", **SAME)
        x = _finish(stack, x, f"conv_pw_{i}")
    return _top(stack, x, options) if options.decide("include_top") else stack.pooled(x, options)


SAME: dict[str, Any] = {"padding": "same", "use_bias": False}


def _finish(stack: Stack, x: Image, name: str) -> Image:
    return stack.layer("ReLU", stack.bn(x, f"{name}_bn"), f"{name}_relu", max_value=6.0)


def _stem(stack: Stack, x: Image, alpha: Factor) -> Image:
    filters = truncated(32, alpha)
    if isinstance(filters, int) and filters < 1:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="alpha", expected="at least 1/32", found=alpha
        )
    x = stack.conv(x, filters, 3, "conv1", strides=2, **SAME)
    return _finish(stack, x, "conv1")


def _block(stack: Stack, x: Image, strides: int, i: int, multiplier: Any) -> Image:
    """A filter for each channel."""
    name = f"conv_dw_{i}"
    if strides > 1:
        x = stack.pad(x, ((0, 1), (0, 1)), f"conv_pad_{i}")
    x = stack.depthwise(
        x,
        3,
        name,
        strides=strides,
        padding="same" if strides == 1 else "valid",
        multiplier=multiplier,
        origin={},
    )
    return _finish(stack, x, name)


def _top(stack: Stack, x: Image, options: Options) -> Image:
    """The classifier as a convolution."""
    classes = options["classes"]
    x = stack.global_pool("Average", x, keepdims=True)
    x = stack.layer("Dropout", x, "dropout", {"rate": "dropout"}, rate=options["dropout"])
    origin = {"filters": "classes"}
    x = stack.conv(x, classes, 1, "conv_preds", padding="same", origin=origin)
    shape = (as_dim(classes),)
    x = stack.layer("Reshape", x, "reshape_2", {"target_shape": "classes"}, target_shape=shape)
    return stack.classes_activation(x, options)
