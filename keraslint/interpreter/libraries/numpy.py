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

for _name, _value in (("pi", math.pi), ("e", math.e), ("inf", math.inf), ("nan", math.nan)):
    attribute(f"numpy.{_name}", lambda value=_value: value)

__all__ = ["numpy_creation", "numpy_math", "numpy_random", "numpy_selection", "numpy_shaping"]
