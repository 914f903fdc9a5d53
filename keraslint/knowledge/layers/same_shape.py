"""Layers whose outputs have the shapes of their inputs, whatever the nest."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import compute_dtype
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.tensors.dtypes import is_float
from keraslint.tensors.specs import Nest, TensorSpec, map_nest


class SameShape(Layer):
    """``(…)`` → ``(…)`` in the dtype of the layer; no weights."""

    def output(self, call: Call) -> Nest:
        """Every tensor of the nest as it is, in the layer's dtype."""
        dtype = compute_dtype(self.arguments)

        def same(leaf: Any) -> Any:
            return TensorSpec(leaf.shape, dtype) if isinstance(leaf, TensorSpec) else leaf

        return map_nest(same, call.first)


def cast(layer: Layer, spec: TensorSpec) -> TensorSpec:
    """An input as the layer sees it: floats in the layer's dtype, everything else as it is."""
    if not is_float(spec.dtype):
        return spec
    return TensorSpec(spec.shape, compute_dtype(layer.arguments))
