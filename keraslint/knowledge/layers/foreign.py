"""Layers around models of other libraries, of which only the outside is known."""

from __future__ import annotations

from keraslint.knowledge.layers.base import Call, Layer, Weight
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import Nest, TensorSpec


class Foreign(Layer):
    """``(…)`` → whatever the foreign model makes of it; its weights are the model's."""

    takes_data = True

    def build(self, call: Call) -> tuple[Weight, ...]:
        """As many weights as the model has."""
        return (Weight(UNKNOWN, UNKNOWN),)

    def output(self, call: Call) -> Nest:
        """What the model gives."""
        return TensorSpec(UNKNOWN, UNKNOWN)


class TFSMLayer(Foreign):
    """A SavedModel of TensorFlow."""

    names = ("TFSMLayer",)
    call_arguments = ("inputs", "training", "**kwargs")


class JaxLayer(Foreign):
    """A function of JAX."""

    names = ("JaxLayer",)
    call_arguments = ("inputs", "training")


class FlaxLayer(JaxLayer):
    """A module of Flax."""

    names = ("FlaxLayer",)


class TorchModuleWrapper(Foreign):
    """A module of PyTorch."""

    names = ("TorchModuleWrapper",)
    call_arguments = ("*args", "training", "**kwargs")
