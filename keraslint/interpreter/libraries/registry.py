"""Models of library functions by their canonical path, loaded when their library is first used."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from keraslint.interpreter.values import Arguments, External, Value
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

Model: TypeAlias = "Callable[[Frame, Arguments, Any], Value]"

FUNCTIONS: dict[str, Model] = {}
ATTRIBUTES: dict[str, Callable[[], Value]] = {}

MODULES: dict[str, tuple[str, ...]] = {
    "keras": (
        "keraslint.interpreter.keras.functions",
        "keraslint.interpreter.keras.backend",
        "keraslint.interpreter.keras.configs",
        "keraslint.interpreter.keras.control",
        "keraslint.interpreter.keras.variables",
        "keraslint.interpreter.keras.imagenet",
        "keraslint.interpreter.libraries.keras_data",
    ),
    "numpy": ("keraslint.interpreter.libraries.numpy",),
    "tensorflow": ("keraslint.interpreter.libraries.tensorflow",),
    "sklearn": ("keraslint.interpreter.libraries.sklearn",),
    "pandas": ("keraslint.interpreter.libraries.pandas",),
    "builtins": ("keraslint.interpreter.libraries.standard_objects",),
}
STANDARD = "keraslint.interpreter.libraries.standard"
_loaded: set[str] = set()


def external(*paths: str) -> Callable[[Model], Model]:
    """Register a model of the functions or classes at ``paths``."""

    def register(model: Model) -> Model:
        for path in paths:
            FUNCTIONS[path] = model
        return model

    return register


def attribute(path: str, make: Callable[[], Value]) -> None:
    """Register the value of a library's attribute (``math.pi``, ``os.sep``)."""
    ATTRIBUTES[path] = make


def load(root: str) -> None:
    """Import the models of one library."""
    if root not in _loaded:
        _loaded.add(root)
        for module in MODULES.get(root, (STANDARD,)):
            importlib.import_module(module)


def find(path: str) -> Model | None:
    """The model of what ``path`` names, `None` if there is none."""
    load(path.partition(".")[0])
    return FUNCTIONS.get(path)


JUST_A_NAME: Any = object()


def find_attribute(path: str) -> Value:
    """The known value of a library's attribute, `JUST_A_NAME` if it is no more than that."""
    load(path.partition(".")[0])
    make = ATTRIBUTES.get(path)
    return JUST_A_NAME if make is None else make()


def call_external(frame: Frame, callee: External, arguments: Arguments, node: Any) -> Value:
    """Call what a library name stands for; unknown if nobody modelled it."""
    model = find(callee.path)
    return UNKNOWN if model is None else model(frame, arguments, node)
