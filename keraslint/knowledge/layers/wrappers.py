"""Layers around another layer: TimeDistributed, Bidirectional, Wrapper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from keraslint.knowledge.arguments import choice, compute_dtype
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, owned, single
from keraslint.knowledge.layers.recurrent import RNN
from keraslint.knowledge.layers.recurrent_cells import is_keras_layer
from keraslint.knowledge.values import ArrayValue, Callable_, ClassObject, KerasObject, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Unknown, multiply
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec, map_nest

NOT_LAYERS = (bool, int, float, str, tuple, list, dict, ArrayValue, Callable_, ClassObject)
REFUSE_OTHER_RANKS = frozenset(
    (
        *("Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D"),
        *("SeparableConv1D", "SeparableConv2D", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"),
    )
)
"""Layers that refuse a tensor of another rank even if nobody checks their input contract."""


class Wrapper(Layer):
    """A base for layers around another one; it has the inner weights and no call of its own."""

    names = ("Wrapper",)
    call_arguments: ClassVar[tuple[str, ...]] = ("*args", "**kwargs")
    freezes_weights = False

    def configure(self) -> None:
        """Check that a layer is given."""
        self.layer = inner_layer(self, "layer")

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Build the inner layer."""
        if isinstance(self.layer, Unknown):
            return (Weight(UNKNOWN),)
        self.layer.build_once(call)
        return owned(self.layer)

    def output(self, call: Call) -> Nest:
        """Nothing is known: what a wrapper does is up to its subclasses."""
        return map_nest(lambda _: UNKNOWN, call.first)

    def takes_rank(self, inner: Call, shape: Shape) -> bool:
        """Whether the inner layer takes the rank of its own call, or nothing is known of it.

        Args:
            inner: what the inner layer is called on; nobody checks its input contract.
            shape: the input of the wrapper.

        Raises:
            Fault: it does not, and Keras notices.
        """
        if isinstance(self.layer, Unknown) or takes_any_rank(self.layer):
            return True
        try:
            self.layer.check_input(inner.first)
        except Fault as fault:
            if fault.kind is not FaultKind.INPUT_RANK or not isinstance(fault.expected, int):
                return True
            if self.layer.name not in REFUSE_OTHER_RANKS:
                return False
            found = fault.found if isinstance(fault.found, tuple) else ()
            added = 0 if isinstance(shape, Unknown) else len(shape) - len(found)
            raise Fault(
                FaultKind.INPUT_RANK,
                input=0,
                expected=fault.expected + added,
                found=shape,
                wrapped=self.layer.name,
            ) from None
        return True

    def sublayers(self) -> Iterator[Layer]:
        """The inner layer, the very object that was given."""
        if isinstance(self.layer, Layer):
            yield self.layer


