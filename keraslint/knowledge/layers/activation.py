"""Activations as layers: the shape stays."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import activation, constraint, initializer, number, regularizer
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Weight, single
from keraslint.knowledge.layers.same_shape import SameShape
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown


class Activation(SameShape):
    """``(…)`` → ``(…)``; no weights."""

    names = ("Activation",)
    masking = "same"

    def configure(self) -> None:
        """Check the activation."""
        activation(self.arguments, "activation")


class ReLU(SameShape):
    """``(…)`` → ``(…)``; no weights."""

    names = ("ReLU",)
    masking = "same"

    def configure(self) -> None:
        """Check that no bound is negative."""
        if self.arguments["max_value"] is not None:
            number(self.arguments, "max_value", low=0)
        number(self.arguments, "negative_slope", low=0)
        number(self.arguments, "threshold", low=0)


class LeakyReLU(SameShape):
    """``(…)`` → ``(…)``; no weights."""

    names = ("LeakyReLU",)
    masking = "same"
    extra_arguments = frozenset(("alpha",))

    def configure(self) -> None:
        """Check that the slope, or ``alpha`` as it was called, is not negative."""
        number(self.arguments, "alpha" if "alpha" in self.arguments else "negative_slope", low=0)


class ELU(SameShape):
    """``(…)`` → ``(…)``; no weights."""

    names = ("ELU",)
    masking = "same"


class Softmax(SameShape):
    """``(…)`` → ``(…)``; no weights. Keras checks the axis on data only."""

    names = ("Softmax",)
    masking = "same"
    call_arguments = ("inputs", "mask")


class PReLU(SameShape):
    """``(batch, …)`` → ``(batch, …)``; one weight per element, 1 along ``shared_axes``."""

    names = ("PReLU",)
    masking = "same"

    def configure(self) -> None:
        """Check initializer, regularizer and constraint."""
        initializer(self.arguments, "alpha_initializer")
        regularizer(self.arguments, "alpha_regularizer")
        constraint(self.arguments, "alpha_constraint")
        axes = self.arguments["shared_axes"]
        if axes is None:
            axes = ()
        self.shared: Any = axes if isinstance(axes, (tuple, list, Unknown)) else (axes,)

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The slopes; the axes that are not shared are fixed from then on if some are."""
        shape = single(call.first).shape
        if isinstance(shape, Unknown) or isinstance(self.shared, Unknown):
            return (Weight(UNKNOWN, name="alpha"),)
        axes = [_axis(axis) for axis in self.shared]
        slopes: list[Dim] = list(shape[1:])
        for axis in axes:
            if isinstance(axis, Unknown):
                slopes = [UNKNOWN] * len(slopes)
            elif not -len(slopes) <= axis - 1 < len(slopes):
                raise Fault(
                    FaultKind.AXIS_RANGE,
                    argument="shared_axes",
                    input=0,
                    expected=len(shape),
                    found=axis,
                    shape=shape,
                )
            else:
                slopes[axis - 1] = 1
        self.ndim = len(shape)
        if axes and UNKNOWN not in axes:
            self.fixed_axes = {i: shape[i] for i in range(1, len(shape)) if i not in axes}
        return (Weight(tuple(slopes), name="alpha"),)


def _axis(value: Any) -> int | Unknown:
    if isinstance(value, NumpyScalar):
        value = value.value
    if isinstance(value, (Unknown, Expr)):
        return UNKNOWN
    if not isinstance(value, int):
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="shared_axes", expected="integers", found=value
        )
    return int(value)
