"""Layers and models made again from what they tell of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.functional import FunctionalObject, InputObject, make_functional
from keraslint.interpreter.keras.layers import LayerObject, construct_layer
from keraslint.interpreter.keras.models import map_tensors
from keraslint.interpreter.keras.objects import KerasObject, keras_side
from keraslint.interpreter.keras.sequential import SequentialObject, make_sequential
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.operations import Node, Operation
from keraslint.interpreter.values import (
    Arguments,
    Dict,
    External,
    List,
    Opaque,
    Tensor,
    Value,
    is_constant,
)
from keraslint.knowledge.layers.base import Layer
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

MODEL = "keras.config.model"
"""What stands for the configuration of a model: it only serves to make the model again."""


def config_of(side: KerasObject) -> Value:
    """``layer.get_config()`` or ``model.get_config()``."""
    if isinstance(side, (FunctionalObject, SequentialObject)):
        return Opaque(MODEL, {"model": side})
    layer = side.layer if isinstance(side, LayerObject) else None
    if layer is None or isinstance(side, InputObject):
        return Dict(open=True)
    if any(isinstance(value, Layer) for value in layer.arguments.values()):
        return Dict(open=True)
    items = {name: _as_value(value) for name, value in layer.arguments.items()}
    items["name"] = side.name
    return Dict(items)


def _as_value(value: Any) -> Value:
    """An argument of a layer as a value of the program."""
    if is_constant(value) or value is UNKNOWN:
        return value
    if isinstance(value, tuple):
        return tuple(_as_value(item) for item in value)
    if isinstance(value, list):
        return List([_as_value(item) for item in value])
    return Opaque("keras.config.part", {"value": value})


def from_config(frame: Frame, made: External, arguments: Arguments, node: Any) -> Value:
    """``Class.from_config(config)``."""
    from keraslint.interpreter.calls import call

    config = arguments.get(0, "config", UNKNOWN)
    if isinstance(config, Opaque) and config.path == MODEL:
        return clone(frame, config.attributes["model"], node, named=True)
    if not isinstance(config, Dict):
        return UNKNOWN
    items = {name: value for name, value in config.items.items() if isinstance(name, str)}
    given = Arguments([], items, config.open)
    cls = find(made.name) if made.path.startswith("keras.layers.") else None
    if cls is not None:
        return construct_layer(frame, cls, given, node, as_site=False)
    return call(frame, made, given, node)


SERIALIZE = ("keras.layers.serialize", "keras.saving.serialize_keras_object")
DESERIALIZE = ("keras.layers.deserialize", "keras.saving.deserialize_keras_object")


@external(*SERIALIZE, "keras.utils.serialize_keras_object")
def serialize(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The class and configuration of a layer."""
    layer = keras_side(arguments.positional[0]) if arguments.positional else None
    if not isinstance(layer, LayerObject):
        return UNKNOWN
    named = {"module": "keras.layers", "class_name": layer.class_name, "registered_name": None}
    return Dict({**named, "config": config_of(layer)})


