"""ConvLSTM1D, ConvLSTM2D, ConvLSTM3D: an LSTM over images whose products are convolutions."""

from __future__ import annotations

from typing import Any, ClassVar

from keraslint.knowledge.arguments import (
    activation,
    as_dim,
    choice,
    compute_dtype,
    constraint,
    data_format,
    flag,
    has_float,
    initializer,
    int_tuple,
    plain,
    regularizer,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Weight, when
from keraslint.knowledge.layers.conv import exceeds_1
from keraslint.knowledge.layers.recurrent import RNN, sequences
from keraslint.knowledge.layers.recurrent_cells import (
    NOT_NUMBERS,
    check_dropout,
    check_forget_bias,
)
from keraslint.knowledge.layers.spatial import AXES, Dims, refuse_empty, slide
from keraslint.tensors import windows
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, multiply
from keraslint.tensors.shapes import unknown
from keraslint.tensors.specs import Nest, TensorSpec


class ConvLSTM(RNN):
    """``(batch, steps, …, channels)`` → ``(batch, [steps,] …, filters)``.

    The convolution of the input may shrink the image, that of the state never does. Weights, for a
    kernel of k positions: k·channels·4·filters + k·filters·4·filters + 4·filters.
    """

    spatial_rank: ClassVar[int]
    extra_arguments = frozenset(("unroll", "zero_output_for_mask"))

    def configure(self) -> None:
        """Check the window, its padding, and what makes and holds the weights."""
        n = self.spatial_rank
        self.filters = self.check_filters()
        self.kernel_size = int_tuple(self.arguments, "kernel_size", n)
        self.strides = int_tuple(self.arguments, "strides", n, allow_zero=True)
        self.padding = choice(self.arguments, "padding", ("valid", "same"), fold_case=True)
        self.data_format = data_format(self.arguments)
        self.dilation = int_tuple(self.arguments, "dilation_rate", n)
        if exceeds_1(self.strides) and exceeds_1(self.dilation):
            raise Fault(
                FaultKind.STRIDES_WITH_DILATION,
                argument="dilation_rate",
                found=self.arguments["dilation_rate"],
                strides=self.arguments["strides"],
            )
        activation(self.arguments, "activation")
        activation(self.arguments, "recurrent_activation")
        self.use_bias = flag(self.arguments, "use_bias")
        for part in ("kernel", "recurrent", "bias"):
            initializer(self.arguments, f"{part}_initializer")
            regularizer(self.arguments, f"{part}_regularizer")
            constraint(self.arguments, f"{part}_constraint")
        check_dropout(self)
        super().configure()
        self.ndim = n + 3

    def make_cell(self) -> Any:
        """The cell stays inside: this layer knows its shapes and weights itself."""
        return UNKNOWN

    def check_filters(self) -> Dim:
        """The number of filters, of which Keras checks nothing before it builds the layer."""
        value = plain(self.arguments["filters"])
        return int(value) if isinstance(value, bool) else as_dim(value)

    def refuse_filters(self) -> None:
        """Raise what Keras raises when it makes the weights."""
        value = self.arguments["filters"]
        if value is None or isinstance(value, (float, *NOT_NUMBERS)):
            self.refuse("filters", "an integer")
        if isinstance(self.filters, int) and self.filters < 0:
            self.refuse("filters", ">= 1")

    def refuse(self, argument: str, expected: str) -> None:
        """Raise the fault about a size."""
        kind = FaultKind.INVALID_VALUE if expected.startswith(">") else FaultKind.ARGUMENT_TYPE
        raise Fault(kind, argument=argument, expected=expected, found=self.arguments[argument])

    def step_shape(self, call: Call) -> Dims:
        """The shape of the input at one step."""
        shape = sequences(call)
        if isinstance(shape, Unknown):
            return unknown(self.spatial_rank + 2)
        return (shape[0], *shape[2:])

    def build(self, call: Call) -> tuple[Weight, ...]:
        """A kernel for the input and one for the state. All but batch and steps must be known."""
        step = self.step_shape(call)
        shape = sequences(call)
        if None in step[1:]:
            raise Fault(
                FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=step.index(None, 1) + 1
            )
        if self.stateful is True and step[0] is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=0, stateful=True)
        self.refuse_filters()
        if has_float(self.arguments["kernel_size"]):
            self.refuse("kernel_size", "an integer")
        check_forget_bias(self, self.use_bias)
        width = multiply(self.filters, 4)
        return (
            Weight((*self.kernel_size, self.channels(step), width)),
            Weight((*self.kernel_size, self.filters, width), name="recurrent_kernel"),
            *when(self.use_bias, Weight((width,), name="bias")),
        )

    def channels(self, step: Dims) -> Dim:
        """The channels of the input at one step."""
        if isinstance(self.data_format, Unknown):
            return UNKNOWN
        return step[1 if self.data_format == "channels_first" else -1]

    def step_output(self, shape: Dims) -> Dims:
        """The shape of the output of one step."""
        batch = shape[0]
        if isinstance(self.data_format, Unknown):
            return (batch, *unknown(self.spatial_rank + 1))
        if self.data_format == "channels_first":
            return (batch, self.filters, *self.resize(shape[3:], shape))
        return (batch, *self.resize(shape[2:-1], shape), self.filters)

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """The spatial dims behind the convolution of the input.

        Raises:
            Fault: the window does not fit, or a stride is 0.
        """
        if isinstance(self.padding, Unknown):
            return unknown(len(spatial))
        if 0 in self.strides:
            self.refuse("strides", ">= 1")
        if self.padding == "same":
            return slide(spatial, lambda i, dim: windows.same(dim, self.strides[i]))
        return refuse_empty(slide(spatial, self.window), shape)

    def window(self, axis: int, dim: Dim) -> Dim:
        """The number of positions of the window along an axis."""
        return windows.valid(dim, self.kernel_size[axis], self.strides[axis], self.dilation[axis])

    def states(self, step: Dims) -> list[Nest]:
        """Two states like the output of one step."""
        return [TensorSpec(step, compute_dtype(self.arguments))] * 2


class ConvLSTM1D(ConvLSTM):
    """`ConvLSTM` over ``(batch, time, steps, channels)``."""

    names = ("ConvLSTM1D",)
    axes = ("time", *AXES[1])
    spatial_rank = 1


class ConvLSTM2D(ConvLSTM):
    """`ConvLSTM` over ``(batch, time, rows, cols, channels)``."""

    names = ("ConvLSTM2D",)
    axes = ("time", *AXES[2])
    spatial_rank = 2


class ConvLSTM3D(ConvLSTM):
    """`ConvLSTM` over ``(batch, time, depth, rows, cols, channels)``."""

    names = ("ConvLSTM3D",)
    axes = ("time", *AXES[3])
    spatial_rank = 3
