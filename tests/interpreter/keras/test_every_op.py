"""Every function that Keras has on tensors is known, or was decided about."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import pytest

from keraslint.interpreter.libraries.registry import find
from keraslint.knowledge.ops.registry import find_op

pytestmark = pytest.mark.oracle

MODULES = ("ops", "ops.image", "ops.linalg", "ops.nn", "ops.numpy", "random", "activations")
NO_TENSORS = {"keras.activations.deserialize", "keras.activations.serialize"}
"""Functions from which no tensor comes, and which no model needs."""


def functions() -> list[str]:
    """The full names of all public functions, each class left out."""
    found = []
    for module in MODULES:
        owner: Any = importlib.import_module("keras")
        for part in module.split("."):
            owner = getattr(owner, part)
        for name in dir(owner):
            value = getattr(owner, name)
            if not name.startswith("_") and not isinstance(value, (type, ModuleType)):
                found.append(f"keras.{module}.{name}")
    return found


def test_every_function_is_known() -> None:
    unknown = {name for name in functions() if find(name) is None and find_op(name) is None}
    assert unknown == NO_TENSORS
