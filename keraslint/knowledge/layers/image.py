"""Layers that give images another size."""

from __future__ import annotations

from typing import ClassVar

from keraslint.knowledge.arguments import as_dim, compute_dtype, plain
from keraslint.knowledge.arguments import data_format as read_data_format
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.augmentation import Augmentation
from keraslint.knowledge.layers.augmentation_checks import is_known, nothing
from keraslint.knowledge.layers.base import Call
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import unknown
from keraslint.tensors.specs import Nest, TensorSpec


class Sized(Augmentation):
    """``([batch,] rows, cols, channels)`` → ``([batch,] height, width, channels)``."""

    def output(self, call: Call) -> Nest:
        """The images in the new size; what Keras makes of several tensors is left open.

        Raises:
            Fault: one tensor in a list, no room for rows and columns, or a size that is none.
        """
        if isinstance(call.first, (list, tuple, dict)):
            if len(call.first) == 1:
                raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected=1, found=1)
            return UNKNOWN
        dtype = compute_dtype(self.arguments)
        if not isinstance(call.first, TensorSpec) or isinstance(call.first.shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        shape = list(call.first.shape)
        where = read_data_format(self.arguments)
        if isinstance(where, Unknown):
            return TensorSpec(unknown(len(shape)), dtype)
        first = self.first_axis(len(shape), where)
        if first < 0 or first + 1 >= len(shape):
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=4, found=call.first.shape)
        shape[first : first + 2] = (self.size("height"), self.size("width"))
        return TensorSpec(tuple(shape), dtype)

    def first_axis(self, rank: int, where: str) -> int:
        """The axis of the rows: any rank but 4 is taken for a single image."""
        return (1 if rank == 4 else 0) + (where == "channels_first")

    def size(self, name: str) -> Dim:
        """The height or width, which Keras looks at only now.

        Raises:
            Fault: it is not an integer or negative.
        """
        value = plain(self.arguments[name])
        if is_known(value) and value is not None and not isinstance(value, int):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
        if isinstance(value, int) and value < 0:
            raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=">= 0", found=value)
        return as_dim(value)


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
