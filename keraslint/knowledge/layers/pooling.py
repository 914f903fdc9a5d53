"""Pooling: windows, whole axes, or a fixed number of cells become their maximum or average."""

from __future__ import annotations

from keraslint.knowledge.arguments import as_dim, choice, flag, int_tuple, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, single, tensor
from keraslint.knowledge.layers.spatial import AXES, Dims, Spatial, refuse_empty, slide
from keraslint.tensors import windows
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.specs import Nest


def listed(layer: Spatial, call: Call) -> Nest:
    """What Keras gives for a list of one tensor, which it takes for a shape: the tensor twice.

    Raises:
        Fault: the input is a dict, or the channels would come first.
    """
    if not isinstance(call.first, (list, tuple)) or layer.data_format == "channels_first":
        return single(call.first)
    if isinstance(layer.data_format, Unknown):
        return UNKNOWN
    spec = tensor(call.first)
    return (spec, spec)


class Pooling(Spatial):
    """``(batch, *spatial, c)`` → ``(batch, *fewer, c)``."""

    def configure(self) -> None:
        """Check the window; its padding is checked only when the layer is called."""
        n = self.spatial_rank
        self.pool_size = int_tuple(self.arguments, "pool_size", n)
        self.strides = self.pool_size
        if self.arguments["strides"] is not None:
            self.strides = int_tuple(self.arguments, "strides", n, allow_zero=True)
        super().configure()

    def output(self, call: Call) -> Nest:
        """The input with its spatial dims changed; of a list with more than one such dim nothing.

        Raises:
            Fault: as `resize`, or a list.
        """
        if not isinstance(call.first, (list, tuple, dict)):
            return super().output(call)
        self.check_padding()
        return listed(self, call) if self.spatial_rank == 1 else single(call.first)

    def check_padding(self) -> str | Unknown:
        """The padding, only in this case."""
        return choice(self.arguments, "padding", ("valid", "same"))

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """Where the window fits.

        Raises:
            Fault: padding in another case or unknown, strides of 0, or no room for the window.
        """
        padding = self.check_padding()
        if 0 in self.strides:
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="strides",
                expected=">= 1",
                found=self.arguments["strides"],
            )
        if isinstance(padding, Unknown):
            return slide(spatial, lambda *_: UNKNOWN)
        if padding == "same":
            return slide(spatial, lambda i, dim: windows.same(dim, self.strides[i]))
        return refuse_empty(slide(spatial, self.inside), shape)

    def inside(self, axis: int, dim: Dim) -> Dim:
        """The positions of the window inside an unpadded axis."""
        return windows.valid(dim, self.pool_size[axis], self.strides[axis])


class MaxPooling1D(Pooling):
    """``(batch, steps, channels)`` → ``(batch, steps', channels)``."""

    names = ("MaxPooling1D", "MaxPool1D")
    axes = AXES[1]
    spatial_rank = 1


class MaxPooling2D(Pooling):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', channels)``."""

    names = ("MaxPooling2D", "MaxPool2D")
    axes = AXES[2]
    spatial_rank = 2


