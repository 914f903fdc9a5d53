"""Builds a blueprint layer by layer, as the functions of Keras do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keraslint.knowledge.applications.blueprint import GIVEN, Entry
from keraslint.knowledge.applications.imagenet_utils import padding as padding_for
from keraslint.knowledge.applications.imagenet_utils import validate_activation
from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.arguments import as_dim, number, strict_positive_int
from keraslint.knowledge.faults import Fault
from keraslint.tensors import windows
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, add, multiply, subtract, total
from keraslint.tensors.specs import TensorSpec

Pair = tuple[int, int]
Pads = tuple[tuple[Dim, Dim], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """The output of an entry, as far as the layers behind it depend on its size."""

    index: int
    rows: Dim
    cols: Dim
    channels: Dim


def pair(value: int | Pair) -> Pair:
    """An integer for both axes, or one for each."""
    return (value, value) if isinstance(value, int) else value


class Stack:
    """The entries so far.

    Attributes:
        entries: in order of creation.
        input: as `Blueprint` has it.
        output: likewise.
        complete: likewise.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.input = 0
        self.output: int | None = None
        self.complete = True

    def start(self, options: Options, shape: Any) -> Image:
        """The model's input: a new one of ``shape``, or the tensor given."""
        if options.tensor is None:
            arguments = {"shape": shape}
            index = self.enter("InputLayer", None, arguments, (), {"shape": "input_shape"})
            known = isinstance(shape, (tuple, list)) and len(shape) == 3
            return Image(index, *(map(as_dim, shape) if known else (UNKNOWN,) * 3))
        self.input = GIVEN
        self.complete = isinstance(options.tensor, TensorSpec)
        dims = options.tensor.shape if isinstance(options.tensor, TensorSpec) else UNKNOWN
        if isinstance(dims, Unknown) or len(dims) != 4:
            return Image(GIVEN, UNKNOWN, UNKNOWN, UNKNOWN)
        return Image(GIVEN, *dims[1:])

    def enter(
        self,
        class_name: str,
        name: str | None | Unknown,
        arguments: Mapping[str, Any],
        inbound: tuple[int, ...],
        origin: Mapping[str, str] | None = None,
    ) -> int:
        """Note a layer.

        Args:
            class_name: as `Entry` has it, like the next three.
            name: its name.
            arguments: its arguments.
            inbound: what it takes.
            origin: which arguments come from which of the application's. Only then may they be
                wrong, and are checked.

        Raises:
            Fault: Keras refuses such an argument; the application's is blamed.
        """
        entry = Entry(class_name, name, arguments, inbound)
        if origin is not None:
            try:
                entry.layer()
            except Fault as fault:
                fault.argument = origin.get(fault.argument or "", fault.argument)
                raise
        self.entries.append(entry)
        return len(self.entries) - 1

    def layer(
        self,
        class_name: str,
        x: Image,
        name: str | None | Unknown = None,
        origin: Mapping[str, str] | None = None,
        **arguments: Any,
    ) -> Image:
        """A layer that leaves the size alone, or behind which it does not matter."""
        index = self.enter(class_name, name, arguments, (x.index,), origin)
        return Image(index, x.rows, x.cols, x.channels)

    def conv(
        self,
        x: Image,
        filters: Any,
        kernel: int | Pair,
        name: str | None | Unknown = None,
        *,
        strides: int = 1,
        padding: str = "valid",
        origin: Mapping[str, str] | None = None,
        **arguments: Any,
    ) -> Image:
        """``Conv2D``."""
        sizes = {"filters": filters, "kernel_size": kernel, "strides": strides, "padding": padding}
        index = self.enter("Conv2D", name, {**sizes, **arguments}, (x.index,), origin)
        return self._window(x, index, pair(kernel), as_dim(filters))

    def separable(
        self,
        x: Image,
        filters: Dim,
        kernel: int | Pair,
        name: str | None = None,
        *,
        strides: int = 1,
        padding: str = "same",
    ) -> Image:
        """``SeparableConv2D`` without bias."""
        sizes = {"filters": filters, "kernel_size": kernel, "strides": strides, "padding": padding}
        index = self.enter("SeparableConv2D", name, {**sizes, "use_bias": False}, (x.index,))
        return self._window(x, index, pair(kernel), filters)

    def depthwise(
        self,
        x: Image,
        kernel: int | Pair,
        name: str | None = None,
        *,
        strides: int = 1,
        padding: str = "same",
        multiplier: Any = 1,
        origin: Mapping[str, str] | None = None,
    ) -> Image:
        """``DepthwiseConv2D`` without bias."""
        arguments: dict[str, Any] = {
            "kernel_size": kernel,
            "strides": strides,
            "padding": padding,
            "use_bias": False,
        }
        if multiplier != 1:
            arguments["depth_multiplier"] = multiplier
        index = self.enter("DepthwiseConv2D", name, arguments, (x.index,), origin)
        channels = multiply(x.channels, as_dim(multiplier))
        return self._window(x, index, pair(kernel), channels)

    def pool(
        self,
        kind: str,
        x: Image,
        size: int | Pair,
        name: str | None = None,
        *,
        strides: int,
        padding: str = "valid",
    ) -> Image:
        """``MaxPooling2D`` or ``AveragePooling2D``; ``kind`` is their first word."""
        arguments = {"pool_size": size, "strides": strides, "padding": padding}
        index = self.enter(f"{kind}Pooling2D", name, arguments, (x.index,))
        return self._window(x, index, pair(size), x.channels)

    def _window(self, x: Image, index: int, kernel: Pair, channels: Dim) -> Image:
        """What an entry with strides and padding makes of the size."""
        strides = self.entries[index].arguments["strides"]
        if self.entries[index].arguments["padding"] == "same":
            rows, cols = windows.same(x.rows, strides), windows.same(x.cols, strides)
        else:
            rows = windows.valid(x.rows, kernel[0], strides)
            cols = windows.valid(x.cols, kernel[1], strides)
        return Image(index, rows, cols, channels)

    def pad(self, x: Image, padding: Pads, name: str | None = None) -> Image:
        """``ZeroPadding2D``."""
        index = self.enter("ZeroPadding2D", name, {"padding": padding}, (x.index,))
        rows, cols = add(x.rows, total(padding[0])), add(x.cols, total(padding[1]))
        return Image(index, rows, cols, x.channels)

    def pad_for(self, x: Image, kernel: int, name: str | None = None) -> Image:
        """``ZeroPadding2D`` as a convolution with that kernel and stride 2 needs it."""
        return self.pad(x, padding_for(x.rows, x.cols, (kernel, kernel)), name)

    def crop(self, x: Image, cropping: tuple[Pair, Pair], name: str | None = None) -> Image:
        """``Cropping2D``."""
        index = self.enter("Cropping2D", name, {"cropping": cropping}, (x.index,))
        rows, cols = subtract(x.rows, sum(cropping[0])), subtract(x.cols, sum(cropping[1]))
        return Image(index, rows, cols, x.channels)

    def bn(self, x: Image, name: str | None = None, **arguments: Any) -> Image:
        """``BatchNormalization``."""
        return self.layer("BatchNormalization", x, name, **arguments)

    def act(self, x: Image, activation: Any = "relu", name: str | None = None) -> Image:
        """``Activation``."""
        return self.layer("Activation", x, name, activation=activation)

    def add(self, *parts: Image, name: str | None = None) -> Image:
        """``Add``; the parts have one shape."""
        return self._merge("Add", parts, name)

    def multiply(self, *parts: Image, name: str | None = None) -> Image:
        """``Multiply``; the first part has the shape of the result."""
        return self._merge("Multiply", parts, name)

    def _merge(self, class_name: str, parts: tuple[Image, ...], name: str | None) -> Image:
        index = self.enter(class_name, name, {}, tuple(part.index for part in parts))
        first = parts[0]
        return Image(index, first.rows, first.cols, first.channels)

    def concat(self, *parts: Image, name: str | None = None) -> Image:
        """``Concatenate`` of channels."""
        inbound = tuple(part.index for part in parts)
        index = self.enter("Concatenate", name, {"axis": 3}, inbound)
        channels = total(part.channels for part in parts)
        return Image(index, parts[0].rows, parts[0].cols, channels)

    def operate(self, operator: str, x: Image, other: Image | float) -> Image:
        """``x + other`` or ``x * other``."""
        class_name = {"+": "Add", "*": "Multiply"}[operator]
        if isinstance(other, Image):
            entry = Entry(class_name, None, {}, (x.index, other.index), operator)
        else:
            entry = Entry(class_name, None, {"other": other}, (x.index,), operator)
        self.entries.append(entry)
        return Image(len(self.entries) - 1, x.rows, x.cols, x.channels)

    def sequential(self, x: Image, name: str | Unknown, inner: tuple[Entry, ...]) -> Image:
        """A ``Sequential`` applied as a layer; the size behind it does not matter."""
        self.entries.append(Entry("Sequential", name, {}, (x.index,), inner=inner))
        return Image(len(self.entries) - 1, UNKNOWN, UNKNOWN, UNKNOWN)

    def global_pool(
        self, kind: str, x: Image, name: str | None = None, *, keepdims: bool = False
    ) -> Image:
        """``GlobalAveragePooling2D`` or ``GlobalMaxPooling2D``."""
        arguments: dict[str, Any] = {"keepdims": True} if keepdims else {}
        return self.layer(f"Global{kind}Pooling2D", x, name, **arguments)

    def dropout(self, x: Image, options: Options, argument: str, name: str | None = None) -> Image:
        """``Dropout`` unless its rate is 0."""
        rate = number(options.arguments, argument)
        if isinstance(rate, Unknown):
            self.complete = False
            return x
        if rate <= 0:
            return x
        return self.layer("Dropout", x, name, {"rate": argument}, rate=rate)

    def classifier(
        self, x: Image, options: Options, name: str | None | Unknown = "predictions"
    ) -> Image:
        """The ``Dense`` layer that gives the classes."""
        activation = options["classifier_activation"]
        validate_activation(activation, options.weights)
        units = strict_positive_int(options.arguments, "classes")
        origin = {"units": "classes", "activation": "classifier_activation"}
        return self.layer("Dense", x, name, origin, units=units, activation=activation)

    def classes_activation(self, x: Image, options: Options) -> Image:
        """The ``Activation`` behind a classifier that is a convolution."""
        activation = options["classifier_activation"]
        validate_activation(activation, options.weights)
        origin = {"activation": "classifier_activation"}
        return self.layer("Activation", x, "predictions", origin, activation=activation)

    def pooled(
        self, x: Image, options: Options, names: tuple[str | None, str | None] = (None, None)
    ) -> Image:
        """The pooling at the end of a model without a classifier.

        Raises:
            Undecided: it is unknown which.
        """
        if options.pooling == "avg":
            return self.global_pool("Average", x, names[0])
        if options.pooling == "max":
            return self.global_pool("Max", x, names[1])
        return x
