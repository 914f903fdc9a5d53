"""MobileNetV2."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.applications.options import Options, Undecided
from keraslint.knowledge.applications.sizes import model_name, rows_and_cols, square
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.applications.widths import (
    Factor,
    alpha_of,
    check_alpha,
    rounded,
    truncated,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import Dim, Unknown, differ, multiply
from keraslint.tensors.specs import TensorSpec

BLOCKS = (
    *((16, 1), (24, 2), (24, 1), (32, 2), (32, 1), (32, 1), (64, 2), (64, 1), (64, 1), (64, 1)),
    *((96, 1), (96, 1), (96, 1), (160, 2), (160, 1), (160, 1), (320, 1)),
)
"""Filters and strides."""

SIZES = (96, 128, 160, 192, 224)
ALPHAS = (0.35, 0.5, 0.75, 1.0, 1.3, 1.4)


def build(_: str, options: Options, stack: Stack) -> Image:
    """The layers of the function. Raises `Fault` and `Undecided`."""
    options.check()
    check_tensor_shape(options)
    shape = options.input_shape(_default_size(options), 32)
    alpha = alpha_of(options)
    check_alpha(options, alpha, ALPHAS)
    if options.name is None:
        options.name = model_name("mobilenetv2", options, alpha, shape, SIZES)
    x = stack.start(options, shape)
    x = stack.conv(x, rounded(32, alpha), 3, "Conv1", strides=2, padding="same", use_bias=False)
    x = stack.layer("ReLU", stack.bn(x, "bn_Conv1"), "Conv1_relu", max_value=6.0)
    for i, (filters, strides) in enumerate(BLOCKS):
        x = _block(stack, x, rounded(truncated(filters, alpha), 1), strides, i)
    x = stack.conv(x, _last_filters(alpha), 1, "Conv_1", use_bias=False)
    x = stack.layer("ReLU", stack.bn(x, "Conv_1_bn"), "out_relu", max_value=6.0)
    if not options.decide("include_top"):
        return stack.pooled(x, options)
    return stack.classifier(stack.global_pool("Average", x), options)


def check_tensor_shape(options: Options) -> None:
    """Check that a tensor and a shape that are both given have the same columns.

    Raises:
        Fault: they differ.
    """
    given, tensor = options["input_shape"], options.tensor
    if given is None or not isinstance(tensor, TensorSpec) or isinstance(tensor.shape, Unknown):
        return
    _, cols = rows_and_cols(given)
    if len(tensor.shape) < 3:
        raise Fault(FaultKind.INPUT_RANK, argument="input_tensor", expected=4, found=tensor.shape)
    own = tensor.shape[2]
    if (
        (own is None) != (cols is None)
        and not isinstance(own, Unknown)
        and not isinstance(cols, Unknown)
    ):
        different = True
    else:
        different = differ(own, cols)
    if different:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="input_shape", expected=tensor.shape[1:], found=given
        )


def _default_size(options: Options) -> Dim:
    given, tensor = options["input_shape"], options.tensor
    if given is not None:
        return square(*rows_and_cols(given), SIZES)
    if tensor is None:
        return 224
    known: Any = tensor.shape if isinstance(tensor, TensorSpec) else tensor
    return square(*rows_and_cols(known if isinstance(known, Unknown) else known[1:]), SIZES)


def _last_filters(alpha: Factor) -> Dim:
    if isinstance(alpha, Unknown):
        return alpha
    return rounded(1280, alpha) if alpha > 1 else 1280


def _block(stack: Stack, x: Image, filters: Dim, strides: int, i: int) -> Image:
    """Expand, filter each channel, project; beside a shortcut if the shape stays."""
    before = x
    name = f"block_{i}" if i else "expanded_conv"
    if i:
        expanded = multiply(x.channels, 6)
        x = stack.conv(x, expanded, 1, f"{name}_expand", padding="same", use_bias=False)
        x = stack.layer(
            "ReLU", stack.bn(x, f"{name}_expand_BN"), f"{name}_expand_relu", max_value=6.0
        )
    if strides == 2:
        x = stack.pad_for(x, 3, f"{name}_pad")
    padding = "same" if strides == 1 else "valid"
    x = stack.depthwise(x, 3, f"{name}_depthwise", strides=strides, padding=padding)
    x = stack.bn(x, f"{name}_depthwise_BN")
    x = stack.layer("ReLU", x, f"{name}_depthwise_relu", max_value=6.0)
    x = stack.conv(x, filters, 1, f"{name}_project", padding="same", use_bias=False)
    x = stack.bn(x, f"{name}_project_BN")
    if strides == 1 and stays(before.channels, filters):
        return stack.add(before, x, name=f"{name}_add")
    return x


def stays(before: Dim, after: Dim) -> bool:
    """Whether two numbers of channels are the same.

    Raises:
        Undecided: at least one is unknown.
    """
    if isinstance(before, Unknown) or isinstance(after, Unknown):
        raise Undecided
    return before == after
