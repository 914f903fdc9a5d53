"""What is known of one tensor, and nests of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.shapes import Shape


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """Shape (batch included) and dtype name of a tensor; either may be unknown."""

    shape: Shape = UNKNOWN
    dtype: str | Unknown = "float32"

    def with_shape(self, shape: Shape) -> TensorSpec:
        """The same tensor in another shape."""
        return replace(self, shape=shape)


Nest: TypeAlias = Any
"""A `TensorSpec`, `UNKNOWN`, `None`, or a tuple, list or dict of nests."""


def flatten(nest: Nest) -> Iterator[Any]:
    """The leaves in the order Keras flattens a nest: dicts by sorted key."""
    if isinstance(nest, (tuple, list)):
        for item in nest:
            yield from flatten(item)
    elif isinstance(nest, dict):
        for key in sorted(nest, key=str):
            yield from flatten(nest[key])
    else:
        yield nest


def map_nest(function: Callable[[Any], Any], nest: Nest) -> Nest:
    """The same nest with every leaf replaced."""
    if isinstance(nest, tuple):
        return tuple(map_nest(function, item) for item in nest)
    if isinstance(nest, list):
        return [map_nest(function, item) for item in nest]
    if isinstance(nest, dict):
        return {key: map_nest(function, value) for key, value in nest.items()}
    return function(nest)
