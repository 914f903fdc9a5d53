"""What layers over steps, images and volumes share: where the channels stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from keraslint.knowledge.arguments import compute_dtype, data_format, has_float
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, single
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.shapes import Shape, unknown
from keraslint.tensors.specs import Nest, TensorSpec

Dims = tuple[Dim, ...]

AXES = {
    1: ("steps", "channels"),
    2: ("rows", "cols", "channels"),
    3: ("depth", "rows", "cols", "channels"),
}


class Spatial(Layer):
    """A layer that changes each spatial dim on its own, and perhaps the number of channels.

    Attributes:
        spatial_rank: the number of axes beside batch and channels.
        data_format: whether the channels come last or first; set by `configure`.
    """

    spatial_rank: ClassVar[int]
    data_format: str | Unknown = "channels_last"

    def configure(self) -> None:
        """Fix the rank and find out where the channels stand."""
        self.ndim = self.spatial_rank + 2
        if "data_format" in self.arguments:
            self.data_format = data_format(self.arguments)

    def output(self, call: Call) -> Nest:
        """The input with its spatial dims and channels replaced."""
        shape = self.input_shape(call)
        spatial = self.resize(self.spatial_dims(shape), shape)
        features = self.features(shape)
        if isinstance(self.data_format, Unknown):
            changed: Dims = (shape[0], *unknown(len(spatial) + 1))
        elif self.data_format == "channels_last":
            changed = (shape[0], *spatial, features)
        else:
            changed = (shape[0], features, *spatial)
        return self.result(changed)

    def result(self, shape: Shape) -> TensorSpec:
        """A tensor of that shape in the layer's dtype."""
        return TensorSpec(shape, compute_dtype(self.arguments))

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """The output's spatial dims, given the input's and its whole shape. Raises `Fault`."""
        raise NotImplementedError

    def features(self, shape: Dims) -> Dim:
        """The output's channels."""
        return self.channels(shape)

    def input_shape(self, call: Call) -> Dims:
        """The shape of the one input, unknown dims where it is not known.

        Raises:
            Fault: a list or another nest stands where one tensor should.
        """
        shape = single(call.first).shape
        return unknown(self.spatial_rank + 2) if isinstance(shape, Unknown) else shape

    @property
    def channel_axis(self) -> int:
        """The axis of the channels, where the data format is known."""
        return 1 if self.data_format == "channels_first" else -1

    def channels(self, shape: Dims) -> Dim:
        """The channels of a shape."""
        return UNKNOWN if isinstance(self.data_format, Unknown) else shape[self.channel_axis]

    def spatial_dims(self, shape: Dims) -> Dims:
        """The spatial dims of a shape."""
        if isinstance(self.data_format, Unknown):
            return unknown(len(shape) - 2)
        return shape[1:-1] if self.data_format == "channels_last" else shape[2:]


def slide(spatial: Dims, window: Callable[[int, Dim], Dim]) -> Dims:
    """Apply ``window(axis, dim)`` to every spatial dim; a dynamic one stays dynamic."""
    return tuple(None if dim is None else window(axis, dim) for axis, dim in enumerate(spatial))


def refuse_empty(spatial: Dims, shape: Dims) -> Dims:
    """Give back spatial dims of an output for an input of that shape.

    Raises:
        Fault: one is certainly not positive; ``axis`` counts spatial axes.
    """
    for axis, dim in enumerate(spatial):
        if isinstance(dim, int) and dim <= 0:
            raise Fault(FaultKind.EMPTY_OUTPUT, input=0, found=shape, axis=axis, result=dim)
    return spatial


def refuse_floats(argument: str, by_axis: Any, spatial: Dims) -> None:
    """Refuse an argument with a float for an axis that is not dynamic: its dim would be a float.

    Raises:
        Fault: there is such an axis.
    """
    if isinstance(by_axis, (tuple, list)):
        for value, dim in zip(by_axis, spatial, strict=False):
            if has_float(value) and isinstance(dim, (int, Expr)):
                raise Fault(
                    FaultKind.ARGUMENT_TYPE, argument=argument, expected="an integer", found=by_axis
                )
