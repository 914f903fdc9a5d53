"""Layers that only the applications have."""

from __future__ import annotations

from typing import ClassVar

from keraslint.knowledge.layers.base import Call, Layer, Weight, tensor
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest


class Private(Layer):
    """A layer that is not among ``keras.layers``, and so goes by no name there."""

    class_name: ClassVar[str]

    @property
    def name(self) -> str:
        """Keras's class name."""
        return self.class_name


class LayerScale(Private):
    """``(…, n)`` → ``(…, n)``; one factor for each of the ``n`` features."""

    class_name = "LayerScale"

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The factors."""
        shape = tensor(call.first).shape
        return (Weight(UNKNOWN if isinstance(shape, Unknown) else shape[-1:], True, "gamma"),)


class CustomScaleLayer(Private):
    """``[(…), (…)]`` → ``(…)``: the first plus the scaled second."""

    class_name = "CustomScaleLayer"

    def output(self, call: Call) -> Nest:
        """The first input, as the second has its shape."""
        first = call.first
        return tensor(first[0] if isinstance(first, (list, tuple)) and first else first)


LAYERS: dict[str, type[Private]] = {cls.class_name: cls for cls in (LayerScale, CustomScaleLayer)}
