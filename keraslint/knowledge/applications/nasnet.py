"""NASNet-A."""

from __future__ import annotations

from dataclasses import dataclass

from keraslint.knowledge.applications.options import Options, Undecided
from keraslint.knowledge.applications.stack import Image, Stack
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import Dim


@dataclass(frozen=True, slots=True)
class Configuration:
    """How large a net is.

    Attributes:
        stem: filters of the first convolution.
        filters: those of the first normal cells.
        cells: how many normal cells follow each other.
        size: rows and columns of the images.
        skips: whether a cell behind a reduction looks back beyond it.
    """

    stem: int
    filters: int
    cells: int
    size: int
    skips: bool


CONFIGURATIONS = {
    "NASNetMobile": Configuration(32, 1056 // 24, 4, 224, skips=False),
    "NASNetLarge": Configuration(96, 4032 // 24, 6, 331, skips=True),
}


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    net = CONFIGURATIONS[function]
    given = options["input_shape"]
    if given is None and function == "NASNetMobile":
        given = (224, 224, 3)
    if options.pretrained is True and isinstance(given, tuple) and None in given:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, argument="input_shape", found=given)
    x = stack.start(options, options.input_shape(net.size, 32, given))
    x = stack.bn(stack.conv(x, net.stem, 3, "stem_conv1", strides=2, use_bias=False), "stem_bn1")
    cells = _Cells(stack, x)
    cells.reduce(net.filters // 4, "stem_1")
    cells.reduce(net.filters // 2, "stem_2")
    for i in range(3):
        if i:
            skipped = cells.before
            cells.reduce(net.filters * 2**i, f"reduce_{net.cells * i}")
            if net.skips:
                cells.before = skipped
        for j in range(net.cells):
            cells.keep(net.filters * 2**i, str(net.cells * i + min(i, 1) + j))
    x = stack.act(cells.last)
    if not options.decide("include_top"):
        return stack.pooled(x, options)
    return stack.classifier(stack.global_pool("Average", x), options)


class _Cells:
    """The cells one after the other; each takes the last two outputs.

    Attributes:
        last: the output of the last cell.
        before: that of the cell before, ``None`` for the first.
    """

    def __init__(self, stack: Stack, last: Image) -> None:
        self.stack = stack
        self.last = last
        self.before: Image | None = None

    def keep(self, filters: int, name: str) -> None:
        """A normal cell: the size stays."""
        stack = self.stack
        p = self._adjusted(filters, name)
        h = self._squeezed(filters, "normal", name)
        left = self._separable(h, filters, 5, f"normal_left1_{name}")
        right = self._separable(p, filters, 3, f"normal_right1_{name}")
        first = stack.add(left, right, name=f"normal_add_1_{name}")
        left = self._separable(p, filters, 5, f"normal_left2_{name}")
        right = self._separable(p, filters, 3, f"normal_right2_{name}")
        second = stack.add(left, right, name=f"normal_add_2_{name}")
        third = stack.add(self._average(h, f"normal_left3_{name}"), p, name=f"normal_add_3_{name}")
        left, right = (self._average(p, f"normal_{side}4_{name}") for side in ("left", "right"))
        fourth = stack.add(left, right, name=f"normal_add_4_{name}")
        left = self._separable(h, filters, 3, f"normal_left5_{name}")
        fifth = stack.add(left, h, name=f"normal_add_5_{name}")
        self._advance(
            stack.concat(p, first, second, third, fourth, fifth, name=f"normal_concat_{name}")
        )

    def reduce(self, filters: int, name: str) -> None:
        """A reduction cell: half the size."""
        stack = self.stack
        p = self._adjusted(filters, name)
        h = self._squeezed(filters, "reduction", name)
        padded = stack.pad_for(h, 3, f"reduction_pad_1_{name}")
        left = self._separable(h, filters, 5, f"reduction_left1_{name}", strides=2)
        right = self._separable(p, filters, 7, f"reduction_right1_{name}", strides=2)
        first = stack.add(left, right, name=f"reduction_add_1_{name}")
        left = stack.pool("Max", padded, 3, f"reduction_left2_{name}", strides=2)
        right = self._separable(p, filters, 7, f"reduction_right2_{name}", strides=2)
        second = stack.add(left, right, name=f"reduction_add_2_{name}")
        left = stack.pool("Average", padded, 3, f"reduction_left3_{name}", strides=2)
        right = self._separable(p, filters, 5, f"reduction_right3_{name}", strides=2)
        third = stack.add(left, right, name=f"reduction_add3_{name}")
        fourth = stack.add(second, self._average(first, f"reduction_left4_{name}"))
        left = self._separable(first, filters, 3, f"reduction_left4_{name}")
        right = stack.pool("Max", padded, 3, f"reduction_right5_{name}", strides=2)
        fifth = stack.add(left, right, name=f"reduction_add4_{name}")
        self._advance(stack.concat(second, third, fourth, fifth, name=f"reduction_concat_{name}"))

    def _advance(self, x: Image) -> None:
        self.before, self.last = self.last, x

    def _adjusted(self, filters: int, name: str) -> Image:
        """The output of the cell before, in the size of the last and with so many channels."""
        p = self.before
        if p is None:
            return self.last
        if _other(p.cols, self.last.cols):
            return self._halved(p, filters, name)
        if p.channels == filters:
            return p
        stack = self.stack
        p = stack.conv(
            *(stack.act(p), filters, 1, f"adjust_conv_projection_{name}"),
            padding="same",
            use_bias=False,
        )
        return stack.bn(p, f"adjust_bn_{name}")

    def _halved(self, p: Image, filters: int, name: str) -> Image:
        """Every other pixel, and those between."""
        stack = self.stack
        p = stack.act(p, name=f"adjust_relu_1_{name}")
        first = self._picked(p, filters // 2, 1, name)
        p = stack.crop(stack.pad(p, ((0, 1), (0, 1))), ((1, 0), (1, 0)))
        second = self._picked(p, filters // 2, 2, name)
        return stack.bn(stack.concat(first, second), f"adjust_bn_{name}")

    def _picked(self, p: Image, filters: int, i: int, name: str) -> Image:
        p = self.stack.pool("Average", p, 1, f"adjust_avg_pool_{i}_{name}", strides=2)
        conv = f"adjust_conv_{i}_{name}"
        return self.stack.conv(p, filters, 1, conv, padding="same", use_bias=False)

    def _squeezed(self, filters: int, kind: str, name: str) -> Image:
        stack = self.stack
        x = stack.act(self.last)
        x = stack.conv(x, filters, 1, f"{kind}_conv_1_{name}", padding="same", use_bias=False)
        return stack.bn(x, f"{kind}_bn_1_{name}")

    def _average(self, x: Image, name: str) -> Image:
        return self.stack.pool("Average", x, 3, name, strides=1, padding="same")

    def _separable(
        self, x: Image, filters: int, kernel: int, name: str, *, strides: int = 1
    ) -> Image:
        """Two separable convolutions, the first of which may halve the size."""
        stack = self.stack
        x = stack.act(x)
        padding = "same"
        if strides > 1:
            x = stack.pad_for(x, kernel, f"separable_conv_1_pad_{name}")
            padding = "valid"
        first = f"separable_conv_1_{name}"
        x = stack.separable(x, filters, kernel, first, strides=strides, padding=padding)
        x = stack.act(stack.bn(x, f"separable_conv_1_bn_{name}"))
        x = stack.separable(x, filters, kernel, f"separable_conv_2_{name}")
        return stack.bn(x, f"separable_conv_2_bn_{name}")


def _other(a: Dim, b: Dim) -> bool:
    """Whether two sizes differ.

    Raises:
        Undecided: that is unknown.
    """
    if isinstance(a, int) and isinstance(b, int):
        return a != b
    if a is None and b is None:
        return False
    raise Undecided
