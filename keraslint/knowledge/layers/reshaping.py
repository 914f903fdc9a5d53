"""Flatten, Reshape, Permute, RepeatVector: the same elements along other axes."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import compute_dtype, data_format, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, single
from keraslint.knowledge.layers.same_shape import cast
from keraslint.knowledge.reshape import reshaped, target_dims
from keraslint.knowledge.values import Callable_, ClassObject, KerasObject
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Named, Unknown, product
from keraslint.tensors.specs import Nest, TensorSpec


class Flatten(Layer):
    """``(batch, a, b, …)`` → ``(batch, a·b·…)``, dynamic if any of them is."""

    names = ("Flatten",)

    def configure(self) -> None:
        """Check the data format."""
        data_format(self.arguments)
        self.min_ndim = 1

    def output(self, call: Call) -> Nest:
        """The product of all axes behind the batch."""
        x = cast(self, single(call.first))
        if isinstance(x.shape, Unknown):
            return x.with_shape((UNKNOWN, UNKNOWN))
        batch, *rest = x.shape
        return x.with_shape((batch, None if None in rest else product(rest)))


class Reshape(Layer):
    """``(batch, …)`` → ``(batch, *target_shape)``; one -1 is worked out from the rest."""

    names = ("Reshape",)

    def configure(self) -> None:
        """Check the target: an iterable of integers >= -1, at most one -1."""
        self.target = iterable(self.arguments["target_shape"], "target_shape")
        if not isinstance(self.target, Unknown):
            self.target = target_dims(self.target, "target_shape")

    def output(self, call: Call) -> Nest:
        """The target behind the batch; the sizes must match where all dims are known."""
        x = cast(self, single(call.first))
        if isinstance(x.shape, Unknown):
            batch: Dim = UNKNOWN
            rest: Any = UNKNOWN
        elif not x.shape:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=1, found=x.shape, minimum=True)
        else:
            batch, rest = x.shape[0], x.shape[1:]
        if isinstance(self.target, Unknown):
            return x.with_shape(UNKNOWN)
        return x.with_shape((batch, *reshaped(rest, self.target, "target_shape")))


class Permute(Layer):
    """``(batch, a, b, …)`` with the axes behind the batch in the order ``dims`` (from 1)."""

    names = ("Permute",)

    def configure(self) -> None:
        """Check that ``dims`` has each of 1 … n once."""
        dims = iterable(self.arguments["dims"], "dims")
        self.dims: tuple[Any, ...] | Unknown = dims
        if isinstance(dims, Unknown):
            return
        known = [plain(dim) for dim in dims if not isinstance(dim, (Unknown, Expr))]
        allowed: list[Any] = list(range(1, len(dims) + 1))
        for dim in known:
            if dim not in allowed:
                raise Fault(
                    FaultKind.INVALID_VALUE,
                    argument="dims",
                    expected=f"a permutation of 1 to {len(dims)}",
                    found=dims,
                )
            allowed.remove(dim)
        self.ndim = len(dims) + 1

    def output(self, call: Call) -> Nest:
        """The dims of the input in the new order."""
        x = cast(self, single(call.first))
        if isinstance(self.dims, Unknown):
            return x.with_shape(UNKNOWN)
        if any(isinstance(plain(dim), float) for dim in self.dims):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="dims", expected="integers", found=self.dims
            )
        if isinstance(x.shape, Unknown):
            return x.with_shape((UNKNOWN,) * (len(self.dims) + 1))
        order = [plain(dim) for dim in self.dims]
        dims = [x.shape[dim] if isinstance(dim, int) else UNKNOWN for dim in order]
        return x.with_shape((x.shape[0], *dims))


class RepeatVector(Layer):
    """``(batch, features)`` → ``(batch, n, features)``."""

    names = ("RepeatVector",)
    axes = ("features",)

    def configure(self) -> None:
        """Check that ``n`` is an integer of Python's own, above 0."""
        n = self.arguments["n"]
        if isinstance(n, Named):
            n = n.expr
        if isinstance(n, (int, Expr)) and not isinstance(n, bool):
            if isinstance(n, int) and n <= 0:
                raise Fault(FaultKind.INVALID_VALUE, argument="n", expected=">= 1", found=n)
            self.n: Dim = n
        elif isinstance(n, Unknown):
            self.n = UNKNOWN
        else:
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="n", expected="an integer", found=n)
        self.ndim = 2

    def output(self, call: Call) -> Nest:
        """``n`` between the batch and the features."""
        shape = single(call.first).shape
        batch, features = (UNKNOWN, UNKNOWN) if isinstance(shape, Unknown) else shape
        return TensorSpec((batch, self.n, features), compute_dtype(self.arguments))


def iterable(value: Any, argument: str) -> tuple[Any, ...] | Unknown:
    """An argument that Keras makes a tuple of.

    Raises:
        Fault: a number, ``None`` or another thing without items.
    """
    if isinstance(value, (tuple, list, str, dict)):
        return tuple(value)
    if isinstance(value, Unknown):
        return UNKNOWN
    if (
        isinstance(plain(value), (int, float, Expr, Callable_, ClassObject, KerasObject))
        or value is None
    ):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a tuple", found=value)
    return UNKNOWN
