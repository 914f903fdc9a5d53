"""Embedding: every index becomes a vector."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import (
    compute_dtype,
    constraint,
    flag,
    initializer,
    regularizer,
    strict_positive_int,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, single, when
from keraslint.knowledge.layers.lora import adapted, lora_rank
from keraslint.knowledge.values import ArrayValue
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape, certainly_different
from keraslint.tensors.specs import Nest, TensorSpec


class Embedding(Layer):
    """``(batch, …)`` → ``(batch, …, output_dim)``; weights input_dim·output_dim."""

    names = ("Embedding",)
    masking = "made"
    extra_arguments = frozenset(("input_length",))

    def configure(self) -> None:
        """Check the sizes, initializer, regularizer, constraint and given weights."""
        self.input_dim = self._size("input_dim")
        self.output_dim = self._size("output_dim")
        self.makes_mask = self.arguments.get("mask_zero") is not False
        for check in (initializer, regularizer, constraint):
            check(self.arguments, f"embeddings_{check.__name__}")
        self._check_weights(self.arguments.get("weights"))

    def _size(self, name: str) -> Dim:
        value = self.arguments[name]
        if isinstance(value, bool):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
        return strict_positive_int(self.arguments, name)

    def _check_weights(self, given: Any) -> None:
        if isinstance(given, list) and len(given) == 1:
            given = given[0]
        if not isinstance(given, ArrayValue) or not isinstance(given.shape, tuple):
            return
        if certainly_different(given.shape, (self.input_dim, self.output_dim)):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="weights",
                expected=(self.input_dim, self.output_dim),
                found=given.shape,
            )

    def build(self, call: Call) -> tuple[Weight, ...]:
        """One vector per index; the kind of index does not matter."""
        single(call.first)
        table = Weight((self.input_dim, self.output_dim), name="embeddings")
        return adapted(table, lora_rank(self.arguments, "embeddings_constraint"))

    def output(self, call: Call) -> Nest:
        """The input with one more axis."""
        return self.spec(single(call.first).shape)

    def spec(self, shape: Shape) -> TensorSpec:
        """Vectors for indices of this shape."""
        dtype = compute_dtype(self.arguments)
        if isinstance(shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        return TensorSpec((*shape, self.output_dim), dtype)


class ReversibleEmbedding(Embedding):
    """As `Embedding`; with ``reverse=True`` ``(batch, …, output_dim)`` → ``(batch, …, input_dim)``.

    The weights double if they are not tied.
    """

    names = ("ReversibleEmbedding",)
    call_arguments = ("inputs", "reverse")
    extra_arguments = Embedding.extra_arguments | {"weights", "lora_rank", "lora_alpha"}

    def build(self, call: Call) -> tuple[Weight, ...]:
        """One vector per index, and one index per vector if the weights are not tied."""
        tied = flag(self.arguments, "tie_weights")
        untied = UNKNOWN if isinstance(tied, Unknown) else not tied
        back = Weight((self.output_dim, self.input_dim), name="reverse_embeddings")
        return (*super().build(call), *when(untied, back))

    def output(self, call: Call) -> Nest:
        """The input with one more axis, or in reverse with its last axis replaced."""
        reverse = call.argument(1, "reverse", False)
        shape = single(call.first).shape
        if isinstance(reverse, (bool, int)) and not reverse:
            return self.spec(shape)
        if not isinstance(reverse, (bool, int)) or isinstance(shape, Unknown):
            return TensorSpec(UNKNOWN, compute_dtype(self.arguments))
        if not shape:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=1, found=shape, minimum=True)
        return TensorSpec((*shape[:-1], self.input_dim), compute_dtype(self.arguments))
