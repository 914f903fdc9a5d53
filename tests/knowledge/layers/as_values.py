"""From real Python arguments to those that the knowledge room reads."""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np

from keraslint.knowledge.values import ArrayValue, Callable_, ClassObject, NumpyScalar

FUNCTIONS = (FunctionType, BuiltinFunctionType)


def as_value(value: Any) -> Any:
    """An argument as the interpreter hands it to the knowledge room."""
    if isinstance(value, (tuple, list)):
        return type(value)(as_value(item) for item in value)
    if isinstance(value, dict):
        return {key: as_value(item) for key, item in value.items()}
    if isinstance(value, np.generic):
        return NumpyScalar(value.item(), value.dtype.name)
    if isinstance(value, np.ndarray):
        return ArrayValue(value.shape, value.dtype.name)
    if isinstance(value, type):
        return ClassObject(value.__name__)
    return Callable_(value.__name__) if isinstance(value, FUNCTIONS) else value
