"""Padding, cropping and upsampling: every spatial dim grows or shrinks by fixed amounts."""

from __future__ import annotations

from typing import Any, ClassVar

from keraslint.knowledge.arguments import int_tuple, is_known, strict_positive_int
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.spatial import (
    AXES,
    Dims,
    Spatial,
    refuse_empty,
    refuse_floats,
    slide,
)
from keraslint.knowledge.values import ArrayValue
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, add, multiply, subtract, total

Pair = tuple[Dim, Dim]


class Bordered(Spatial):
    """A layer with an amount before and one after every spatial axis.

    Attributes:
        amount: the name of the argument that holds them.
        allows_negative: whether a single int may be negative.
    """

    amount: ClassVar[str]
    allows_negative: ClassVar[bool] = False

    def configure(self) -> None:
        """Read the amounts."""
        super().configure()
        self.pairs = self.one_axis() if self.spatial_rank == 1 else self.all_axes()

    def one_axis(self) -> tuple[Pair, ...]:
        """An int, or one value for each side."""
        before, after = int_tuple(self.arguments, self.amount, 2, allow_zero=True)
        return ((before, after),)

    def all_axes(self) -> tuple[Pair, ...]:
        """An int, or for each axis an int or one value for each side."""
        n = self.spatial_rank
        value = self.arguments[self.amount]
        if isinstance(value, (Unknown, ArrayValue)) or (
            isinstance(value, dict) and len(value) == n
        ):
            return ((UNKNOWN, UNKNOWN),) * n
        if isinstance(value, (int, Expr)):
            if isinstance(value, int) and value < 0 and not self.allows_negative:
                raise Fault(
                    FaultKind.INVALID_VALUE, argument=self.amount, expected=">= 0", found=value
                )
            return ((value, value),) * n
        if not isinstance(value, (tuple, list, dict)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument=self.amount, expected="an integer", found=value
            )
        if len(value) != n:
            raise Fault(
                FaultKind.KERNEL_DIMENSIONALITY, argument=self.amount, expected=n, found=value
            )
        return tuple(self.sides(item) for item in value)

    def sides(self, item: Any) -> Pair:
        """What one axis gets before and after."""
        before, after = int_tuple({self.amount: item}, self.amount, 2, allow_zero=True)
        return before, after

    def changed(self, spatial: Dims) -> Dims:
        """The spatial dims after `step`.

        Raises:
            Fault: an amount is a float, so a dim would be one.
        """
        value = self.arguments[self.amount]
        by_axis = (value,) if self.spatial_rank == 1 else value
        refuse_floats(self.amount, by_axis, spatial)
        return slide(spatial, lambda i, dim: self.step(dim, total(self.pairs[i])))

    def step(self, dim: Dim, amount: Dim) -> Dim:
        """A dim changed by that much."""
        raise NotImplementedError


class ZeroPadding(Bordered):
    """``(batch, *spatial, c)`` → ``(batch, *(before + spatial + after), c)``."""

    amount = "padding"
    allows_negative = True

    def step(self, dim: Dim, amount: Dim) -> Dim:
        """A padded dim."""
        return add(dim, amount)

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """The padded dims; a negative int cuts instead.

        Raises:
            Fault: more is cut than there is.
        """
        padded = self.changed(spatial)
        if any(isinstance(dim, int) and dim < 0 for dim in padded):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="padding",
                expected=">= 0",
                found=self.arguments["padding"],
                shape=shape,
            )
        return padded


class ZeroPadding1D(ZeroPadding):
    """``(batch, steps, channels)`` → ``(batch, left + steps + right, channels)``."""

    names = ("ZeroPadding1D",)
    axes = AXES[1]
    spatial_rank = 1


class ZeroPadding2D(ZeroPadding):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', channels)``."""

    names = ("ZeroPadding2D",)
    axes = AXES[2]
    spatial_rank = 2


class ZeroPadding3D(ZeroPadding):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth', rows', cols', channels)``."""

    names = ("ZeroPadding3D",)
    axes = AXES[3]
    spatial_rank = 3


class Cropping(Bordered):
    """``(batch, *spatial, c)`` → ``(batch, *(spatial - before - after), c)``, above 0."""

    amount = "cropping"

    def step(self, dim: Dim, amount: Dim) -> Dim:
        """A cropped dim."""
        return subtract(dim, amount)

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """The cropped dims, of which something must remain."""
        return refuse_empty(self.changed(spatial), shape)


class Cropping1D(Cropping):
    """``(batch, steps, channels)`` → ``(batch, steps - left - right, channels)``."""

    names = ("Cropping1D",)
    axes = AXES[1]
    spatial_rank = 1


class Cropping2D(Cropping):
    """``(batch, rows, cols, channels)`` → ``(batch, rows', cols', channels)``."""

    names = ("Cropping2D",)
    axes = AXES[2]
    spatial_rank = 2


class Cropping3D(Cropping):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth', rows', cols', channels)``."""

    names = ("Cropping3D",)
    axes = AXES[3]
    spatial_rank = 3


class UpSampling(Spatial):
    """``(batch, *spatial, c)`` → ``(batch, *(spatial·size), c)``."""

    def configure(self) -> None:
        """Check the factors."""
        super().configure()
        self.factors = int_tuple(self.arguments, "size", self.spatial_rank)

    def resize(self, spatial: Dims, shape: Dims) -> Dims:
        """Each dim times its factor."""
        refuse_floats("size", self.arguments["size"], spatial)
        return slide(spatial, lambda i, dim: multiply(dim, self.factors[i]))


class UpSampling1D(UpSampling):
    """``(batch, steps, channels)`` → ``(batch, steps·size, channels)``."""

    names = ("UpSampling1D",)
    axes = AXES[1]
    spatial_rank = 1

    def configure(self) -> None:
        """Check the factor: Python's own integer and nothing else."""
        self.ndim = 3
        if isinstance(self.arguments["size"], bool):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="size",
                expected="an integer",
                found=self.arguments["size"],
            )
        self.factors = (strict_positive_int(self.arguments, "size"),)


class UpSampling2D(UpSampling):
    """``(batch, rows, cols, channels)`` → ``(batch, rows·size, cols·size, channels)``."""

    names = ("UpSampling2D",)
    axes = AXES[2]
    spatial_rank = 2

    def configure(self) -> None:
        """Check the factors; of the interpolation only that it is a string."""
        super().configure()
        interpolation = self.arguments["interpolation"]
        if is_known(interpolation) and not isinstance(interpolation, str):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="interpolation",
                expected="a string",
                found=interpolation,
            )


class UpSampling3D(UpSampling):
    """``(batch, depth, rows, cols, channels)`` → ``(batch, depth·s, rows·s, cols·s, channels)``."""

    names = ("UpSampling3D",)
    axes = AXES[3]
    spatial_rank = 3