class MaxPooling3D(Pooling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth', rows', cols', channels)``."""

    names = ("MaxPooling3D", "MaxPool3D")
    axes = AXES[3]
    spatial_rank = 3


class AveragePooling1D(Pooling):
    """``(batch, steps, channels)`` → ``(batch, steps', channels)``."""

    names = ("AveragePooling1D", "AvgPool1D")
    axes = AXES[1]
    spatial_rank = 1


class AveragePooling2D(Pooling):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', channels)``."""

    names = ("AveragePooling2D", "AvgPool2D")
    axes = AXES[2]
    spatial_rank = 2


class AveragePooling3D(Pooling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth', rows', cols', channels)``."""

    names = ("AveragePooling3D", "AvgPool3D")
    axes = AXES[3]
    spatial_rank = 3


class GlobalPooling(Spatial):
    """``(batch, *spatial, c)`` → ``(batch, c)``, or ``(batch, 1, …, c)`` with ``keepdims``."""

    def configure(self) -> None:
        """See whether the spatial axes stay."""
        super().configure()
        self.keepdims = flag(self.arguments, "keepdims")

    def output(self, call: Call) -> Nest:
        """The input with its spatial axes dropped or of size 1."""
        if isinstance(call.first, (list, tuple, dict)):
            return listed(self, call)
        if isinstance(self.keepdims, Unknown):
            return self.result(UNKNOWN)
        if self.keepdims:
            return super().output(call)
        shape = self.input_shape(call)
        return self.result((shape[0], self.channels(shape)))

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """One cell for each axis."""
        return (1,) * len(spatial)


class GlobalMaxPooling1D(GlobalPooling):
    """``(batch, steps, channels)`` → ``(batch, channels)``."""

    names = ("GlobalMaxPooling1D", "GlobalMaxPool1D")
    axes = AXES[1]
    spatial_rank = 1


class GlobalMaxPooling2D(GlobalPooling):
    """``(batch, rows, cols, channels)`` → ``(batch, channels)``."""

    names = ("GlobalMaxPooling2D", "GlobalMaxPool2D")
    axes = AXES[2]
    spatial_rank = 2


class GlobalMaxPooling3D(GlobalPooling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, channels)``."""

    names = ("GlobalMaxPooling3D", "GlobalMaxPool3D")
    axes = AXES[3]
    spatial_rank = 3


class GlobalAveragePooling1D(GlobalPooling):
    """``(batch, steps, channels)`` → ``(batch, channels)``."""

    names = ("GlobalAveragePooling1D", "GlobalAvgPool1D")
    masking = "lost"
    call_arguments = ("inputs", "mask")
    axes = AXES[1]
    spatial_rank = 1


class GlobalAveragePooling2D(GlobalPooling):
    """``(batch, rows, cols, channels)`` → ``(batch, channels)``."""

    names = ("GlobalAveragePooling2D", "GlobalAvgPool2D")
    axes = AXES[2]
    spatial_rank = 2


class GlobalAveragePooling3D(GlobalPooling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, channels)``."""

    names = ("GlobalAveragePooling3D", "GlobalAvgPool3D")
    axes = AXES[3]
    spatial_rank = 3


class AdaptivePooling(Spatial):
    """``(batch, *spatial, c)`` → ``(batch, *output_size, c)``, whatever the input's rank."""

    def configure(self) -> None:
        """Check the output size and the data format, which Keras takes in this case only."""
        self.output_size = self.check_output_size()
        self.data_format = "channels_last"
        given = self.arguments["data_format"]
        if isinstance(given, Unknown) or given:
            self.data_format = choice(
                self.arguments, "data_format", ("channels_last", "channels_first")
            )

    def check_output_size(self) -> Dims:
        """One int, or one value for each axis; the values are not looked at."""
        n = self.spatial_rank
        value = self.arguments["output_size"]
        if isinstance(value, (int, Expr, Unknown)):
            return (as_dim(value),) * n
        if not isinstance(value, (tuple, list)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="output_size", expected="an integer", found=value
            )
        if len(value) != n:
            raise Fault(
                FaultKind.KERNEL_DIMENSIONALITY, argument="output_size", expected=n, found=value
            )
        return tuple(as_dim(item) for item in value)

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """The output size.

        Raises:
            Fault: it is no shape.
        """
        value = self.arguments["output_size"]
        for item in value if isinstance(value, (tuple, list)) else (value,):
            item = plain(item)
            if isinstance(item, (float, str, tuple, list)):
                raise Fault(
                    FaultKind.ARGUMENT_TYPE,
                    argument="output_size",
                    expected="an integer",
                    found=value,
                )
            if isinstance(item, int) and item < 0:
                raise Fault(
                    FaultKind.INVALID_VALUE, argument="output_size", expected=">= 0", found=value
                )
        return self.output_size


class AdaptiveMaxPooling1D(AdaptivePooling):
    """``(batch, steps, channels)`` → ``(batch, *output_size, channels)``."""

    names = ("AdaptiveMaxPooling1D",)
    axes = AXES[1]
    spatial_rank = 1


class AdaptiveMaxPooling2D(AdaptivePooling):
    """``(batch, rows, cols, channels)`` → ``(batch, *output_size, channels)``."""

    names = ("AdaptiveMaxPooling2D",)
    axes = AXES[2]
    spatial_rank = 2


class AdaptiveMaxPooling3D(AdaptivePooling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, *output_size, channels)``."""

    names = ("AdaptiveMaxPooling3D",)
    axes = AXES[3]
    spatial_rank = 3


class AdaptiveAveragePooling1D(AdaptivePooling):
    """``(batch, steps, channels)`` → ``(batch, *output_size, channels)``."""

    names = ("AdaptiveAveragePooling1D",)
    axes = AXES[1]
    spatial_rank = 1


class AdaptiveAveragePooling2D(AdaptivePooling):
    """``(batch, rows, cols, channels)`` → ``(batch, *output_size, channels)``."""

    names = ("AdaptiveAveragePooling2D",)
    axes = AXES[2]
    spatial_rank = 2


class AdaptiveAveragePooling3D(AdaptivePooling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, *output_size, channels)``."""

    names = ("AdaptiveAveragePooling3D",)
    axes = AXES[3]
    spatial_rank = 3
