"""Convolutions: a kernel slides along the spatial axes and sees every channel, or one at a time."""

from __future__ import annotations

from typing import ClassVar

from keraslint.knowledge.arguments import (
    activation,
    choice,
    constraint,
    flag,
    has_float,
    initializer,
    int_tuple,
    plain,
    regularizer,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Weight, when
from keraslint.knowledge.layers.lora import adapted, lora_rank
from keraslint.knowledge.layers.spatial import (
    AXES,
    Dims,
    Spatial,
    refuse_empty,
    refuse_floats,
    slide,
)
from keraslint.knowledge.values import ArrayValue, NumpyScalar
from keraslint.tensors import windows
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Expr,
    Unknown,
    add,
    differ,
    floor_divide,
    modulo,
    multiply,
    subtract,
)


class Convolution(Spatial):
    """What all convolutions share.

    Attributes:
        kernels: the names of the weights that have an initializer, regularizer and constraint.
        refuses_dilated_strides: whether the constructor refuses strides together with dilation.
    """

    kernels: ClassVar[tuple[str, ...]] = ("kernel",)
    paddings: ClassVar[tuple[str, ...]] = ("valid", "same")
    refuses_dilated_strides: ClassVar[bool] = True

    def configure(self) -> None:
        """Check the window, its padding and what makes and holds the weights."""
        n = self.spatial_rank
        self.deferred: Fault | None = None
        self.kernel_size = int_tuple(self.arguments, "kernel_size", n)
        if has_float(self.arguments["kernel_size"]):
            self.defer("kernel_size")
        self.strides = int_tuple(self.arguments, "strides", n)
        self.dilation = int_tuple(self.arguments, "dilation_rate", n)
        self.padding = self.check_padding()
        super().configure()
        activation(self.arguments, "activation")
        self.use_bias = flag(self.arguments, "use_bias")
        for weight in (*self.kernels, "bias"):
            initializer(self.arguments, f"{weight}_initializer")
            regularizer(self.arguments, f"{weight}_regularizer")
            constraint(self.arguments, f"{weight}_constraint")
        self.check_sizes()
        if self.refuses_dilated_strides and exceeds_1(self.strides) and exceeds_1(self.dilation):
            raise Fault(
                FaultKind.STRIDES_WITH_DILATION,
                argument="dilation_rate",
                found=self.arguments["dilation_rate"],
                strides=self.arguments["strides"],
            )

    def check_padding(self) -> str | Unknown:
        """The padding in lower case; a list is refused only when the layer is built."""
        if isinstance(self.arguments["padding"], (list, tuple)):
            self.defer("padding", FaultKind.INVALID_VALUE, self.paddings)
            return UNKNOWN
        return choice(self.arguments, "padding", self.paddings, fold_case=True)

    def check_sizes(self) -> None:
        """Check filters and groups or the like."""
        self.filters = self.size("filters")

    def size(self, name: str) -> Dim:
        """An argument that becomes the size of a weight.

        Keras compares it with 0 when it constructs the layer and finds out only when it builds it
        whether it is an integer at all.
        """
        value = plain(self.arguments[name])
        if isinstance(value, (Unknown, Expr)):
            return value
        if value is None or isinstance(value, (int, float)):
            if value is not None and value <= 0:
                raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=">= 1", found=value)
            if isinstance(value, int):
                return int(value)
            given = self.arguments[name]
            if not isinstance(given, NumpyScalar) or given.dtype == "float64":
                self.defer(name)  # other floats of NumPy are no floats to Keras
            return UNKNOWN
        if isinstance(value, ArrayValue):
            return UNKNOWN
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)

    def defer(
        self,
        argument: str,
        kind: FaultKind = FaultKind.ARGUMENT_TYPE,
        expected: object = "an integer",
    ) -> None:
        """Remember an argument that Keras refuses as soon as the layer is built."""
        self.deferred = self.deferred or Fault(
            kind, argument=argument, expected=expected, found=self.arguments[argument]
        )

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Fix the channels, see that the window fits and make the weights."""
        shape = self.input_shape(call)
        channels = self.known_channels(shape)
        if not isinstance(self.data_format, Unknown):
            self.fixed_axes = {self.channel_axis: channels}
        self.check_channels(channels, shape)
        if self.deferred:
            raise self.deferred
        self.resize(self.spatial_dims(shape), shape)
        bias = when(self.use_bias, Weight((self.features(shape),), name="bias"))
        return (*self.kernel_weights(channels), *bias)

    def known_channels(self, shape: Dims) -> Dim:
        """The channels, which must not be dynamic."""
        channels = self.channels(shape)
        if channels is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=self.channel_axis)
        return channels

    def check_channels(self, channels: Dim, shape: Dims) -> None:
        """Check whether the layer takes that many channels."""

    def kernel_weights(self, channels: Dim) -> tuple[Weight, ...]:
        """The weights without the bias."""
        raise NotImplementedError

    def features(self, shape: Dims) -> Dim:
        """The number of filters."""
        return self.filters

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """Where the dilated kernel fits."""
        if isinstance(self.padding, Unknown):
            return slide(spatial, lambda *_: UNKNOWN)
        if self.padding != "valid":
            return slide(spatial, lambda i, dim: windows.same(dim, self.strides[i]))
        return refuse_empty(slide(spatial, self.inside), shape)

    def inside(self, axis: int, dim: Dim) -> Dim:
        """The positions of the kernel inside an unpadded axis."""
        return windows.valid(dim, self.kernel_size[axis], self.strides[axis], self.dilation[axis])


class Conv(Convolution):
    """``(batch, *spatial, c)`` → ``(batch, *spatial', filters)``; weights k·(c/groups)·f + f."""

    extra_arguments = frozenset(("lora_rank", "lora_alpha"))

    def check_sizes(self) -> None:
        """Filters fall into groups of one size."""
        super().check_sizes()
        self.groups = self.size("groups")
        if self.groups is None:
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="groups", expected="an integer")
        if self.filters is not None and differ(modulo(self.filters, self.groups), 0):
            raise Fault(
                FaultKind.GROUPS, argument="groups", expected=self.filters, found=self.groups
            )

    def check_channels(self, channels: Dim, shape: Dims) -> None:
        """Channels fall into groups of one size."""
        if differ(modulo(channels, self.groups), 0):
            raise Fault(
                FaultKind.GROUPS,
                argument="groups",
                input=0,
                expected=channels,
                found=self.groups,
                axis=self.channel_axis,
                shape=shape,
            )

    def kernel_weights(self, channels: Dim) -> tuple[Weight, ...]:
        """The kernel; with LoRA it is frozen and two thin matrices stand in for its changes."""
        within = floor_divide(channels, self.groups)
        kernel = Weight((*self.kernel_size, within, self.filters))
        return adapted(kernel, lora_rank(self.arguments, "kernel_constraint"))


