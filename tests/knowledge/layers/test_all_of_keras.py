"""Somebody has decided about every public layer of the newest Keras."""

from __future__ import annotations

import importlib
import inspect
from functools import partial
from typing import Any

import pytest

from keraslint.knowledge.layers.foreign import Foreign
from keraslint.knowledge.layers.merging import FUNCTIONS
from keraslint.knowledge.layers.registry import find

pytestmark = pytest.mark.oracle

STARS: dict[Any, str] = {
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}
ELSEWHERE = {"Layer", "InputSpec", "Input", "serialize", "deserialize"}
"""Names of ``keras.layers`` that are no layers with a meaning of their own."""


def public(module: Any) -> dict[str, Any]:
    """The classes and functions of a module."""
    names = (name for name in dir(module) if not name.startswith("_"))
    found = {name: getattr(module, name) for name in names}
    return {name: value for name, value in found.items() if callable(value)}


def all_layers(keras: Any) -> dict[str, Any]:
    """The public names of both ``keras.layers`` and ``tf.keras.layers``."""
    return public(importlib.import_module("keras._tf_keras.keras.layers")) | public(keras.layers)


def test_every_layer_is_known(keras: Any) -> None:
    known = {name for name in all_layers(keras) if find(name) is not None}
    assert set(all_layers(keras)) == known | set(FUNCTIONS) | ELSEWHERE


def test_every_layer_takes_the_arguments_that_it_is_called_with(keras: Any) -> None:
    for name, real in all_layers(keras).items():
        cls = find(name)
        if cls is not None and name != "InputLayer":
            assert cls.call_arguments == call_parameters(keras, real), name


def test_every_layer_treats_masks_as_keras_does(keras: Any) -> None:
    arguments: dict[str, tuple[Any, ...]] = {
        "Permute": ((1,),),
        "RandomTranslation": (0.1, 0.1),
        "Lambda": (len,),
        "EinsumDense": ("ab,bc->ac", 3),
        "RNN": (keras.layers.LSTMCell(2),),
        "StackedRNNCells": ([keras.layers.LSTMCell(2)],),
        "Bidirectional": (keras.layers.LSTM(2),),
        "Embedding": (2, 2),
        "MultiHeadAttention": (2, 2),
    }
    for name, real in all_layers(keras).items():
        cls = find(name)
        if cls is None or issubclass(cls, Foreign) or name in ("InputLayer", "Wrapper"):
            continue
        inner = keras.layers.LSTM(2), keras.layers.ReLU(), "relu", [keras.layers.ReLU()]
        tries = [*map(tuple, zip(inner)), (), (2,), (2, 2), (2, 2, 2), (0.5,)]
        tries = [arguments[name]] if name in arguments else tries
        layer = next(made for made in map(partial(attempt, real), tries) if made is not None)
        makes = name in ("Embedding", "ReversibleEmbedding")  # if they are asked to
        assert bool(cls.masking) == (layer.supports_masking or makes), name


def attempt(real: Any, arguments: tuple[Any, ...]) -> Any:
    """A layer with these arguments, `None` if Keras refuses them."""
    try:
        return real(*arguments)
    except (AttributeError, IndexError, TypeError, ValueError):
        return None


def call_parameters(keras: Any, real: Any) -> tuple[str, ...]:
    """The parameters of ``call``; the first as ``__call__`` names it where that is another."""
    parameters = list(inspect.signature(real.call).parameters.values())[1:]
    names = [STARS.get(p.kind, "") + p.name for p in parameters]
    if real.__call__ is not keras.Layer.__call__:
        first = list(inspect.signature(real.__call__).parameters)[1]
        names[0] = names[0] if first == "args" else first
    return tuple(names)
