"""Normalization layers: the shape stays, weights span the normalised axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keraslint.knowledge.arguments import (
    constraint,
    flag,
    initializer,
    number,
    plain,
    regularizer,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Weight, single, when
from keraslint.knowledge.layers.same_shape import SameShape
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec

Axis = int | Unknown


class _Normalization(SameShape):
    """``(batch, …)`` → the same; ``axis`` is an int or several."""

    def axes_of(self, value: Any) -> tuple[Axis, ...] | Unknown:
        """The ``axis`` argument as a tuple."""
        if isinstance(value, (tuple, list)):
            return tuple(_axis(item) for item in value)
        return UNKNOWN if isinstance(value, (Unknown, Expr)) else (_axis(value),)

    def check_affine(self) -> None:
        """Check initializers, regularizers and constraints of scale and offset."""
        for check in (initializer, regularizer, constraint):
            for part in ("beta", "gamma"):
                check(self.arguments, f"{part}_{check.__name__}")
        self.center = flag(self.arguments, "center")
        self.scale = flag(self.arguments, "scale")

    def affine(self, shape: Shape) -> tuple[Weight, ...]:
        """Scale and offset, as far as the layer has them."""
        gamma = when(self.scale, Weight(shape, name="gamma"))
        return (*gamma, *when(self.center, Weight(shape, name="beta")))

    def normalised(self, call: Call) -> Shape:
        """The dims of the axes; without axes nobody looks at the input."""
        axes = self.axes_of(self.arguments["axis"])
        return () if axes == () else _dims_at(single(call.first).shape, axes)

    def check_range(self, nest: Nest, axes: Sequence[Axis] | Unknown) -> None:
        """Check that the axes are among those of the input.

        Raises:
            Fault: an axis is out of range.
        """
        if isinstance(axes, Unknown) or not isinstance(nest, (TensorSpec, tuple, list, dict)):
            return
        shape = nest.shape if isinstance(nest, TensorSpec) else (UNKNOWN,) * len(nest)
        for axis in axes:
            dim_at(shape, axis)


class BatchNormalization(_Normalization):
    """``(batch, …, c, …)`` → the same; weights 4·c, half of them trainable; renorm adds 3·c."""

    names = ("BatchNormalization",)
    masking = "same"
    call_arguments = ("inputs", "training", "mask")

    def configure(self) -> None:
        """Check axis, numbers, initializers, regularizers, constraints and renorm."""
        self.axis = _axis_of_any(self.arguments["axis"])
        for name in ("momentum", "epsilon"):
            _check_float(self.arguments[name], name)
        self.check_affine()
        initializer(self.arguments, "moving_mean_initializer")
        initializer(self.arguments, "moving_variance_initializer")
        self.renorm = flag(self.arguments, "renorm")
        if self.renorm is True:
            _check_clipping(self.arguments["renorm_clipping"])

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Scale, offset and statistics of the axis, which is fixed from then on."""
        shape = single(call.first).shape
        dim = dim_at(shape, self.axis)
        if dim is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=_known(self.axis))
        if not isinstance(shape, Unknown):
            self.ndim = len(shape)
            if not isinstance(self.axis, Unknown):
                self.fixed_axes = {self.axis: dim}
        moving = ("moving_mean", "moving_variance")
        renorm = ("moving_stddev", "renorm_mean", "renorm_stddev")
        return (
            *self.affine((dim,)),
            *(Weight((dim,), False, name) for name in moving),
            *when(self.renorm, *(Weight((dim,), False, name) for name in renorm)),
        )


class LayerNormalization(_Normalization):
    """``(batch, …)`` → the same; weights 2·Π of the normalised dims."""

    names = ("LayerNormalization",)
    masking = "same"
    extra_arguments = frozenset(("rms_scaling",))

    def configure(self) -> None:
        """Check that ``axis`` is an integer or a list of them; initializers and the like."""
        axis = self.arguments["axis"]
        if not isinstance(axis, (int, tuple, list, Expr, Unknown)):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)
        self.check_affine()
        self.arguments = {"rms_scaling": False, **self.arguments}
        self.rms_scaling = flag(self.arguments, "rms_scaling")

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Scale and offset over the normalised axes."""
        dims = self.normalised(call)
        if isinstance(self.rms_scaling, Unknown):
            return (Weight(UNKNOWN, name="gamma"), Weight(UNKNOWN, name="beta"))
        if self.rms_scaling:
            return (Weight(dims, name="gamma"),)
        return self.affine(dims)

    def output(self, call: Call) -> Nest:
        """The input; its axes are checked again."""
        self.check_range(call.first, self.axes_of(self.arguments["axis"]))
        return super().output(call)


class RMSNormalization(_Normalization):
    """``(batch, …)`` → the same; one weight per normalised dim."""

    names = ("RMSNormalization",)
    call_arguments = ("x",)

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The scale over the normalised axes."""
        dims = self.normalised(call)
        return (Weight(dims, name="scale"),)

    def output(self, call: Call) -> Nest:
        """The input; its axes are checked again."""
        self.check_range(call.first, self.axes_of(self.arguments["axis"]))
        return super().output(call)


