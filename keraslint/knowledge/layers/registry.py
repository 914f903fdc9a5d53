"""Which class of this package knows which Keras layer."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from keraslint.knowledge.layers.base import Layer


@cache
def layers() -> dict[str, type[Layer]]:
    """All known layers by every name they go by (``Conv2D``, ``Convolution2D`` …)."""
    package = importlib.import_module("keraslint.knowledge.layers")
    for module in pkgutil.iter_modules(package.__path__, "keraslint.knowledge.layers."):
        importlib.import_module(module.name)
    return {name: cls for cls in _subclasses(Layer) for name in cls.__dict__.get("names", ())}


def _subclasses(cls: type[Layer]) -> Iterator[type[Layer]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _subclasses(sub)


def find(name: str) -> type[Layer] | None:
    """The layer that Keras calls ``name`` (without module), `None` if unknown."""
    return layers().get(name)
