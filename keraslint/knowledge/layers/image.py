"""Layers that give images another size."""

from __future__ import annotations

from typing import ClassVar

from keraslint.knowledge.arguments import compute_dtype
from keraslint.knowledge.arguments import data_format as read_data_format
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.augmentation import Augmentation
from keraslint.knowledge.layers.base import Call
from keraslint.knowledge.layers.checks import literal_dim, nothing, sole
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.shapes import unknown
from keraslint.tensors.specs import Nest, TensorSpec


class Sized(Augmentation):
    """``([batch,] rows, cols, channels)`` → ``([batch,] height, width, channels)``."""

    def output(self, call: Call) -> Nest:
        """The images in the new size; what becomes of several tensors is left to data.

        Raises:
            Fault: no room for rows and columns, or a size that is none.
        """
        dtype = compute_dtype(self.arguments)
        if isinstance(call.first, (list, tuple, dict)) and len(call.first) == 1:
            return sole(call.first)
        if not isinstance(call.first, TensorSpec):
            return UNKNOWN
        if isinstance(call.first.shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        shape = list(call.first.shape)
        where = read_data_format(self.arguments)
        if isinstance(where, Unknown):
            return TensorSpec(unknown(len(shape)), dtype)
        first = self.first_axis(len(shape), where)
        if first < 0 or first + 1 >= len(shape):
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=4, found=call.first.shape)
        shape[first : first + 2] = (
            literal_dim(self.arguments, "height"),
            literal_dim(self.arguments, "width"),
        )
        return TensorSpec(tuple(shape), dtype)

    def first_axis(self, rank: int, where: str) -> int:
        """The axis of the rows: any rank but 4 is taken for a single image."""
        return (1 if rank == 4 else 0) + (where == "channels_first")


class Resizing(Sized):
    """``([batch,] rows, cols, channels)`` → ``([batch,] height, width, channels)``; scaled."""

    names = ("Resizing",)
    checks: ClassVar = {"factor": nothing}


class CenterCrop(Sized):
    """``([batch,] rows, cols, channels)`` → ``([batch,] height, width, channels)``; cut."""

    names = ("CenterCrop",)
    checks: ClassVar = {"factor": nothing}

    def first_axis(self, rank: int, where: str) -> int:
        """The axis of the rows; other ranks than 3 and 4 are refused."""
        return super().first_axis(rank, where) if rank in (3, 4) else -1


class RandomCrop(Sized):
    """``([batch,] rows, cols, channels)`` → ``([batch,] height, width, channels)``; cut."""

    names = ("RandomCrop",)

    def first_axis(self, rank: int, where: str) -> int:
        """The axis of the rows, counted from the last."""
        return rank - (2 if where == "channels_first" else 3)
