"""Dropout and noise: they leave shapes alone."""

from __future__ import annotations

from typing import Any, ClassVar

from keraslint.knowledge.arguments import data_format, number
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.same_shape import SameShape
from keraslint.knowledge.values import Callable_, ClassObject, NumpyScalar
from keraslint.tensors.dims import Expr, Unknown


class _Noise(SameShape):
    """``(…)`` → ``(…)``; no weights. The amount of noise is between 0 and 1."""

    call_arguments = ("inputs", "training")
    masking = "same"

    amount = "rate"

    def configure(self) -> None:
        """Check the amount, and the seed if there is any noise."""
        amount = number(self.arguments, self.amount, low=0, high=1)
        self.check_shape_of_noise()
        if isinstance(amount, (int, float)) and amount > 0:
            _check_seed(self.arguments["seed"])

    def check_shape_of_noise(self) -> None:
        """Check ``noise_shape`` where the layer does."""


class Dropout(_Noise):
    """``(…)`` → ``(…)``; no weights."""

    names = ("Dropout",)

    def check_shape_of_noise(self) -> None:
        """Check that ``noise_shape`` has positive integers or ``None``."""
        shape = self.arguments["noise_shape"]
        if shape is None or isinstance(shape, Unknown):
            return
        if isinstance(shape, (int, float, str, NumpyScalar, Callable_, ClassObject)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="noise_shape", expected="a tuple", found=shape
            )
        if isinstance(shape, (tuple, list, dict)) and any(_no_dim(item) for item in shape):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="noise_shape",
                expected="positive integers or None",
                found=shape,
            )


class GaussianDropout(_Noise):
    """``(…)`` → ``(…)``; no weights."""

    names = ("GaussianDropout",)


class AlphaDropout(_Noise):
    """``(…)`` → ``(…)``; no weights."""

    names = ("AlphaDropout",)


class GaussianNoise(_Noise):
    """``(…)`` → ``(…)``; no weights."""

    names = ("GaussianNoise",)
    amount = "stddev"


class SpatialDropout1D(_Noise):
    """``(batch, steps, channels)`` → the same; no weights."""

    names = ("SpatialDropout1D",)
    axes: ClassVar[tuple[str, ...]] = ("steps", "channels")
    base_arguments = frozenset()

    def configure(self) -> None:
        """Check the rate, the seed and the data format."""
        super().configure()
        if len(self.axes) > 2:
            data_format(self.arguments)
        self.ndim = len(self.axes) + 1


class SpatialDropout2D(SpatialDropout1D):
    """``(batch, rows, cols, channels)`` → the same; no weights."""

    names = ("SpatialDropout2D",)
    axes = ("rows", "cols", "channels")


class SpatialDropout3D(SpatialDropout1D):
    """``(batch, dim1, dim2, dim3, channels)`` → the same; no weights."""

    names = ("SpatialDropout3D",)
    axes = ("dim1", "dim2", "dim3", "channels")


NOT_SEEDS = (bool, float, str, tuple, list, dict, NumpyScalar, Callable_, ClassObject)


def _no_dim(item: Any) -> bool:
    if item is None or isinstance(item, (Unknown, Expr)):
        return False
    return not isinstance(item, int) or item <= 0


def _check_seed(seed: Any) -> None:
    if isinstance(seed, NOT_SEEDS):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="seed", expected="an integer", found=seed)