class Conv1D(Conv):
    """``(batch, steps, channels)`` → ``(batch, steps', filters)``."""

    names = ("Conv1D", "Convolution1D")
    axes = AXES[1]
    spatial_rank = 1
    paddings = ("valid", "same", "causal")


class Conv2D(Conv):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', filters)``."""

    names = ("Conv2D", "Convolution2D")
    axes = AXES[2]
    spatial_rank = 2


class Conv3D(Conv):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth', rows', cols', filters)``."""

    names = ("Conv3D", "Convolution3D")
    axes = AXES[3]
    spatial_rank = 3


class ConvTranspose(Convolution):
    """``(batch, *spatial, c)`` → ``(batch, *larger, filters)``; weights k·f·c + f."""

    def configure(self) -> None:
        """Output padding must stay below the strides."""
        self.output_padding: Dims | None = None
        super().configure()

    def check_sizes(self) -> None:
        """Filters, and output padding that stays below the strides."""
        super().check_sizes()
        if self.arguments["output_padding"] is None:
            return
        self.output_padding = int_tuple(
            self.arguments, "output_padding", self.spatial_rank, allow_zero=True
        )
        for axis, (extra, stride) in enumerate(zip(self.output_padding, self.strides, strict=True)):
            if isinstance(extra, int) and isinstance(stride, int) and extra >= stride:
                raise Fault(
                    FaultKind.INVALID_VALUE,
                    argument="output_padding",
                    expected=f"< {stride}",
                    found=self.arguments["output_padding"],
                    axis=axis,
                )

    def check_padding(self) -> str | Unknown:
        """The padding in lower case; a list is refused only where there is a length to compute."""
        if isinstance(self.arguments["padding"], (list, tuple)):
            return UNKNOWN
        return super().check_padding()

    def kernel_weights(self, channels: Dim) -> tuple[Weight, ...]:
        """The kernel, filters before channels."""
        return (Weight((*self.kernel_size, self.filters, channels)),)

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """The length from which a convolution would make this one.

        Raises:
            Fault: a float among the sizes, or a list for padding, unless every dim is dynamic.
        """
        padding = self.arguments["padding"]
        if isinstance(padding, (list, tuple)) and any(isinstance(dim, int) for dim in spatial):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="padding", expected=self.paddings, found=padding
            )
        for name in ("strides", "dilation_rate", "output_padding"):
            refuse_floats(name, self.arguments[name], spatial)
        return slide(spatial, self.spread)

    def spread(self, axis: int, dim: Dim) -> Dim:
        """The length of one axis."""
        stride = self.strides[axis]
        extent = windows.effective(self.kernel_size[axis], self.dilation[axis])
        start = multiply(subtract(dim, 1), stride)
        extra = None if self.output_padding is None else self.output_padding[axis]
        if isinstance(self.padding, Unknown):
            return UNKNOWN
        if self.padding == "valid":
            return add(start, larger(extent, stride) if extra is None else add(extent, extra))
        if extra is None:
            return multiply(dim, stride)
        return add(start, add(modulo(extent, 2), extra))


