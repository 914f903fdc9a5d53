"""Dense: the last axis becomes ``units``."""

from __future__ import annotations

from keraslint.knowledge.arguments import (
    activation,
    as_dim,
    constraint,
    flag,
    initializer,
    regularizer,
    strict_positive_int,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, tensor, when
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest


class Dense(Layer):
    """``(batch, …, features)`` → ``(batch, …, units)``; weights features·units + units."""

    names = ("Dense",)

    def configure(self) -> None:
        """Check units, activation, initializers, regularizers and constraints."""
        self.units = strict_positive_int(self.arguments, "units")
        activation(self.arguments, "activation")
        self.use_bias = flag(self.arguments, "use_bias")
        for part in ("kernel", "bias"):
            initializer(self.arguments, f"{part}_initializer")
            regularizer(self.arguments, f"{part}_regularizer")
            constraint(self.arguments, f"{part}_constraint")
        self.min_ndim = 2

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The kernel spans the last axis, which is fixed from then on."""
        shape = tensor(call.first).shape
        features = UNKNOWN if isinstance(shape, Unknown) else shape[-1]
        if features is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=-1)
        self.fixed_axes = {-1: features}
        kernel = Weight((features, self.units))
        return (kernel, *when(self.use_bias, Weight((self.units,), name="bias")))

    def output(self, call: Call) -> Nest:
        """The input with its last axis replaced."""
        x = tensor(call.first)
        shape: Shape = x.shape
        return x.with_shape(shape if isinstance(shape, Unknown) else (*shape[:-1], self.units))