class UnitNormalization(_Normalization):
    """``(…)`` → the same; no weights."""

    names = ("UnitNormalization",)
    masking = "same"

    def configure(self) -> None:
        """Check that ``axis`` is an integer or a list of them."""
        axis = self.arguments["axis"]
        if not isinstance(axis, (int, tuple, list, Expr, Unknown)):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)

    def output(self, call: Call) -> Nest:
        """The input, if it has the axes."""
        self.check_range(call.first, self.axes_of(self.arguments["axis"]))
        return super().output(call)


class GroupNormalization(_Normalization):
    """``(batch, …, c, …)`` → the same; weights 2·c; ``groups`` divides c."""

    names = ("GroupNormalization",)
    masking = "same"

    def configure(self) -> None:
        """Check that ``groups`` is a positive integer or -1; initializers and the like."""
        groups = self.arguments["groups"]
        if not isinstance(groups, (int, Expr, Unknown)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="groups", expected="an integer", found=groups
            )
        if isinstance(groups, int) and groups <= 0 and groups != -1:
            raise Fault(
                FaultKind.INVALID_VALUE, argument="groups", expected=">= 1 or -1", found=groups
            )
        number(self.arguments, "epsilon")
        self.check_affine()

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Scale and offset along the axis, which is fixed from then on."""
        shape = single(call.first).shape
        axis = self.arguments["axis"]
        axis = UNKNOWN if isinstance(axis, Unknown) else _axis(axis)
        dim = dim_at(shape, axis)
        if dim is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=_known(axis))
        self._check_groups(dim, shape, axis)
        if not isinstance(shape, Unknown):
            self.ndim = len(shape)
            if not isinstance(axis, Unknown):
                self.fixed_axes = {axis: dim}
        return self.affine((dim,))

    def _check_groups(self, dim: Dim, shape: Shape, axis: Axis) -> None:
        groups = self.arguments["groups"]
        if not isinstance(dim, int) or not isinstance(groups, int):
            return
        if groups == -1:
            groups = dim
        if dim < groups or groups == 0 or dim % groups:
            raise Fault(
                FaultKind.GROUPS,
                argument="groups",
                input=0,
                expected=groups,
                found=dim,
                axis=_known(axis),
                shape=shape,
            )


def dim_at(shape: Shape, axis: Axis) -> Dim:
    """The dim along an axis.

    Raises:
        Fault: the shape has no such axis.
    """
    if isinstance(shape, Unknown) or isinstance(axis, Unknown):
        return UNKNOWN
    if not -len(shape) <= axis < len(shape):
        raise Fault(
            FaultKind.AXIS_RANGE,
            argument="axis",
            input=0,
            expected=len(shape),
            found=axis,
            shape=shape,
        )
    return shape[axis]


def _dims_at(shape: Shape, axes: tuple[Axis, ...] | Unknown) -> Shape:
    if isinstance(axes, Unknown):
        return UNKNOWN
    return tuple(dim_at(shape, axis) for axis in axes)


def _axis(value: Any) -> Axis:
    value = plain(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (Unknown, Expr)):
        return UNKNOWN
    raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=value)


def _known(axis: Axis) -> int | None:
    return None if isinstance(axis, Unknown) else axis


def _axis_of_any(value: Any) -> Axis:
    """An axis that Keras converts with ``int``."""
    value = plain(value)
    if isinstance(value, (float, str)):
        try:
            return int(value)
        except (ValueError, OverflowError):
            pass
    return _axis(value)


def _check_float(value: Any, name: str) -> None:
    """Check an argument that Keras converts with ``float``."""
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument=name, expected="a number", found=value
            ) from None
    elif isinstance(value, (tuple, list, dict)) or value is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="a number", found=value)


def _check_clipping(value: Any) -> None:
    if not isinstance(value, dict) or not value:
        return
    keys = ("rmax", "rmin", "dmax")
    if any(isinstance(key, str) and key not in keys for key in value):
        raise Fault(FaultKind.INVALID_VALUE, argument="renorm_clipping", expected=keys, found=value)
    rmax, rmin, dmax = (plain(value.get(key)) for key in keys)
    both = isinstance(rmax, (int, float)) and isinstance(rmin, (int, float))
    if (both and rmax < rmin) or (isinstance(dmax, (int, float)) and dmax < 0):
        raise Fault(
            FaultKind.INVALID_VALUE,
            argument="renorm_clipping",
            expected="rmin <= rmax",
            found=value,
        )
