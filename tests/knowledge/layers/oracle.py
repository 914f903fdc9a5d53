"""Ask real Keras and keraslint the same question about one layer."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras

from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.specs import TensorSpec, flatten, map_nest
from tests.knowledge.layers.as_values import as_value


@dataclass(frozen=True)
class Verdict:
    """What one side says: refused, or output shapes and number of weights."""

    refused: bool
    outputs: tuple[tuple[int | None, ...], ...] = ()
    params: int | None = None
    trainable: int | None = None
    reason: str = ""

    def same_as(self, other: Verdict) -> bool:
        """Whether both sides agree, whatever their reasons."""
        mine = (self.refused, self.outputs, self.params, self.trainable)
        return mine == (other.refused, other.outputs, other.params, other.trainable)


Inputs = Any
"""A nest of `T`, tensors by shape, batch included."""


T = TensorSpec


class Caught(AbstractContextManager["Caught"]):
    """Catches whatever Keras likes to raise."""

    error: BaseException | None = None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.error = error
        return isinstance(error, Exception)


def real_class(name: str) -> Any:
    """The real layer, from where only ``tf.keras`` looks if need be."""
    return getattr(keras.layers, name, None) or getattr(
        importlib.import_module("keras._tf_keras.keras.layers"), name
    )


def ask_keras(name: str, inputs: tuple[Any, ...], /, *args: Any, **kwargs: Any) -> Verdict:
    """Construct and call the real layer on symbolic tensors."""

    def real(leaf: Any) -> Any:
        return keras.KerasTensor(leaf.shape, dtype=leaf.dtype) if isinstance(leaf, T) else leaf

    with Caught() as caught:
        layer = real_class(name)(*args, **kwargs)
        output = layer(*(map_nest(real, value) for value in inputs))
    if caught.error:
        return Verdict(True, reason=f"{type(caught.error).__name__}: {caught.error}")
    shapes = tuple(tuple(leaf.shape) for leaf in keras.tree.flatten(output))
    trainable = sum(int(_size(v.shape)) for v in layer.trainable_weights)
    return Verdict(False, shapes, layer.count_params(), trainable)


def ask_keraslint(name: str, inputs: tuple[Any, ...], /, *args: Any, **kwargs: Any) -> Verdict:
    """Construct and call keraslint's counterpart."""
    cls = find(name)
    assert cls is not None, f"nobody knows {name}"
    try:
        layer = construct(cls, as_value(args), as_value(kwargs))
        output = layer(Call(inputs, {}))
    except Fault as fault:
        return Verdict(True, reason=repr(fault))
    shapes = tuple(tuple(leaf.shape) for leaf in flatten(output))
    return Verdict(False, shapes, layer.count_params(), _trainable(layer))


def _trainable(layer: Layer) -> int:
    if layer.trainable is False:
        return 0
    return sum(int(_size(w.shape)) for w in layer.weights if w.trainable)


def _size(shape: Any) -> int:
    size = 1
    for dim in shape:
        size *= dim
    return size


def check(name: str, inputs: tuple[Any, ...], /, *args: Any, **kwargs: Any) -> None:
    """Assert that both sides agree on one layer applied once."""
    keras_says = ask_keras(name, inputs, *args, **kwargs)
    keraslint_says = ask_keraslint(name, inputs, *args, **kwargs)
    assert keraslint_says.same_as(keras_says), (
        f"{name}(*{args}, **{kwargs}) on {inputs}\n  keras:     {keras_says}\n"
        f"  keraslint: {keraslint_says}"
    )


def check_again(name: str, inputs: tuple[T, ...], /, *args: Any, **kwargs: Any) -> None:
    """Assert that both sides agree on shapes and dtypes of a layer, input after input.

    The first input that Keras refuses is the last.
    """
    cls = find(name)
    assert cls is not None, f"nobody knows {name}"
    real = attempt(real_class(name), *args, **kwargs)
    ours = attempt(construct, cls, as_value(args), as_value(kwargs))
    assert (real is None) == (ours is None), f"{name}(*{args}, **{kwargs})"
    for x in inputs if ours is not None else ():
        expected = attempt(real, keras.KerasTensor(x.shape, dtype=x.dtype))
        if expected is not None:
            expected = [T(leaf.shape, leaf.dtype) for leaf in keras.tree.flatten(expected)]
        found = attempt(ours, Call((x,), {}))
        if found is not None:
            found = list(flatten(found))
        assert found == expected, f"{name}(*{args}, **{kwargs}) on {x} of {inputs}"
        if expected is None:
            return


def attempt(action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What a call gives, `None` if it raises."""
    with Caught():
        return action(*args, **kwargs)
    return None