@external(*DESERIALIZE, "keras.utils.deserialize_keras_object")
def deserialize(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A layer of its class and configuration."""
    config = arguments.get(0, "config", UNKNOWN)
    if not isinstance(config, Dict) or config.items.get("module") != "keras.layers":
        return UNKNOWN
    name, settings = config.items.get("class_name"), config.items.get("config", UNKNOWN)
    if not isinstance(name, str):
        return UNKNOWN
    made = External(f"keras.layers.{name}", "keras")
    return from_config(frame, made, Arguments([settings]), node)


@external("keras.models.clone_model")
def clone_model(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A model of the same layers, made anew."""
    plain = len(arguments.positional) + len(arguments.keywords) == 1 and not arguments.open
    model = arguments.get(0, "model", UNKNOWN)
    return clone(frame, model, node) if plain else UNKNOWN


@external("keras.models.model_from_json")
def model_from_json(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A model of the text that another one gave."""
    text = arguments.get(0, "json_string", UNKNOWN)
    known = isinstance(text, Opaque) and text.path == MODEL
    return clone(frame, text.attributes["model"], node, named=True) if known else UNKNOWN


def clone(frame: Frame, value: Value, node: Any, *, named: bool = False) -> Value:
    """Another layer or model like the given one, by the same names; unknown if it is not known.

    ``named``: its inputs keep their names even if Keras had given them.
    """
    if isinstance(value, SequentialObject):
        return _clone_sequential(frame, value, node, named)
    if isinstance(value, FunctionalObject):
        return _clone_functional(frame, value, node, named)
    layer = value.layer if isinstance(value, LayerObject) else None
    config = config_of(value) if layer is not None else UNKNOWN
    cls = None if layer is None else find(value.class_name)
    if not isinstance(config, Dict) or config.open or cls is None:
        return UNKNOWN
    made = construct_layer(frame, cls, Arguments([], dict(config.items)), node, as_site=False)
    made.trainable = value.trainable
    return made


def _clone_sequential(frame: Frame, model: SequentialObject, node: Any, named: bool) -> Value:
    clones = [clone(frame, layer, node, named=named) for layer in model.stack]
    if not model.complete or any(made is UNKNOWN for made in clones):
        return UNKNOWN
    if model.entry_tensor is not None:
        clones.insert(0, _clone_input(frame, model.entry_tensor, node, named))
    return make_sequential(frame, Arguments([List(clones)], {"name": model.name}), node)


def _clone_input(frame: Frame, tensor: Tensor, node: Any, named: bool) -> Value:
    from keraslint.interpreter.keras.functional import new_input
    from keraslint.interpreter.keras.reporting import call_place

    operation = None if tensor.node is None else tensor.node.operation
    named = named or "name" in getattr(operation, "given", {})  # or by a count of all tensors
    name = operation.name if operation is not None and named else UNKNOWN
    return new_input(frame, tensor.spec, name, call_place(frame, node))


def _clone_functional(frame: Frame, model: FunctionalObject, node: Any, named: bool) -> Value:
    if not model.complete:
        return UNKNOWN
    layers: dict[int, Value] = {}
    tensors: dict[int, Value] = {}
    for tensor in tensors_in(model.inputs):
        tensors[id(tensor)] = _clone_input(frame, tensor, node, named)
    for graph_node in model.graph.nodes:
        if graph_node.is_input:
            continue
        operation = graph_node.operation
        if not isinstance(operation, Operation) and id(operation) not in layers:
            layers[id(operation)] = clone(frame, operation, node, named=named)
            if layers[id(operation)] is UNKNOWN:
                return UNKNOWN
        result = _again(frame, graph_node, layers.get(id(operation)), tensors, node)
        outputs = tensors_in(result)
        if len(outputs) != len(graph_node.outputs):
            return UNKNOWN
        tensors |= {id(old): new for old, new in zip(graph_node.outputs, outputs, strict=True)}
    nests = [map_tensors(nest, tensors) for nest in (model.inputs, model.outputs)]
    return make_functional(frame, Arguments(nests, {"name": model.name}), node)


def _again(
    frame: Frame, graph_node: Node, layer: Value, tensors: dict[int, Value], node: Any
) -> Value:
    """An application on the tensors of the clone."""
    from keraslint.interpreter.tensors import apply_operation

    operation = graph_node.operation
    positional = [map_tensors(value, tensors) for value in graph_node.arguments or ()]
    keywords = {name: map_tensors(value, tensors) for name, value in graph_node.keywords.items()}
    if not isinstance(operation, Operation):
        side = keras_side(layer)
        return UNKNOWN if side is None else side.call(frame, Arguments(positional, keywords), node)
    specs: Any = [tensor.spec for tensor in graph_node.outputs]
    nest = specs[0] if len(specs) == 1 else specs
    return apply_operation(
        frame,
        operation.class_name,
        positional,
        nest,
        operation.replay,
        node,
        keywords,
        name=operation.name,
    )
