"""Which layers and models are instances of which classes of Keras."""

from __future__ import annotations

from keraslint.interpreter.keras.models import ModelObject
from keraslint.interpreter.keras.objects import KerasObject
from keraslint.interpreter.values import External
from keraslint.knowledge.layers.registry import find

LAYER = {"keras.Layer", "keras.layers.Layer"}
MODEL = {"keras.Model", "keras.models.Model"}
SEQUENTIAL = {"keras.Sequential", "keras.models.Sequential"}
TOP = LAYER | MODEL | SEQUENTIAL

# Public layers that other public layers inherit from: those that do in every Keras, and those that
# may do so in some.
_CHILDREN: dict[str, frozenset[str]] = {
    "RNN": frozenset(
        (
            "LSTM",
            "GRU",
            "SimpleRNN",
            "ConvLSTM1D",
            "ConvLSTM2D",
            "ConvLSTM3D",
            "CuDNNLSTM",
            "CuDNNGRU",
        )
    ),
    "Wrapper": frozenset(("TimeDistributed", "SpectralNormalization")),
    "JaxLayer": frozenset(("FlaxLayer",)),
    "Dropout": frozenset(("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")),
}
_POSSIBLE: dict[str, frozenset[str]] = {
    "Wrapper": frozenset(("Bidirectional",)),
    "Attention": frozenset(("AdditiveAttention",)),
    "Embedding": frozenset(("ReversibleEmbedding",)),
    "BatchNormalization": frozenset(("SyncBatchNormalization",)),
    **{
        f"Conv{n}D": frozenset(
            (f"Conv{n}DTranspose", f"SeparableConv{n}D", f"DepthwiseConv{n}D", f"AtrousConv{n}D")
        )
        for n in (1, 2, 3)
    },
}


def is_of(value: KerasObject, kind: External) -> bool | None:
    """Whether a layer or model is an instance of a class of Keras, `None` if unknown."""
    if kind.path in LAYER:
        return True
    if not isinstance(value, ModelObject):
        return inherits(getattr(value, "dotted", ""), kind.path)
    if kind.path in MODEL:
        return True
    if kind.path in SEQUENTIAL:
        return value.class_name == "Sequential"
    is_layer = kind.path.startswith("keras.layers.") and find(kind.name) is not None
    return False if is_layer else None


def inherits(path: str, kind: str) -> bool | None:
    """Whether the class of Keras at one path is, or inherits from, that at another."""
    if path == kind or (path in LAYER and kind in LAYER) or (path in MODEL and kind in MODEL):
        return True
    if not all(path in TOP or path.startswith("keras.layers.") for path in (path, kind)):
        return None
    if kind in LAYER or (path in SEQUENTIAL and kind in MODEL):
        return True
    if path in TOP or kind in TOP:
        return False
    mine, theirs = find(path.rpartition(".")[2]), find(kind.rpartition(".")[2])
    if mine is None or theirs is None:
        return None
    own, other = mine.names[0], theirs.names[0]
    if own == other or own in _CHILDREN.get(other, ()):
        return True
    return None if own in _POSSIBLE.get(other, ()) else False