class Conv1DTranspose(ConvTranspose):
    """``(batch, steps, channels)`` → ``(batch, steps', filters)``."""

    names = ("Conv1DTranspose", "Convolution1DTranspose")
    axes = AXES[1]
    spatial_rank = 1


class Conv2DTranspose(ConvTranspose):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', filters)``."""

    names = ("Conv2DTranspose", "Convolution2DTranspose")
    axes = AXES[2]
    spatial_rank = 2


class Conv3DTranspose(ConvTranspose):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth', rows', cols', filters)``."""

    names = ("Conv3DTranspose", "Convolution3DTranspose")
    axes = AXES[3]
    spatial_rank = 3


class DepthwiseConv(Convolution):
    """``(batch, *spatial, c)`` → ``(batch, *spatial', c·m)``; weights k·c·m + c·m."""

    kernels = ("depthwise",)
    refuses_dilated_strides = False

    def check_sizes(self) -> None:
        """The filters of each channel."""
        self.multiplier = self.size("depth_multiplier")

    def kernel_weights(self, channels: Dim) -> tuple[Weight, ...]:
        """One kernel for each channel and multiplier."""
        return (Weight((*self.kernel_size, channels, self.multiplier)),)

    def features(self, shape: Dims) -> Dim:
        """Each channel gives as many as the multiplier says.

        Raises:
            Fault: the number of channels is dynamic.
        """
        return multiply(self.multiplier, self.known_channels(shape))


class DepthwiseConv1D(DepthwiseConv):
    """``(batch, steps, channels)`` → ``(batch, steps', channels·depth_multiplier)``."""

    names = ("DepthwiseConv1D",)
    axes = AXES[1]
    spatial_rank = 1


class DepthwiseConv2D(DepthwiseConv):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', channels·depth_multiplier)``."""

    names = ("DepthwiseConv2D",)
    axes = AXES[2]
    spatial_rank = 2


class SeparableConv(Convolution):
    """``(batch, *spatial, c)`` → ``(batch, *spatial', filters)``; weights k·c·m + c·m·f + f."""

    kernels = ("depthwise", "pointwise")
    refuses_dilated_strides = False

    def check_sizes(self) -> None:
        """The filters of each channel, and those that mix them."""
        self.multiplier = self.size("depth_multiplier")
        super().check_sizes()

    def kernel_weights(self, channels: Dim) -> tuple[Weight, ...]:
        """One kernel for each channel and multiplier, then one of size 1 that mixes them."""
        ones = (1,) * self.spatial_rank
        return (
            Weight((*self.kernel_size, channels, self.multiplier), name="depthwise_kernel"),
            Weight(
                (*ones, multiply(channels, self.multiplier), self.filters), name="pointwise_kernel"
            ),
        )


class SeparableConv1D(SeparableConv):
    """``(batch, steps, channels)`` → ``(batch, steps', filters)``."""

    names = ("SeparableConv1D", "SeparableConvolution1D")
    axes = AXES[1]
    spatial_rank = 1


class SeparableConv2D(SeparableConv):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', filters)``."""

    names = ("SeparableConv2D", "SeparableConvolution2D")
    axes = AXES[2]
    spatial_rank = 2


def exceeds_1(sizes: Dims) -> bool:
    """Whether one of the sizes is certainly above 1."""
    return any(isinstance(size, int) and size > 1 for size in sizes)


def larger(a: Dim, b: Dim) -> Dim:
    """The larger of two dims."""
    if a == b:
        return a
    return max(a, b) if isinstance(a, int) and isinstance(b, int) else UNKNOWN
