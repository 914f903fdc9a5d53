"""Categories, hashes and bins: numbers and text become indices or one-hot vectors."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import (
    base_arguments,
    choice,
    compute_dtype,
    flag,
    is_known,
    number,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.checks import literal_dim, sole
from keraslint.knowledge.values import ArrayValue
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ
from keraslint.tensors.dims import is_known as is_number
from keraslint.tensors.shapes import Shape, size
from keraslint.tensors.specs import Nest, TensorSpec


class CategoryEncoding(Layer):
    """``(…, n)`` → ``(…, num_tokens)``; one_hot adds an axis unless the last one has size 1."""

    names = ("CategoryEncoding",)
    takes_data = True
    call_arguments = ("inputs", "count_weights")

    def configure(self) -> None:
        """Check the mode and the number of tokens."""
        self.mode = output_mode(self.arguments, ("one_hot", "multi_hot", "count"))
        if self.arguments["num_tokens"] is None:
            raise Fault(FaultKind.MISSING_ARGUMENT, argument="num_tokens")
        number(self.arguments, "num_tokens", low=1)

    def output(self, call: Call) -> Nest:
        """The encoded tensor."""
        shape = sole(call.first).shape
        depth = literal_dim(self.arguments, "num_tokens")
        return TensorSpec(encoded(shape, depth, self.mode), compute_dtype(self.arguments))


class Hashing(Layer):
    """``(…)`` → ``(…)`` of indices, or ``(…, n)`` → ``(…, num_bins)``."""

    names = ("Hashing",)
    takes_data = True

    def configure(self) -> None:
        """Check bins, mode, dtype and salt."""
        number(self.arguments, "num_bins")
        bins = self.arguments["num_bins"]
        if isinstance(bins, (int, float)) and bins <= 0:
            raise Fault(FaultKind.INVALID_VALUE, argument="num_bins", expected=">= 1", found=bins)
        modes = ("int", "one_hot", "multi_hot", "count")
        self.mode = choice(self.arguments, "output_mode", modes)
        dtype = self.arguments.get("dtype")
        if self.mode == "int" and isinstance(dtype, str) and dtype not in ("int32", "int64"):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="dtype", expected=("int32", "int64"), found=dtype
            )
        refuse_sparse_indices(self.arguments, self.mode)
        check_salt(self.arguments["salt"])

    def output(self, call: Call) -> Nest:
        """Indices, or counts over the last axis."""
        shape = sole(call.first).shape
        if self.mode == "int":
            default = "int64"
        else:
            default = "float32"
            shape = counted(shape, literal_dim(self.arguments, "num_bins"), self.mode)
        given = self.arguments.get("dtype")
        if isinstance(self.mode, Unknown):
            return TensorSpec(shape, UNKNOWN)
        return TensorSpec(shape, default if given is None else compute_dtype(self.arguments))


class HashedCrossing(Layer):
    """Two tensors of one shape → indices of that shape, or one-hot vectors."""

    names = ("HashedCrossing",)
    takes_data = True
    ignores_unknown_arguments = True

    def check_base_arguments(self) -> None:
        """Only name and dtype are looked at."""
        base_arguments({key: self.arguments[key] for key in ("name", "dtype")})

    def configure(self) -> None:
        """Check the mode."""
        self.mode = choice(self.arguments, "output_mode", ("int", "one_hot"))

    def output(self, call: Call) -> Nest:
        """The crossed categories.

        Raises:
            Fault: less than two tensors, or their last dims differ.
        """
        pair = call.first
        if isinstance(pair, Unknown):
            return TensorSpec(UNKNOWN, UNKNOWN)
        if not isinstance(pair, (list, tuple)) or len(pair) < 2:
            found = len(pair) if isinstance(pair, (list, tuple, dict)) else 1
            raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected=2, found=found)
        shape, other = (sole(leaf).shape for leaf in pair[:2])
        if isinstance(shape, Unknown) or isinstance(other, Unknown):
            return TensorSpec(UNKNOWN, UNKNOWN)
        for dims in (shape, other):
            if not dims:
                raise Fault(FaultKind.INPUT_RANK, input=0, expected=1, found=dims, minimum=True)
        if one_dynamic(shape[-1], other[-1]) or differ(shape[-1], other[-1]):
            raise Fault(FaultKind.MERGE_SHAPE, input=0, expected=shape, found=other, axis=-1)
        dtype = self.arguments["dtype"]
        default = {"int": "int64", "one_hot": "float32"}.get(str(self.mode), UNKNOWN)
        result = self.crossed(shape)
        return TensorSpec(result, default if dtype is None else compute_dtype(self.arguments))

    def crossed(self, shape: tuple[Dim, ...]) -> Shape:
        """The output's shape."""
        if self.mode == "int":
            return shape
        depth = literal_dim(self.arguments, "num_bins")
        if isinstance(self.mode, Unknown) or maybe_1(shape[-1]):
            return UNKNOWN
        return (*(shape[:-1] if shape[-1] == 1 else shape), depth)


