"""NumPy, as far as shapes go."""

from __future__ import annotations

import math

from keraslint.interpreter.libraries import (  # the models register themselves
    numpy_creation,
    numpy_math,
    numpy_random,
    numpy_selection,
    numpy_shaping,
)
from keraslint.interpreter.libraries.registry import attribute


def _constant(name: str, value: float | None) -> None:
    attribute(f"numpy.{name}", lambda: value)


for _name in ("pi", "e", "inf", "nan"):
    _constant(_name, getattr(math, _name))
_constant("newaxis", None)

__all__ = ["numpy_creation", "numpy_math", "numpy_random", "numpy_selection", "numpy_shaping"]
