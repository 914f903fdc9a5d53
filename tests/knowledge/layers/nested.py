"""Layers inside layers, asked of real Keras and keraslint alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
from hypothesis import strategies as st

from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import flatten, map_nest
from tests.knowledge.layers.as_values import as_value
from tests.knowledge.layers.oracle import T
from tests.knowledge.layers.soundness import Forgetting


@dataclass(frozen=True)
class L:
    """A layer by name and arguments, made anew for each side."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __repr__(self) -> str:
        parts = [*map(repr, self.args), *(f"{key}={value!r}" for key, value in self.kwargs.items())]
        return f"{self.name}({', '.join(parts)})"


def layer(name: str, /, *args: Any, **kwargs: Any) -> L:
    """A layer to be made."""
    return L(name, args, kwargs)


def real(value: Any) -> Any:
    """The value with Keras's layers and tensors in it."""
    if isinstance(value, L):
        kwargs = {key: real(inner) for key, inner in value.kwargs.items()}
        return getattr(keras.layers, value.name)(*map(real, value.args), **kwargs)
    if isinstance(value, T):
        return keras.KerasTensor(value.shape, dtype=value.dtype)
    if isinstance(value, (list, tuple)):
        return type(value)(real(item) for item in value)
    return value


def ours(value: Any, forget: Forgetting | None = None) -> Any:
    """The value with keraslint's layers and tensors in it, parts of it forgotten."""
    if isinstance(value, L):
        cls = find(value.name)
        assert cls is not None
        args = [ours(inner, forget) for inner in value.args]
        kwargs = {key: ours(inner, forget) for key, inner in value.kwargs.items()}
        made = construct(cls, args, kwargs)
        return UNKNOWN if forget and forget.draw(8) == 0 else made
    if isinstance(value, T):
        return forget.spec(value) if forget else value
    if isinstance(value, (list, tuple)):
        return type(value)(ours(item, forget) for item in value)
    value = as_value(value)
    return forget.value(value) if forget else value


@dataclass(frozen=True)
class Answer:
    """The structure of the output with its shapes and dtypes, and the weights."""

    output: Any = None
    params: int | None = None
    trainable: int | None = None


def real_answer(made: L, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Answer | str:
    """What Keras says, its complaint if it refuses."""
    try:
        one = real(made)
        output = one(*real(inputs), **{key: real(value) for key, value in keywords.items()})
    except Exception as error:  # Keras raises whatever it likes
        return f"{type(error).__name__}: {error}"
    trainable = sum(variable.shape.num_elements() for variable in one.trainable_weights)
    return Answer(keras.tree.map_structure(_show, output), one.count_params(), trainable)


def our_answer(made: L, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Answer | str:
    """What keraslint says, its complaint if it refuses."""
    try:
        one = ours(made)
        output = one(Call(ours(inputs), {key: ours(value) for key, value in keywords.items()}))
    except Fault as fault:
        return repr(fault)
    return Answer(map_nest(_show, output), one.count_params(), _trainable(one))


def _show(tensor: Any) -> str:
    if isinstance(tensor.shape, Unknown):
        return "?"
    return f"{tensor.dtype}{tuple(tensor.shape)}"


def _trainable(one: Layer) -> int | None:
    from keraslint.knowledge.layers.base import count

    weights = tuple(weight for weight in one.weights if weight.trainable)
    return 0 if one.trainable is False else count(weights)


def check_nested(made: L, *inputs: Any, **keywords: Any) -> None:
    """Assert that both sides give the same structure, shapes, dtypes and weights, or refuse."""
    keras_says = real_answer(made, inputs, keywords)
    keraslint_says = our_answer(made, inputs, keywords)
    both_refuse = isinstance(keras_says, str) and isinstance(keraslint_says, str)
    assert both_refuse or keras_says == keraslint_says, (
        f"{made!r} on {inputs} {keywords}\n  keras:     {keras_says}\n  keraslint: {keraslint_says}"
    )


def check_nested_or_silent(made: L, *inputs: Any) -> None:
    """Assert that keraslint says what Keras says, or that it does not know."""
    keras_says = real_answer(made, inputs, {})
    keraslint_says = our_answer(made, inputs, {})
    if isinstance(keraslint_says, str):
        assert isinstance(keras_says, str), f"{made!r} on {inputs}: {keraslint_says}"
    elif keraslint_says.output != "?":
        assert keras_says == keraslint_says, f"{made!r} on {inputs}: {keraslint_says}"


def assert_nested_sound(made: L, inputs: tuple[Any, ...], data: st.DataObject) -> None:
    """Assert that less knowledge, inside too, leads to a vaguer answer and never to another."""
    try:
        exact_layer = ours(made)
        exact = exact_layer(Call(ours(inputs), {}))
    except Fault:
        return
    forget = Forgetting(data)
    try:
        vague_layer = ours(made, forget)
        vague_inputs = ours(inputs, forget)
        if isinstance(vague_layer, Unknown):
            return
        vague = vague_layer(Call(vague_inputs, {}))
    except Fault as fault:
        raise AssertionError(f"{made!r} on {inputs}: {fault!r}, but {exact}") from fault
    context = f"{made!r} on {inputs}: {vague}, but {exact}"
    if not isinstance(vague, Unknown):
        leaves = list(flatten(vague)), list(flatten(exact))
        assert len(leaves[0]) == len(leaves[1]), context
        assert all(forget.allows(a, b) for a, b in zip(*leaves, strict=True)), context
    if vague_layer.count_params() is not None:
        assert vague_layer.count_params() == exact_layer.count_params(), context
