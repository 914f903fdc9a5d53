"""Layers that only ``tf.keras`` still has."""

from __future__ import annotations

from typing import ClassVar

from keraslint.knowledge.arguments import compute_dtype, is_known, number, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.checks import exceeds, is_number, seed
from keraslint.knowledge.layers.same_shape import SameShape
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec


class RandomSide(Layer):
    """``(…, rows, cols, channels)`` → the same with one dim dynamic.

    Attributes:
        axis: the axis that changes.
    """

    call_arguments = ("inputs", "training")
    axis: ClassVar[int]

    def configure(self) -> None:
        """Check the seed, and that the factors are a range above -1."""
        seed(self.arguments, "seed")
        factor = self.arguments["factor"]
        if isinstance(factor, (tuple, list)):
            if len(factor) < 2:
                raise self.wrong("two numbers")
            low, high = plain(factor[0]), plain(factor[1])
        else:
            high = number(self.arguments, "factor")
            low = -high if isinstance(high, (int, float)) else UNKNOWN
        if exceeds(low, high, "factor"):
            raise self.wrong("a lower bound below the upper one")
        if exceeds(-1.0, low, "factor") or exceeds(-1.0, high, "factor"):
            raise self.wrong(">= -1")

    def wrong(self, expected: str) -> Fault:
        """The fault for a factor."""
        return Fault(
            FaultKind.INVALID_VALUE,
            argument="factor",
            expected=expected,
            found=self.arguments["factor"],
        )

    def output(self, call: Call) -> Nest:
        """The images with a side of any length.

        Raises:
            Fault: there is no such side.
        """
        nest = call.first
        if isinstance(nest, (list, tuple, dict)):
            if len(nest) < -self.axis:
                raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected=1, found=len(nest))
            return UNKNOWN
        dtype = compute_dtype(self.arguments)
        if not isinstance(nest, TensorSpec) or isinstance(nest.shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        shape = list(nest.shape)
        if len(shape) < -self.axis:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=4, found=nest.shape)
        shape[self.axis] = None
        return TensorSpec(tuple(shape), dtype)


class RandomHeight(RandomSide):
    """``(…, rows, cols, channels)`` → ``(…, None, cols, channels)``."""

    names = ("RandomHeight",)
    axis = -3


class RandomWidth(RandomSide):
    """``(…, rows, cols, channels)`` → ``(…, rows, None, channels)``."""

    names = ("RandomWidth",)
    axis = -2


class ThresholdedReLU(SameShape):
    """``(…)`` → ``(…)``; zero up to ``theta``."""

    names = ("ThresholdedReLU",)
    masking = "same"

    def configure(self) -> None:
        """Check the threshold."""
        number(self.arguments, "theta", low=0)
        theta = self.arguments["theta"]
        if is_known(theta) and not is_number(plain(theta)):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="theta", expected="a number", found=theta)