class Discretization(Layer):
    """``(…)`` → ``(…)`` of bin indices, or one-hot vectors or counts over the second axis."""

    names = ("Discretization",)
    takes_data = True

    def configure(self) -> None:
        """Check the mode, and that there are either boundaries or a number of bins."""
        modes = ("int", "one_hot", "multi_hot", "count")
        self.mode = choice(self.arguments, "output_mode", modes)
        refuse_sparse_indices(self.arguments, self.mode)
        boundaries, bins = self.arguments["bin_boundaries"], self.arguments["num_bins"]
        if bins is not None:
            number(self.arguments, "num_bins", low=0)
        if bins is None and boundaries is None:
            raise Fault(FaultKind.MISSING_ARGUMENT, argument="num_bins")
        if is_known(bins) and bins is not None and is_given(boundaries):
            raise Fault(FaultKind.INVALID_VALUE, argument="num_bins", expected=None, found=bins)
        if isinstance(boundaries, ArrayValue):
            length = size(boundaries.shape) if isinstance(boundaries.shape, tuple) else UNKNOWN
            if isinstance(length, int) and length > 1:
                raise Fault(
                    FaultKind.ARGUMENT_TYPE,
                    argument="bin_boundaries",
                    expected="a list",
                    found=boundaries,
                )

    def output(self, call: Call) -> Nest:
        """Bin indices, or vectors as long as there are bins."""
        shape = sole(call.first).shape
        if self.mode == "int":
            return TensorSpec(shape, "int32")
        depth = self.depth()
        if isinstance(self.mode, Unknown) or isinstance(shape, Unknown):
            return TensorSpec(UNKNOWN, UNKNOWN)
        dtype = compute_dtype(self.arguments)
        if self.mode == "one_hot":
            return TensorSpec(encoded(shape, depth, self.mode), dtype)
        kept = (shape[0], *shape[2:]) if len(shape) > 1 else ()
        return TensorSpec((*kept, depth), dtype)

    def depth(self) -> Dim:
        """The number of bins."""
        boundaries = self.arguments["bin_boundaries"]
        if boundaries is None:
            return literal_dim(self.arguments, "num_bins")
        if isinstance(boundaries, (list, tuple)):
            return len(boundaries) + 1
        if isinstance(boundaries, (int, float)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="bin_boundaries",
                expected="a list",
                found=boundaries,
            )
        return UNKNOWN


def output_mode(arguments: Any, modes: tuple[str, ...]) -> str | Unknown:
    """The ``output_mode``, by its older names too."""
    older = {"binary": "multi_hot", "tf-idf": "tf_idf"}
    mode = arguments["output_mode"]
    if isinstance(mode, str) and older.get(mode) in modes:
        return older[mode]
    return choice(arguments, "output_mode", modes)


def refuse_sparse_indices(arguments: Any, mode: str | Unknown) -> None:
    """Refuse ``sparse`` for indices."""
    if mode == "int" and flag(arguments, "sparse") is True:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="sparse", expected=False, found=arguments["sparse"]
        )


def check_salt(salt: Any) -> None:
    """Check that a salt is one integer or a pair."""
    pair = isinstance(salt, (tuple, list)) and len(salt) == 2
    if salt is not None and is_known(salt) and not pair and not isinstance(salt, int):
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="salt", expected="one or two integers", found=salt
        )


def is_given(value: Any) -> bool:
    """Whether a value is certainly not ``None``."""
    return value is not None and (is_known(value) or isinstance(value, (ArrayValue, Expr)))


def encoded(shape: Shape, depth: Dim, mode: str | Unknown) -> Shape:
    """One-hot vectors in place of a last axis of size 1 or behind all axes; else `counted`."""
    if isinstance(shape, Unknown) or isinstance(mode, Unknown):
        return UNKNOWN
    if mode != "one_hot" or not shape:
        return counted(shape, depth, mode)
    if len(shape) > 1 and maybe_1(shape[-1]):
        return UNKNOWN
    return (*(shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape), depth)


def counted(shape: Shape, depth: Dim, mode: str | Unknown) -> Shape:
    """A vector in place of the last axis."""
    if isinstance(shape, Unknown) or isinstance(mode, Unknown):
        return UNKNOWN
    return (*shape[:-1], depth)


def maybe_1(dim: Dim) -> bool:
    """Whether a dim may be 1 without being known to be."""
    return isinstance(dim, (Expr, Unknown))


def one_dynamic(a: Dim, b: Dim) -> bool:
    """Whether one dim is dynamic and the other certainly a number."""
    return (a is None and is_number(b)) or (b is None and is_number(a))
