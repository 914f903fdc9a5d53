"""What recurrent layers do at every step: LSTMCell, GRUCell, SimpleRNNCell and stacks of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from keraslint.knowledge.arguments import (
    activation,
    as_dim,
    compute_dtype,
    constraint,
    flag,
    initializer,
    number,
    plain,
    regularizer,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, owned, tensor, when
from keraslint.knowledge.values import Callable_, ClassObject, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, multiply
from keraslint.tensors.shapes import BroadcastError, Shape, broadcast
from keraslint.tensors.specs import Nest, TensorSpec, flatten

NOT_NUMBERS = (str, tuple, list, dict, Callable_, ClassObject)

StateSize = Any
"""The width of one state, or a list of state sizes; `UNKNOWN` if not even their number is known."""


class Cell(Layer):
    """``(batch, features)`` and states ``(batch, units)`` → the output and the new states."""

    call_arguments = ("inputs", "states", "training")
    required_inputs = 2
    gates: ClassVar[int] = 1
    activations: ClassVar[tuple[str, ...]] = ("activation", "recurrent_activation")

    def configure(self) -> None:
        """Check units, activations, initializers, regularizers, constraints, dropout and seed."""
        self.units = self.positive_units()
        for name in self.activations:
            activation(self.arguments, name)
        self.use_bias = flag(self.arguments, "use_bias")
        for part in ("kernel", "recurrent", "bias"):
            initializer(self.arguments, f"{part}_initializer")
        for part in ("kernel", "recurrent", "bias"):
            regularizer(self.arguments, f"{part}_regularizer")
            constraint(self.arguments, f"{part}_constraint")
        check_dropout(self)

    def positive_units(self) -> Dim:
        """Refuse what is not a number above 0; numbers that are not integers wait for the build."""
        units = self.arguments["units"]
        if isinstance(plain(units), (int, float)):
            if plain(units) <= 0:
                raise Fault(FaultKind.INVALID_VALUE, argument="units", expected=">= 1", found=units)
        elif units is None or isinstance(units, NOT_NUMBERS):
            self.refuse_units()
        return int(units) if isinstance(units, bool) else as_dim(units)

    def refuse_units(self) -> None:
        """Raise what every recurrent layer raises, sooner or later, on units of another type."""
        found = self.arguments["units"]
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="units", expected="an integer", found=found)

    @property
    def state_size(self) -> StateSize:
        """The width of the state."""
        return self.units

    @property
    def output_size(self) -> Dim:
        """The width of the output."""
        return self.units

    def bias_shape(self, width: Dim) -> Shape:
        """The shape of the bias."""
        return (width,)

    def build(self, call: Call) -> tuple[Weight, ...]:
        """A kernel for the features and one for the state, each as wide as all gates."""
        if isinstance(self.arguments["units"], (float, NumpyScalar)):
            self.refuse_units()
        shape = tensor(call.first).shape
        features = UNKNOWN if isinstance(shape, Unknown) else shape[-1]
        if features is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=-1)
        width = multiply(self.units, self.gates)
        return (
            Weight((features, width)),
            Weight((self.units, width), name="recurrent_kernel"),
            *when(self.use_bias, Weight(self.bias_shape(width), name="bias")),
        )

    def output(self, call: Call) -> Nest:
        """One step: the output, and the new states in the structure of the old ones."""
        states = call.argument(1, "states", UNKNOWN)
        h = TensorSpec(self.stepped(call.first, states), compute_dtype(self.arguments))
        return (h, self.new_states(h, states))

    def stepped(self, inputs: Nest, states: Nest) -> Shape:
        """The shape of the output of one step; unknown unless all have two axes that fit."""
        x = tensor(inputs).shape
        h = tensor(next(flatten(states), UNKNOWN)).shape
        if isinstance(x, Unknown) or isinstance(h, Unknown) or len(x) != 2 or len(h) != 2:
            return UNKNOWN
        try:
            return broadcast((x[0], self.units), (h[0], self.units))
        except BroadcastError:
            return UNKNOWN

    def new_states(self, h: TensorSpec, states: Nest) -> Nest:
        """What comes back beside the output."""
        if isinstance(states, Unknown):
            return UNKNOWN
        return [h] if isinstance(states, (tuple, list)) else h


class SimpleRNNCell(Cell):
    """One step of `SimpleRNN`; weights units·(features + units + 1)."""

    names = ("SimpleRNNCell",)
    call_arguments = ("sequence", "states", "training")
    activations = ("activation",)


class LSTMCell(Cell):
    """One step of `LSTM`; weights 4·units·(features + units + 1); states h and c."""

    names = ("LSTMCell",)
    gates = 4
    extra_arguments = frozenset(("implementation",))

    @property
    def state_size(self) -> StateSize:
        """The widths of h and c."""
        return [self.units, self.units]

    def build(self, call: Call) -> tuple[Weight, ...]:
        """As every cell, with the forget gate's bias at 1."""
        weights = super().build(call)
        check_forget_bias(self, self.use_bias)
        return weights

    def new_states(self, h: TensorSpec, states: Nest) -> Nest:
        """Always both."""
        if isinstance(states, (tuple, list)) and len(states) < 2:
            raise Fault(FaultKind.INPUT_STRUCTURE, input=1, expected=2, found=len(states))
        return [h, h]


