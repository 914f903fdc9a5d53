"""Normalization: numbers are shifted and scaled by what data or arguments say."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import compute_dtype, is_known, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight
from keraslint.knowledge.layers.checks import sole
from keraslint.knowledge.values import ArrayValue, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ
from keraslint.tensors.shapes import Shape, certainly_different, show
from keraslint.tensors.specs import Nest, TensorSpec


class Normalization(Layer):
    """``(…)`` → ``(…)``; weights 2·Πkept + 1, none of them trainable, or none if values are given.

    ``axis`` names the axes that are kept apart.
    """

    names = ("Normalization",)
    masking = "same"
    takes_data = True

    def configure(self) -> None:
        """Check the axes, and that mean and variance come together in one shape."""
        self.kept = kept_axes(self.arguments["axis"])
        mean, variance = self.arguments["mean"], self.arguments["variance"]
        for one, other, name in ((mean, variance, "variance"), (variance, mean, "mean")):
            if one is not None and is_value(one) and other is None:
                raise Fault(FaultKind.MISSING_ARGUMENT, argument=name)
        self.values = value_shape(mean)
        if mean is None or variance is None:
            return
        if certainly_different(self.values, value_shape(variance)):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="variance",
                expected=f"the shape {show(self.values)} of the mean",
                found=variance,
            )
        if isinstance(self.values, Unknown) or isinstance(self.kept, Unknown):
            return
        if len(self.values) > len(self.kept):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="mean",
                expected=f"at most {len(self.kept)} axes",
                found=mean,
            )

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Weights for the kept axes, whose sizes must be known."""
        if isinstance(self.kept, Unknown):
            return (Weight(UNKNOWN, False),)
        if not self.kept and not isinstance(call.first, TensorSpec):
            return (Weight(UNKNOWN, False),)
        shape = sole(call.first).shape
        if isinstance(shape, Unknown):
            kept: Shape = UNKNOWN
        else:
            kept = tuple(shape[axis] for axis in self.placed(self.kept, shape))
        mean = self.arguments["mean"]
        if mean is None:
            names = ("mean", "variance")
            weights = tuple(Weight(kept, False, name) for name in names)
            return (*weights, Weight((), False, "count"))
        if not is_value(mean):
            return (Weight(UNKNOWN, False),)
        if not isinstance(kept, Unknown) and not isinstance(self.values, Unknown):
            self.refuse_other_sizes(self.values, kept)
        return ()

    def placed(self, kept: tuple[Any, ...], shape: tuple[Dim, ...]) -> tuple[int, ...]:
        """The kept axes of an input, sorted.

        Raises:
            Fault: an axis that is no integer, out of range, or of a dynamic size.
        """
        n = len(shape)
        for axis in kept:
            if not isinstance(axis, int):
                raise wrong_axis(self.arguments["axis"])
            if not -n <= axis < n:
                raise Fault(FaultKind.AXIS_RANGE, argument="axis", expected=n, found=axis)
        for axis in kept:
            if shape[axis] is None:
                raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=axis)
        return tuple(sorted(axis % n for axis in kept))

    def refuse_other_sizes(self, values: tuple[Dim, ...], kept: tuple[Dim, ...]) -> None:
        """Refuse a mean whose sizes are neither 1 nor those of the kept axes."""
        if values and len(values) <= len(kept):
            for value, dim in zip(reversed(values), reversed(kept), strict=False):
                if differ(value, 1) and differ(value, dim):
                    raise Fault(
                        FaultKind.INPUT_DIMENSION, input=0, expected=value, found=kept, axis=-1
                    )

    def output(self, call: Call) -> Nest:
        """The input's shape."""
        if not isinstance(call.first, TensorSpec):
            return UNKNOWN
        return TensorSpec(call.first.shape, compute_dtype(self.arguments))


def kept_axes(axis: Any) -> tuple[Any, ...] | Unknown:
    """The axes that ``axis`` names, unknown where one of them is.

    Raises:
        Fault: it is neither an integer nor an iterable; what it holds is looked at later.
    """
    if axis is None:
        return ()
    if isinstance(axis, int):
        return (axis,)
    if isinstance(axis, (tuple, list, str)):
        axes = tuple(plain(item) for item in axis)
        return axes if all(is_known(item) for item in axes) else UNKNOWN
    if is_known(axis) and not isinstance(axis, dict):
        raise wrong_axis(axis)
    return UNKNOWN


def wrong_axis(axis: Any) -> Fault:
    """The fault for axes that are no integers."""
    return Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)


def is_value(value: Any) -> bool:
    """Whether a mean or variance is certainly given."""
    return isinstance(value, (int, float, tuple, list, ArrayValue, NumpyScalar, Expr))


def value_shape(value: Any) -> Shape:
    """The shape of a number, array or nest of numbers."""
    if isinstance(value, (int, float, NumpyScalar, Expr)):
        return ()
    if isinstance(value, ArrayValue):
        return value.shape if isinstance(value.shape, tuple) else UNKNOWN
    if isinstance(value, (tuple, list)) and value:
        inner = value_shape(value[0])
        return UNKNOWN if isinstance(inner, Unknown) else (len(value), *inner)
    return (0,) if isinstance(value, (tuple, list)) else UNKNOWN
