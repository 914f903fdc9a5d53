"""Build the real models, without their weights' values."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from keraslint.knowledge.applications import blueprint
from keraslint.knowledge.faults import Fault
from keraslint.tensors.specs import TensorSpec
from tests.knowledge.applications.replay import Part, real_parts, replay

RAISED = (ValueError, TypeError, LookupError, AttributeError)
"""What real Keras raises to refuse something."""


class Reality:
    """The real applications; pretrained weights are neither fetched nor loaded."""

    def __init__(self, keras: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.keras = keras
        monkeypatch.setattr("keras.src.utils.file_utils.get_file", lambda *_, **__: "weights.h5")
        monkeypatch.setattr(keras.Model, "load_weights", lambda *_, **__: None)

    def build(self, name: str, /, **arguments: Any) -> tuple[str, list[Part]]:
        """The name and the parts of a model; a shape as ``input_tensor`` becomes an input."""
        keras = self.keras
        keras.backend.clear_session()
        given = arguments.get("input_tensor")
        if isinstance(given, TensorSpec):
            arguments["input_tensor"] = keras.Input(batch_shape=given.shape, name="given")
        with keras.StatelessScope():
            model = getattr(keras.applications, name)(**arguments)
            parts = real_parts(keras, model)
        return model.name, [part for part in parts if part.name != "given"]

    def refuses(self, name: str, /, **arguments: Any) -> str:
        """Why real Keras raises, empty if it does not."""
        try:
            self.build(name, **arguments)
        except RAISED as error:
            return f"{type(error).__name__}: {error}"
        return ""


def build(name: str, /, **arguments: Any) -> tuple[Any, list[Part]]:
    """The name and the parts of a model, as keraslint knows it."""
    plan = blueprint(name, arguments)
    given = arguments.get("input_tensor")
    parts = replay(plan, given if isinstance(given, TensorSpec) else None)
    assert plan.complete
    assert plan.output == len(parts) - 1
    return plan.name, parts


def refuses(name: str, /, **arguments: Any) -> str:
    """Why keraslint says that Keras raises, empty if it does not."""
    try:
        build(name, **arguments)
    except Fault as fault:
        return repr(fault)
    return ""
