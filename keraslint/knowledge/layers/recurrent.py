"""LSTM, GRU, SimpleRNN, and RNN around any cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from keraslint.knowledge.arguments import base_arguments, compute_dtype, flag, is_known, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, single
from keraslint.knowledge.layers.recurrent_cells import (
    Cell,
    GRUCell,
    LSTMCell,
    SimpleRNNCell,
    StackedRNNCells,
    StateSize,
    as_cell,
    build_cell,
    output_size,
    state_size,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape, unknown
from keraslint.tensors.specs import Nest, TensorSpec


class RNN(Layer):
    """``(batch, steps, features)`` → the cell's last output, or that of every step.

    With ``return_state`` the states follow in one flat tuple; a stack of cells gives one (possibly
    nested) state per cell. The weights are the cell's.
    """

    names = ("RNN",)
    masking = "steps"
    call_arguments = ("sequences", "initial_state", "mask", "training")
    freezes_weights = False

    def configure(self) -> None:
        """Check the cell."""
        self.cell = self.make_cell()
        self.return_sequences = flag(self.arguments, "return_sequences")
        self.return_state = flag(self.arguments, "return_state")
        self.go_backwards = flag(self.arguments, "go_backwards")
        self.stateful = flag(self.arguments, "stateful")

    def make_cell(self) -> Any:
        """The cell, `UNKNOWN` if the code's own; a list of cells becomes a stack."""
        given = self.arguments["cell"]
        if isinstance(given, (tuple, list)):
            self.names_at_construction = ("stacked_rnn_cells",)
            return StackedRNNCells({"cells": given})
        return as_cell(given, "cell")

    @property
    def state_size(self) -> StateSize:
        """The sizes of all states, as a list."""
        size = state_size(self.cell)
        return size if isinstance(size, (list, Unknown)) else [size]

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Build the cell for one step. A stateful layer must know its batch."""
        shape = sequences(call)
        if isinstance(shape, Unknown):
            return build_cell(self.cell, UNKNOWN)
        step = (shape[0], *shape[2:])
        if step[-1] is None and isinstance(self.cell, Cell):
            if len(shape) < 3:
                raise Fault(FaultKind.INPUT_RANK, input=0, expected=3, found=shape)
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=-1)
        weights = build_cell(self.cell, step)
        if self.stateful is True and shape[0] is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=0, stateful=True)
        return weights

    def output(self, call: Call) -> Nest:
        """One tensor, or with ``return_state`` the tuple of it and the states."""
        shape = sequences(call)
        if isinstance(shape, Unknown):
            shape = unknown(self.ndim or 3)
        if len(shape) < 2:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=3, found=shape)
        step = self.step_output(shape)
        output = TensorSpec(self.output_shape(shape, step), compute_dtype(self.arguments))
        if self.return_state is False:
            return output
        states = self.states(step)
        if isinstance(self.return_state, Unknown) or isinstance(states, Unknown):
            return UNKNOWN
        return (output, *states)

    def output_shape(self, shape: tuple[Dim, ...], step: tuple[Dim, ...]) -> Shape:
        """The shape of the output, with the steps if they are returned."""
        if isinstance(self.return_sequences, Unknown):
            return UNKNOWN
        return (step[0], shape[1], *step[1:]) if self.return_sequences else step

    def step_output(self, shape: tuple[Dim, ...]) -> tuple[Dim, ...]:
        """The shape of the output of one step."""
        return (shape[0], output_size(self.cell))

    def states(self, step: tuple[Dim, ...]) -> list[Nest] | Unknown:
        """The states as they are returned beside such an output."""
        sizes = self.state_size
        if isinstance(sizes, Unknown):
            return UNKNOWN
        return [self.state(step[0], size) for size in sizes]

    def state(self, batch: Dim, size: StateSize) -> Nest:
        """One state, or the list of a cell's states."""
        if isinstance(size, list):
            return [self.state(batch, part) for part in size]
        return TensorSpec((batch, size), compute_dtype(self.arguments))

    def sublayers(self) -> Iterator[Layer]:
        """The cell, if it was given."""
        if isinstance(self.arguments.get("cell"), Layer):
            yield self.arguments["cell"]
        elif isinstance(self.cell, StackedRNNCells) and not isinstance(self.cell.cells, Unknown):
            yield from (cell for cell in self.cell.cells if isinstance(cell, Layer))


class _Named(RNN):
    """A recurrent layer that makes its own cell from its own arguments."""

    axes = ("steps", "features")
    extra_arguments = frozenset(("zero_output_for_mask",))
    freezes_weights = True
    cell_class: ClassVar[type[Cell]]

    def configure(self) -> None:
        """Check the cell's arguments, then the layer's."""
        super().configure()
        self.ndim = 3

    def make_cell(self) -> Any:
        """A cell of these units."""
        return self.cell_class({**self.arguments, "activity_regularizer": None})


class _Fused(_Named):
    """A recurrent layer with a fused kernel on GPUs."""

    extra_arguments = frozenset(("implementation", "zero_output_for_mask"))

    def configure(self) -> None:
        """Check ``use_cudnn`` last."""
        super().configure()
        choice = plain(self.arguments["use_cudnn"])
        if is_known(choice):
            choices = ("auto", True, False)
            if choice not in choices:
                raise Fault(
                    FaultKind.INVALID_VALUE, argument="use_cudnn", expected=choices, found=choice
                )


class LSTM(_Fused):
    """``(batch, steps, features)`` → ``(batch, [steps,] units)``.

    Weights 4·units·(features + units + 1). ``return_state`` appends two states ``(batch, units)``.
    """

    names = ("LSTM",)
    cell_class = LSTMCell


class GRU(_Fused):
    """``(batch, steps, features)`` → ``(batch, [steps,] units)``.

    Weights 3·units·(features + units + 2). ``return_state`` appends one state ``(batch, units)``.
    """

    names = ("GRU",)
    cell_class = GRUCell


class SimpleRNN(_Named):
    """``(batch, steps, features)`` → ``(batch, [steps,] units)``.

    Weights units·(features + units + 1). ``return_state`` appends one state ``(batch, units)``.
    """

    names = ("SimpleRNN",)
    cell_class = SimpleRNNCell

    def check_base_arguments(self) -> None:
        """Check what every layer takes, except ``activity_regularizer``: Keras drops it here."""
        self.trainable = base_arguments({**self.arguments, "activity_regularizer": None})


def sequences(call: Call) -> Shape:
    """The shape of the sequences; a list is refused, whatever is in it."""
    return single(call.argument(0, "sequences", UNKNOWN)).shape
