"""MobileNetV3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from keraslint.knowledge.applications.mobilenet_v2 import check_tensor_shape, stays
from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.sizes import rows_and_cols
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.applications.widths import Factor, alpha_of, check_alpha, rounded
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.specs import TensorSpec


@dataclass(frozen=True, slots=True)
class Block:
    """One block: ``wide`` kernels, ``squeezed`` channels are weighed, ``hard`` is the swish."""

    expansion: float
    filters: int
    strides: int
    wide: bool = False
    squeezed: bool = False
    hard: bool = False


ALL = (True, True, True)
BLOCKS = {
    "MobileNetV3Small": (
        Block(1, 16, 2, squeezed=True),
        *(Block(72 / 16, 24, 2), Block(88 / 24, 24, 1), Block(4, 40, 2, *ALL)),
        *(Block(6, 40, 1, *ALL), Block(6, 40, 1, *ALL), Block(3, 48, 1, *ALL)),
        *(Block(3, 48, 1, *ALL), Block(6, 96, 2, *ALL), Block(6, 96, 1, *ALL)),
        Block(6, 96, 1, *ALL),
    ),
    "MobileNetV3Large": (
        *(Block(1, 16, 1), Block(4, 24, 2), Block(3, 24, 1)),
        *(Block(3, 40, 2, True, True), Block(3, 40, 1, True, True), Block(3, 40, 1, True, True)),
        *(Block(6, 80, 2, hard=True), Block(2.5, 80, 1, hard=True)),
        *(Block(2.3, 80, 1, hard=True), Block(2.3, 80, 1, hard=True)),
        *(Block(6, 112, 1, False, True, True), Block(6, 112, 1, False, True, True)),
        *(Block(6, 160, 2, *ALL), Block(6, 160, 1, *ALL), Block(6, 160, 1, *ALL)),
    ),
}
LAST_FILTERS = {"MobileNetV3Small": 1024, "MobileNetV3Large": 1280}


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    check_tensor_shape(options)
    shape = _input_shape(options)
    alpha = alpha_of(options)
    minimal = options.flag("minimalistic")
    check_alpha(options, alpha, (1.0,) if minimal is True else (0.75, 1.0))
    x = stack.start(options, shape)
    if options.decide("include_preprocessing"):
        x = stack.layer("Rescaling", x, scale=1 / 127.5, offset=-1.0)
    net = _Net(stack, options.decide("minimalistic"))
    x = stack.conv(x, 16, 3, "conv", strides=2, padding="same", use_bias=False)
    x = net.active(stack.bn(x, "conv_bn"), hard=True)
    for i, block in enumerate(BLOCKS[function]):
        x = net.block(x, block, rounded(block.filters, alpha), i)
    x = stack.conv(x, rounded(x.channels, 6), 1, "conv_1", padding="same", use_bias=False)
    x = net.active(stack.bn(x, "conv_1_bn"), hard=True)
    if not options.decide("include_top"):
        return stack.pooled(x, options, ("avg_pool", "max_pool"))
    return _top(net, x, options, _last(LAST_FILTERS[function], alpha))


def _input_shape(options: Options) -> Any:
    shape, tensor = options["input_shape"], options.tensor
    if shape is None and tensor is None:
        shape = (None, None, 3)
    elif shape is None:
        dims = tensor.shape if isinstance(tensor, TensorSpec) else UNKNOWN
        if isinstance(dims, Unknown) or len(dims) < 3:
            return (UNKNOWN,) * 3
        shape = (dims[2], dims[1], 3)
    if isinstance(shape, Unknown):
        return (UNKNOWN,) * 3
    rows, cols = rows_and_cols(shape)
    if (
        isinstance(rows, int)
        and isinstance(cols, int)
        and 0 not in (rows, cols)
        and min(rows, cols) < 32
    ):
        raise Fault(
            FaultKind.INVALID_VALUE,
            argument="input_shape" if tensor is None else "input_tensor",
            expected="at least 32x32",
            found=shape,
        )
    return shape


def _last(filters: int, alpha: Factor) -> Dim:
    if isinstance(alpha, Unknown):
        return alpha
    return rounded(filters, alpha) if alpha > 1 else filters


class _Net:
    """The parts that depend on whether the net is minimalistic."""

    def __init__(self, stack: Stack, minimal: bool) -> None:
        self.stack = stack
        self.minimal = minimal

    def active(self, x: Image, *, hard: bool) -> Image:
        if hard and not self.minimal:
            return self.stack.act(x, "hard_swish")
        return self.stack.layer("ReLU", x)

    def block(self, x: Image, block: Block, filters: Dim, i: int) -> Image:
        """Expand, filter each channel, weigh, project; a shortcut if the shape stays."""
        stack, before = self.stack, x
        name = f"expanded_conv_{i}" if i else "expanded_conv"
        expanded = rounded(x.channels, block.expansion)
        kernel = 5 if block.wide and not self.minimal else 3
        if i:
            x = stack.conv(x, expanded, 1, f"{name}_expand", padding="same", use_bias=False)
            x = self.active(stack.bn(x, f"{name}_expand_bn"), hard=block.hard)
        if block.strides == 2:
            x = stack.pad_for(x, kernel, f"{name}_depthwise_pad")
        padding = "same" if block.strides == 1 else "valid"
        x = stack.depthwise(x, kernel, f"{name}_depthwise", strides=block.strides, padding=padding)
        x = self.active(stack.bn(x, f"{name}_depthwise_bn"), hard=block.hard)
        if block.squeezed and not self.minimal:
            x = self.squeeze(x, expanded, f"{name}_squeeze_excite")
        x = stack.conv(x, filters, 1, f"{name}_project", padding="same", use_bias=False)
        x = stack.bn(x, f"{name}_project_bn")
        if block.strides == 1 and stays(before.channels, filters):
            return stack.add(before, x, name=f"{name}_add")
        return x

    def squeeze(self, x: Image, filters: Dim, name: str) -> Image:
        """Weigh the channels by what they are on average."""
        stack = self.stack
        weight = stack.global_pool("Average", x, f"{name}_avg_pool", keepdims=True)
        weight = stack.conv(weight, rounded(filters, 0.25), 1, f"{name}_conv", padding="same")
        weight = stack.layer("ReLU", weight, f"{name}_relu")
        weight = stack.conv(weight, filters, 1, f"{name}_conv_1", padding="same")
        weight = stack.layer("ReLU", stack.operate("+", weight, 3.0), max_value=6.0)
        weight = stack.operate("*", weight, 1 / 6)
        return stack.multiply(x, weight, name=f"{name}_mul")


def _top(net: _Net, x: Image, options: Options, filters: Dim) -> Image:
    """The classifier as convolutions."""
    stack = net.stack
    x = stack.global_pool("Average", x, keepdims=True)
    x = net.active(stack.conv(x, filters, 1, "conv_2", padding="same"), hard=True)
    x = stack.dropout(x, options, "dropout_rate")
    origin = {"filters": "classes"}
    x = stack.conv(x, options["classes"], 1, "logits", padding="same", origin=origin)
    x = stack.layer("Flatten", x)
    return stack.classes_activation(x, options)
