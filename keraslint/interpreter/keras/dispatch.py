"""Calls of Keras's own names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from keraslint.interpreter.keras.functional import make_functional, make_input, make_input_layer
from keraslint.interpreter.keras.layers import LayerObject, construct_layer
from keraslint.interpreter.keras.sequential import make_sequential
from keraslint.interpreter.libraries import registry
from keraslint.interpreter.values import Arguments, External, Opaque, Value
from keraslint.knowledge.api import Api, Symbol
from keraslint.knowledge.layers.merging import FUNCTIONS
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

OBJECTS = (
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
    "callbacks",
)


def call_keras(frame: Frame, callee: External, arguments: Arguments, node: Any) -> Value:
    """Call a class or function of Keras; unknown if nobody knows what it does."""
    path = callee.path
    frame.machine.keras2 |= callee.root == "tf_keras"
    model = registry.find(path)
    if model is not None:
        return model(frame, arguments, node)
    if path.endswith(".from_config"):
        from keraslint.interpreter.keras.configs import from_config

        made = External(path.removesuffix(".from_config"), callee.root)
        return from_config(frame, made, arguments, node)
    symbol = resolve(callee)
    canonical = path if symbol is None else symbol.canonical
    if canonical in ("keras.Input", "keras.layers.Input"):
        return make_input(frame, arguments, node)
    if canonical == "keras.layers.InputLayer":
        return make_input_layer(frame, arguments, node)
    if canonical in ("keras.Sequential", "keras.models.Sequential"):
        return make_sequential(frame, arguments, node)
    if canonical in ("keras.Model", "keras.models.Model", "keras.models.Functional"):
        return make_functional(frame, arguments, node)
    section = canonical.split(".")[1]
    if section in OBJECTS and symbol is not None and symbol.kind == "class":
        from keraslint.interpreter.keras.configured import make

        return make(frame, symbol, arguments, node)
    if section == "layers" or (symbol is not None and symbol.kind == "class"):
        return _instance(frame, callee, canonical, section, arguments, node)
    if section in ("ops", "activations", "random"):
        from keraslint.interpreter.keras.ops import call_op

        return call_op(frame, canonical, arguments, node)
    if section == "applications":
        from keraslint.interpreter.keras.applications import call_application

        return call_application(frame, canonical, arguments, node)
    if section in OBJECTS:
        return Opaque(canonical, {"arguments": arguments})
    return UNKNOWN


def resolve(callee: External) -> Symbol | None:
    """What Keras's public API has under a name, private module paths included."""
    return _resolve(callee.path, "keras" if callee.root == "keras" else "tf.keras")


@cache
def _resolve(path: str, under: Literal["keras", "tf.keras"]) -> Symbol | None:
    api = Api.load("keras3")
    symbol = api.resolve(path, under) or api.resolve(path)
    if symbol is None and path.count(".") > 2:
        parts = path.split(".")
        symbol = api.resolve(".".join([*parts[:2], parts[-1]])) or api.resolve(f"keras.{parts[-1]}")
    return symbol


def _instance(
    frame: Frame, callee: External, canonical: str, section: str, arguments: Arguments, node: Any
) -> Value:
    name = canonical.rpartition(".")[2]
    if section == "layers" and name in FUNCTIONS and find(name) is None:
        return _functional_merge(frame, name, arguments, node)
    cls = (
        find(name)
        if section in ("layers", "Layer") or canonical.startswith("keras.layers")
        else None
    )
    if cls is not None:
        from keraslint.interpreter.keras.special import special_layer

        special = special_layer(frame, cls, arguments, node)
        return construct_layer(frame, cls, arguments, node) if special is None else special
    if section == "layers" and name[:1].isupper():
        return unknown_layer(frame, name, arguments, node)
    return Opaque(canonical, {"arguments": arguments})


def unknown_layer(frame: Frame, name: str, arguments: Arguments, node: Any) -> LayerObject:
    """A layer nobody knows: a site, and unknown outputs."""
    from keraslint.interpreter.keras.reporting import call_place, provenance_of

    place = call_place(frame, node)
    made = LayerObject(frame.machine.names.take_for(name), name, place, [])
    made.site = frame.machine.recorder.site(place, f"keras.layers.{name}")
    made.provenance = provenance_of(frame)
    return made


def _functional_merge(frame: Frame, name: str, arguments: Arguments, node: Any) -> Value:
    """``layers.add([a, b], …)``: the layer, made and applied."""
    from keraslint.knowledge.layers.merging import DEFAULTS

    cls = find(FUNCTIONS[name])
    assert cls is not None
    inputs = arguments.get(0, "inputs", UNKNOWN)
    keywords = {**DEFAULTS.get(name, {}), **arguments.keywords}
    keywords.pop("inputs", None)
    nodes = {
        (k - 1 if isinstance(k, int) else k): arg for k, arg in arguments.nodes.items() if k != 0
    }
    nodes.pop("inputs", None)
    rest = Arguments(arguments.positional[1:], keywords, arguments.open, nodes)
    layer = construct_layer(frame, cls, rest, node)
    return layer.call(frame, Arguments([inputs]), node)