class TimeDistributed(Wrapper):
    """``(batch, steps, …)`` → the inner layer on each step: ``(batch, steps, …)``.

    The inner layer sees ``(batch, …)``; its input contract is not checked.
    """

    names = ("TimeDistributed",)
    masking = "same"
    call_arguments = ("inputs", "training", "mask")

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Build the inner layer for one step."""
        step = self.step(call)
        return super().build(step) if self.fits(call, step) else (Weight(UNKNOWN),)

    def output(self, call: Call) -> Nest:
        """The inner output with the steps put back behind the batch."""
        layer, shape, step = self.layer, self.shape(call), self.step(call)
        if isinstance(layer, Unknown) or isinstance(shape, Unknown):
            return TensorSpec(UNKNOWN, UNKNOWN)
        if not self.fits(call, step):
            return TensorSpec(UNKNOWN, compute_dtype(self.arguments))
        inner = layer.output(step)
        if isinstance(inner, (tuple, list, dict)):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="layer", expected="one output", found=layer
            )
        dtype = compute_dtype(self.arguments)
        if not isinstance(inner, TensorSpec) or isinstance(inner.shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        return TensorSpec((inner.shape[0], shape[1], *inner.shape[1:]), dtype)

    def shape(self, call: Call) -> Shape:
        """The shape of the input.

        Raises:
            Fault: not one tensor of rank 3 or more.
        """
        shape = single(call.argument(0, "inputs", UNKNOWN)).shape
        if not isinstance(shape, Unknown) and len(shape) < 3:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=3, found=shape, minimum=True)
        return shape

    def step(self, call: Call) -> Call:
        """The call of the inner layer.

        Raises:
            Fault: the inner layer takes more than one input.
        """
        shape = self.shape(call)
        if isinstance(self.layer, Layer) and self.layer.required_inputs > 1:
            raise Fault(
                FaultKind.INVALID_VALUE, argument="layer", expected="one input", found=self.layer
            )
        if isinstance(shape, Unknown):
            return Call((UNKNOWN,), {})
        return Call((TensorSpec((shape[0], *shape[2:])),), {})

    def fits(self, call: Call, step: Call) -> bool:
        """Whether the inner layer takes the rank of one step, or nothing is known of it.

        Raises:
            Fault: it does not, and Keras notices.
        """
        return self.takes_rank(step, self.shape(call))


class Bidirectional(Layer):
    """A recurrent layer forwards and a second one backwards, merged.

    ``concat`` doubles the last axis; ``merge_mode=None`` gives a tuple of both outputs. States
    follow, those of the forward layer first. The layer given is only a pattern: `forward_layer` and
    `backward_layer` are made anew from its configuration (unless ``backward_layer`` is given).
    """

    names = ("Bidirectional",)
    masking = "both"
    freezes_weights = False
    call_arguments = ("sequences", "initial_state", "mask", "training")
    axes = ("steps", "features")

    def configure(self) -> None:
        """Check the layers and the merge mode, then make the two layers."""
        layer = inner_layer(self, "layer")
        backward = None
        if self.arguments["backward_layer"] is not None:
            backward = inner_layer(self, "backward_layer")
        self.merge_mode = None
        if self.arguments["merge_mode"] is not None:
            self.merge_mode = choice(self.arguments, "merge_mode", ("sum", "mul", "ave", "concat"))
        self.forward_layer: RNN | Unknown = UNKNOWN
        self.backward_layer: RNN | Unknown = UNKNOWN
        for name, inner in (("layer", layer), ("backward_layer", backward)):
            if isinstance(inner, Layer) and not isinstance(inner, RNN) and is_keras_layer(inner):
                self.refuse(name, "a recurrent layer", inner)
        if isinstance(layer, RNN):
            self.ndim = layer.ndim
            self.forward_layer = type(layer)(layer.arguments)
            if backward is None:
                self.backward_layer = type(layer)({**layer.arguments, "go_backwards": True})
        if isinstance(backward, RNN):
            self.backward_layer = backward
        self.check_directions()

    def check_directions(self) -> None:
        """The two must run in different directions and return the same."""
        one, other = self.forward_layer, self.backward_layer
        if isinstance(one, Unknown) or isinstance(other, Unknown):
            return
        given = "layer" if self.arguments["backward_layer"] is None else "backward_layer"
        known = isinstance(one.go_backwards, bool) and isinstance(other.go_backwards, bool)
        if known and one.go_backwards == other.go_backwards:
            self.refuse(given, "a layer of the other direction", one)
        for name in ("stateful", "return_sequences", "return_state"):
            a, b = getattr(one, name), getattr(other, name)
            if isinstance(a, bool) and isinstance(b, bool) and a != b:
                self.refuse("backward_layer", f"{name}={a}", other)

    def refuse(self, argument: str, expected: str, found: Layer) -> None:
        """Raise the fault about an inner layer that does not do."""
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected=expected, found=found)

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Build both layers."""
        weights: list[Weight] = []
        for layer in (self.forward_layer, self.backward_layer):
            if isinstance(layer, Unknown):
                weights.append(Weight(UNKNOWN))
            else:
                layer.build_once(self.inner_call(call))
                weights.extend(owned(layer))
        return tuple(weights)

    def inner_call(self, call: Call) -> Call:
        """What both layers are called on."""
        return Call((call.argument(0, "sequences", UNKNOWN),), {})

    def output(self, call: Call) -> Nest:
        """The merged outputs, or the tuple of what there is."""
        if isinstance(self.forward_layer, Unknown) or isinstance(self.merge_mode, Unknown):
            return UNKNOWN
        dtype = compute_dtype(self.arguments)
        inner = self.forward_layer.output(self.inner_call(call))
        if isinstance(inner, Unknown):
            return UNKNOWN
        inner = map_nest(lambda leaf: TensorSpec(leaf.shape, dtype), inner)
        output, *states = inner if isinstance(inner, tuple) else (inner,)
        merged = (output, output) if self.merge_mode is None else (self.merge(output),)
        everything = (*merged, *states, *states)
        return everything[0] if len(everything) == 1 else everything

    def merge(self, output: TensorSpec) -> TensorSpec:
        """Both outputs as one."""
        shape = output.shape
        if isinstance(shape, Unknown) or self.merge_mode != "concat":
            return output
        return output.with_shape((*shape[:-1], multiply(shape[-1], 2)))

    def sublayers(self) -> Iterator[Layer]:
        """The forward and the backward layer; not the one that was given as a pattern."""
        for layer in (self.forward_layer, self.backward_layer):
            if isinstance(layer, Layer):
                yield layer


def takes_any_rank(layer: Layer) -> bool:
    """Whether a layer gives a shape for any rank as long as nobody checks its input contract."""
    recurrent = layer.forward_layer if isinstance(layer, Bidirectional) else layer
    return isinstance(recurrent, RNN) and recurrent.name not in REFUSE_OTHER_RANKS


def inner_layer(wrapper: Layer, argument: str) -> Layer | Unknown:
    """The layer given as an argument, `UNKNOWN` if it cannot be known.

    Raises:
        Fault: it certainly is no layer.
    """
    value = wrapper.arguments[argument]
    if isinstance(value, Layer):
        return value
    if value is None or isinstance(value, (*NOT_LAYERS, NumpyScalar, KerasObject)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a layer", found=value)
    return UNKNOWN
