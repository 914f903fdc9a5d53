"""Apply the entries of a blueprint with keraslint's own layers, and list what real Keras builds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from keraslint.knowledge.applications import GIVEN, Blueprint, Entry
from keraslint.knowledge.layers.base import Call, count
from keraslint.knowledge.naming import automatic_name
from keraslint.knowledge.ops.operators import binary
from keraslint.tensors.specs import TensorSpec


@dataclass(frozen=True)
class Part:
    """One layer or operation of a model."""

    name: Any
    class_name: str
    shape: Any
    params: int
    trainable: int
    inbound: tuple[Any, ...]


def replay(blueprint: Blueprint, given: TensorSpec | None = None) -> list[Part]:
    """The parts of a blueprint, applied in order; automatic names from the start."""
    taken: Counter[str] = Counter()
    outputs: list[Any] = []
    parts: list[Part] = []
    for entry in blueprint.entries:
        inputs = [given if i == GIVEN else outputs[i] for i in entry.inbound]
        name = entry.name if entry.name is not None else _automatic(entry.class_name, taken)
        shape, params, trainable = _apply(entry, inputs)
        outputs.append(TensorSpec(shape))
        inbound = tuple("given" if i == GIVEN else parts[i].name for i in entry.inbound)
        parts.append(Part(name, entry.class_name, shape, params, trainable, inbound))
    return parts


def _automatic(class_name: str, taken: Counter[str]) -> str:
    base = automatic_name(class_name)
    taken[base] += 1
    return base if taken[base] == 1 else f"{base}_{taken[base] - 1}"


def _apply(entry: Entry, inputs: list[Any]) -> tuple[Any, int, int]:
    if entry.operator is not None:
        right = inputs[1] if len(inputs) > 1 else entry.arguments["other"]
        return binary(entry.operator, inputs[0], right).shape, 0, 0
    if entry.class_name == "InputLayer":
        return (None, *entry.arguments["shape"]), 0, 0
    if entry.inner:
        params = trainable = 0
        for part in entry.inner:
            shape, n, m = _apply(part, inputs)
            inputs = [TensorSpec(shape)]
            params, trainable = params + n, trainable + m
        return shape, params, trainable
    layer = entry.layer()
    output = layer(Call((inputs[0] if len(inputs) == 1 else inputs,), {}))
    trainable_weights = tuple(weight for weight in layer.weights if weight.trainable)
    return output.shape, layer.count_params() or 0, count(trainable_weights) or 0


def real_parts(keras: ModuleType, model: Any) -> list[Part]:
    """The same of a real model."""
    return [_real_part(keras, operation) for operation in model.operations]


def _real_part(keras: ModuleType, operation: Any) -> Part:
    node = operation._inbound_nodes[-1]
    params = trainable = 0
    if isinstance(operation, keras.layers.Layer):
        params = _size(operation.weights)
        trainable = _size(operation.trainable_weights)
    return Part(
        operation.name,
        type(operation).__name__,
        tuple(node.output_tensors[0].shape),
        params,
        trainable,
        tuple(tensor._keras_history.operation.name for tensor in node.input_tensors),
    )


def _size(weights: Any) -> int:
    total = 0
    for weight in weights:
        n = 1
        for dim in weight.shape:
            n *= dim
        total += n
    return total
