"""EinsumDense: a kernel contracted with the input by an equation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from keraslint.knowledge.arguments import (
    activation,
    as_dim,
    compute_dtype,
    constraint,
    initializer,
    plain,
    regularizer,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, single
from keraslint.knowledge.layers.lora import adapted, lora_rank
from keraslint.knowledge.layers.reshaping import iterable
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ
from keraslint.tensors.specs import Nest, TensorSpec

FORMS = (
    re.compile("([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)"),
    re.compile("0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)"),
    re.compile("([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0"),
)
"""The equations that the layer takes, tried in this order; 0 stands for an ellipsis."""


@dataclass(frozen=True, slots=True)
class Equation:
    """The letters of ``input,kernel->output``; ``left``: an ellipsis stands before them."""

    input: str
    kernel: str
    output: str
    left: bool


class EinsumDense(Layer):
    """``(batch, …)`` → ``(batch, *output_shape)``; the kernel spans the kernel's letters.

    Keras takes the output shape literally and inserts the dims that the equation leaves out.
    """

    names = ("EinsumDense",)
    states_output = True
    call_arguments = ("inputs", "training")

    def configure(self) -> None:
        """Check the output shape, activation, initializers, regularizers and constraints."""
        given = self.arguments["output_shape"]
        shape = UNKNOWN if isinstance(given, Unknown) else plain(given)
        dims = (shape,) if isinstance(shape, (int, Expr)) else iterable(shape, "output_shape")
        self.partial: tuple[Dim, ...] | Unknown = UNKNOWN
        self.has_odd_dims = False
        if not isinstance(dims, Unknown):
            self.partial = tuple(as_dim(item) for item in dims)
            self.has_odd_dims = any(_is_odd(plain(item)) for item in dims)
        activation(self.arguments, "activation")
        for check in (initializer, regularizer, constraint):
            for part in ("kernel", "bias"):
                check(self.arguments, f"{part}_{check.__name__}")

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The kernel and, over ``bias_axes``, the bias; the rank is fixed from then on."""
        shape = single(call.first).shape
        if not isinstance(shape, Unknown):
            self.ndim = len(shape)
        equation = self.equation()
        if isinstance(shape, Unknown) or isinstance(equation, Unknown):
            return (Weight(UNKNOWN),)
        if isinstance(self.partial, Unknown):
            return (Weight(UNKNOWN),)
        full = self.full_output(equation, shape, self.partial)
        kernel = Weight(self.kernel_shape(equation, shape, full))
        bias = self.bias(equation, len(shape), full)
        return (*adapted(kernel, lora_rank(self.arguments, "kernel_constraint")), *bias)

    def output(self, call: Call) -> Nest:
        """The output shape behind the batch."""
        shape = single(call.first).shape
        equation = self.equation()
        dtype = compute_dtype(self.arguments)
        if isinstance(shape, Unknown) or isinstance(equation, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        if isinstance(self.partial, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        return TensorSpec(self.full_output(equation, shape, self.partial), dtype)

    def equation(self) -> Equation | Unknown:
        """The equation read.

        Raises:
            Fault: it has none of the forms that the layer takes.
        """
        text = self.arguments["equation"]
        if isinstance(text, Unknown):
            return UNKNOWN
        if isinstance(text, str):
            for form in FORMS:
                match = form.match(text.replace("...", "0"))
                if match:
                    inputs, kernel, outputs = match.groups()
                    return Equation(inputs, kernel, outputs, form is FORMS[1])
        raise Fault(
            FaultKind.INVALID_VALUE, argument="equation", expected="an equation", found=text
        )

    def full_output(
        self, equation: Equation, shape: tuple[Dim, ...], partial: tuple[Dim, ...]
    ) -> tuple[Dim, ...]:
        """The output shape with the batch and the dims that the equation leaves out."""
        elided = len(shape) - len(equation.input)
        if not shape or elided < 0:
            raise self.refused(shape)
        if self.has_odd_dims:
            found = self.arguments["output_shape"]
            raise Fault(
                FaultKind.INVALID_VALUE, argument="output_shape", expected=">= 0", found=found
            )
        full = [shape[0], *partial]
        if equation.left:
            full[1:1] = reversed(shape[1 : max(elided, 1)])
        else:
            full += shape[len(shape) - elided :]
        self.check_letters(equation, shape, tuple(full))
        return tuple(full)

    def check_letters(
        self, equation: Equation, shape: tuple[Dim, ...], full: tuple[Dim, ...]
    ) -> None:
        """Check that shared letters have one size and every letter has a source."""
        inputs, outputs = self.places(equation, len(shape), len(full))
        for letter, i in inputs.items():
            given = full[outputs[letter]] if letter in outputs else None
            number_for_none = shape[i] is None and isinstance(given, (int, Expr))
            if given is not None and (differ(given, shape[i]) or number_for_none):
                raise Fault(
                    FaultKind.INPUT_DIMENSION,
                    argument="output_shape",
                    input=0,
                    expected=given,
                    found=shape,
                    axis=i,
                )
        for letter in equation.output:
            if letter not in inputs and letter not in equation.kernel:
                raise self.refused(shape)
        for letter in equation.kernel:
            if letter not in outputs and letter not in inputs:
                raise self.refused(shape)

    def places(self, equation: Equation, n: int, m: int) -> tuple[dict[str, int], dict[str, int]]:
        """Where each letter stands in an input of rank ``n`` and an output of rank ``m``.

        Raises:
            Fault: a letter of the output has no place in the output shape.
        """
        skipped = n - len(equation.input) if equation.left else 0
        inputs = {letter: i + skipped for i, letter in enumerate(equation.input)}
        outputs = {letter: i + skipped for i, letter in enumerate(equation.output)}
        asked = set(equation.input) | set(equation.kernel)
        if any(i >= m for letter, i in outputs.items() if letter in asked):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="output_shape",
                expected=len(equation.output) - 1,
                found=self.arguments["output_shape"],
            )
        return inputs, outputs

    def kernel_shape(
        self, equation: Equation, shape: tuple[Dim, ...], full: tuple[Dim, ...]
    ) -> tuple[Dim, ...]:
        """The size of each letter of the kernel: from the output, else from the input."""
        inputs, outputs = self.places(equation, len(shape), len(full))
        return tuple(
            full[outputs[letter]] if letter in outputs else shape[inputs[letter]]
            for letter in equation.kernel
        )

    def bias(self, equation: Equation, n: int, full: tuple[Dim, ...]) -> tuple[Weight, ...]:
        """The bias over ``bias_axes``, 1 along the other axes behind its first."""
        axes = self.arguments["bias_axes"]
        if axes is None:
            return ()
        if isinstance(axes, Unknown):
            return (Weight(UNKNOWN, name="bias"),)
        letters = equation.output
        if not isinstance(axes, (str, tuple, list)) or not axes or not set(axes) <= set(letters):
            raise Fault(FaultKind.INVALID_VALUE, argument="bias_axes", expected=letters, found=axes)
        elided = n - len(equation.input)
        skipped = elided if equation.left else 0
        first = min(letters.find(letter) for letter in axes)
        dims = [
            full[i + skipped] if letter in axes else 1
            for i, letter in enumerate(letters)
            if i >= first
        ]
        return (Weight((*dims, *(() if equation.left else (1,) * elided)), name="bias"),)

    def refused(self, shape: tuple[Dim, ...]) -> Fault:
        """The refusal of an equation that does not fit the input."""
        return Fault(
            FaultKind.INVALID_VALUE,
            argument="equation",
            input=0,
            found=self.arguments["equation"],
            shape=shape,
        )


def _is_odd(item: Any) -> bool:
    if isinstance(item, int):
        return item < 0
    return isinstance(item, (float, str, tuple, list))
