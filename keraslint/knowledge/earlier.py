"""Which refusals of the newest Keras earlier versions share."""

from __future__ import annotations

from keraslint.knowledge.api import Api, Version
from keraslint.knowledge.faults import Fault, FaultKind

NEWEST = 3
VERSIONS: dict[int, tuple[Version, ...]] = {1: ("keras1",), 2: ("tf_keras2", "keras2")}

OF_ALL = frozenset(
    (
        *("input_shape", "batch_input_shape", "batch_size", "weights", "input_dtype", "dynamic"),
        *("name", "trainable", "dtype", "autocast", "activity_regularizer", "input_dim"),
        *("input_length", "clipnorm", "clipvalue", "global_clipnorm", "decay", "lr"),
        *("implementation", "enable_caching_device", "experimental_autocast", "causal", "mesh"),
        *("fused", "virtual_batch_size", "adjustment", "renorm", "synchronized", "partitioner"),
        *("zero_output_for_mask", "reverse_state_order", "use_one_hot_matmul", "constants"),
        *("vocabulary_size", "has_input_vocabulary", "schedule_decay", "use_legacy_optimizer"),
    )
)
"""Arguments that reach layers and optimizers of earlier versions through ``**kwargs``."""

_AS_EVER = frozenset(
    (
        FaultKind.EMPTY_OUTPUT,
        FaultKind.MERGE_SHAPE,
        FaultKind.RESHAPE_SIZE,
        FaultKind.UNDEFINED_DIMENSION,
        FaultKind.INPUT_DIMENSION,
        FaultKind.GROUPS,
        FaultKind.GRAPH_DISCONNECTED,
        FaultKind.KERNEL_DIMENSIONALITY,
        FaultKind.STRIDES_WITH_DILATION,
        FaultKind.DUPLICATE_NAME,
        FaultKind.LAYER_NOT_CALLED,
        FaultKind.CALL_WITHOUT_INPUTS,
    )
)

_CONV_LSTM = ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
_TAKEN = {
    FaultKind.EMPTY_OUTPUT: ("Cropping3D",),
    FaultKind.UNDEFINED_DIMENSION: (*_CONV_LSTM, "AdditiveAttention"),
    FaultKind.STRIDES_WITH_DILATION: _CONV_LSTM,
    FaultKind.INPUT_DIMENSION: ("Dense", "GroupNormalization", "Model", "Sequential"),
}
"""Layers and models that took what those of the newest Keras refuse like all others."""

_CONVOLUTIONS = ("Conv", "Separable", "Depthwise")
"""How the names of layers begin that took further axes in front."""


def refuses(fault: Fault, layer: str, target: int) -> bool:
    """Whether an earlier Keras refuses too what the newest one does."""
    name = layer.rpartition(".")[2]
    if target >= NEWEST:
        return True
    if name in _TAKEN.get(fault.kind, ()):
        return False
    if fault.kind in _AS_EVER:
        return True
    if fault.facts.get("call", False):  # what `call` takes has changed
        return False
    if fault.kind is FaultKind.INPUT_RANK:
        expected, found = fault.expected, fault.found
        if not isinstance(expected, int) or not isinstance(found, tuple):
            return False
        return len(found) < expected or not name.startswith(_CONVOLUTIONS)
    if fault.kind is FaultKind.UNKNOWN_ARGUMENT:
        return not any(_may_take(fault, layer, version) for version in VERSIONS[target])
    if fault.kind is FaultKind.MISSING_ARGUMENT:
        return all(_needs(fault, layer, version) for version in VERSIONS[target])
    return False


def _may_take(fault: Fault, layer: str, version: Version) -> bool:
    """Whether a version has the argument that the newest refuses, or may have it."""
    symbol, name = Api.load(version).resolve(layer), fault.argument
    if symbol is None or symbol.signature is None or name is None or name in OF_ALL:
        return True
    return symbol.signature.get(name) is not None or name in symbol.old_arguments


def _needs(fault: Fault, layer: str, version: Version) -> bool:
    """Whether a version must be given the argument that is missing."""
    symbol, name = Api.load(version).resolve(layer), fault.argument
    if symbol is None or symbol.signature is None or name is None:
        return False
    parameter = symbol.signature.get(name)
    return parameter is not None and parameter.required