class GRUCell(Cell):
    """One step of `GRU`; weights 3·units·(features + units + 2), + 1 without ``reset_after``."""

    names = ("GRUCell",)
    gates = 3
    extra_arguments = frozenset(("implementation",))

    def bias_shape(self, width: Dim) -> Shape:
        """Two biases if the reset gate comes after the product with the state."""
        after = flag(self.arguments, "reset_after")
        if isinstance(after, Unknown):
            return UNKNOWN
        return (2, width) if after else (width,)


class StackedRNNCells(Layer):
    """Cells on top of each other, called as one; its state is the list of their states."""

    names = ("StackedRNNCells",)
    freezes_weights = False
    call_arguments = ("inputs", "states", "training", "**kwargs")
    required_inputs = 2

    def configure(self) -> None:
        """Check that every one is a cell."""
        cells = self.arguments["cells"]
        known = isinstance(cells, (tuple, list))
        self.cells: list[Any] | Unknown = [as_cell(c, "cells") for c in cells] if known else UNKNOWN

    @property
    def state_size(self) -> StateSize:
        """The state sizes of all cells, in order."""
        if isinstance(self.cells, Unknown) or UNKNOWN in self.cells:
            return UNKNOWN
        return [state_size(cell) for cell in self.cells]

    @property
    def output_size(self) -> Dim:
        """The width of the last cell's output."""
        if isinstance(self.cells, Unknown):
            return UNKNOWN
        if not self.cells:
            raise Fault(FaultKind.INVALID_VALUE, argument="cell", expected="a cell", found=())
        return output_size(self.cells[-1])

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Build each cell on the output of the one below."""
        if isinstance(self.cells, Unknown):
            return (Weight(UNKNOWN),)
        shape = tensor(call.first).shape
        weights: list[Weight] = []
        for cell in self.cells:
            weights.extend(build_cell(cell, shape))
            batch = UNKNOWN if isinstance(shape, Unknown) else shape[0]
            shape = (batch, output_size(cell))
        return tuple(weights)

    def output(self, call: Call) -> Nest:
        """The output of the last cell and the new states of all."""
        states = call.argument(1, "states", UNKNOWN)
        if isinstance(self.cells, Unknown) or not isinstance(states, (tuple, list)):
            return UNKNOWN
        x = call.first
        new: list[Nest] = []
        for cell, state in zip(self.cells, states, strict=False):
            if isinstance(cell, Unknown):
                return UNKNOWN
            nested = isinstance(state, (tuple, list))
            x, after = cell(Call((x, list(state) if nested else [state]), {}))
            alone = isinstance(after, list) and len(after) == 1 and not nested
            new.append(after[0] if alone else after)
        return (x, new[0] if len(new) == 1 else new)


def check_dropout(layer: Layer) -> None:
    """Dropout rates are clamped, not checked, but must be numbers; a seed must be an integer."""
    number(layer.arguments, "dropout")
    number(layer.arguments, "recurrent_dropout")
    check_seed(layer.arguments)


def check_seed(arguments: Mapping[str, Any]) -> None:
    """Check that the seed is ``None`` or Python's own integer.

    Raises:
        Fault: it is something else.
    """
    seed = arguments.get("seed")
    if isinstance(seed, (bool, float, str, tuple, list, dict, NumpyScalar)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="seed", expected="an integer", found=seed)


def check_forget_bias(layer: Layer, use_bias: bool | Unknown) -> None:
    """Setting the forget gate's bias to 1 takes an initializer for the rest of the bias.

    Raises:
        Fault: there is none.
    """
    forget = flag(layer.arguments, "unit_forget_bias")
    if forget is True and use_bias is True and layer.arguments["bias_initializer"] is None:
        raise Fault(FaultKind.INVALID_VALUE, argument="bias_initializer", expected="an initializer")


def as_cell(value: Any, argument: str) -> Any:
    """A value given as a cell: a layer with a state, or `UNKNOWN`.

    Raises:
        Fault: it certainly is no cell.
    """
    if isinstance(value, Layer):
        if hasattr(value, "state_size"):
            return value
        if not is_keras_layer(value):
            return UNKNOWN
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a cell", found=value)
    if value is None or isinstance(value, (int, float, *NOT_NUMBERS)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a cell", found=value)
    return UNKNOWN


def is_keras_layer(layer: Layer) -> bool:
    """Whether a layer is one of Keras's own, not one that the code defines."""
    return type(layer).__module__.startswith("keraslint.knowledge.layers.") and bool(layer.names)


def state_size(cell: Any) -> StateSize:
    """What ``cell.state_size`` gives."""
    return UNKNOWN if isinstance(cell, Unknown) else cell.state_size


def output_size(cell: Any) -> Dim:
    """The width of a cell's output: what it says, else the width of its first state."""
    if isinstance(cell, Unknown):
        return UNKNOWN
    size = getattr(cell, "output_size", None)
    if size is None:
        size = cell.state_size[0] if isinstance(cell.state_size, list) else cell.state_size
    return UNKNOWN if isinstance(size, list) else size


def build_cell(cell: Any, shape: Shape) -> tuple[Weight, ...]:
    """Build a cell for inputs of one step and return its weights."""
    if isinstance(cell, Unknown):
        return (Weight(UNKNOWN),)
    cell.build_once(Call((TensorSpec(shape),), {}))
    return owned(cell)
