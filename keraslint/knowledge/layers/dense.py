"""Dense: the last axis becomes ``units``."""

from __future__ import annotations

from keraslint.knowledge.arguments import (
    activation,
    compute_dtype,
    constraint,
    flag,
    initializer,
    regularizer,
    strict_positive_int,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, single, when
from keraslint.knowledge.layers.lora import adapted, lora_rank
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec


class Dense(Layer):
    """``(batch, …, features)`` → ``(batch, …, units)``; weights features·units + units."""

    names = ("Dense",)
    masking = "same"
    call_arguments = ("inputs", "training")

    def configure(self) -> None:
        """Check units, activation, initializers, regularizers and constraints."""
        self.units = strict_positive_int(self.arguments, "units")
        activation(self.arguments, "activation")
        self.use_bias = flag(self.arguments, "use_bias")
        for check in (initializer, regularizer, constraint):
            for part in ("kernel", "bias"):
                check(self.arguments, f"{part}_{check.__name__}")
        self.min_ndim = 2

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The kernel spans the last axis, which is fixed from then on."""
        shape = single(call.first).shape
        if shape == ():
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=2, found=shape, minimum=True)
        features = UNKNOWN if isinstance(shape, Unknown) else shape[-1]
        if features is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=-1)
        self.fixed_axes = {-1: features}
        kernel = Weight((features, self.units))
        bias = when(self.use_bias, Weight((self.units,), name="bias"))
        return (*adapted(kernel, lora_rank(self.arguments, "kernel_constraint")), *bias)

    def output(self, call: Call) -> Nest:
        """The input with its last axis replaced."""
        shape = single(call.first).shape
        dtype = compute_dtype(self.arguments)
        if isinstance(shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        return TensorSpec((*shape[:-1], self.units), dtype)
