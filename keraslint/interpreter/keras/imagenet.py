"""The helpers that the sources of pretrained models share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import to_knowledge
from keraslint.interpreter.keras.ops import op_value
from keraslint.interpreter.keras.reporting import call_place, note_fault
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.values import Arguments, Value
from keraslint.knowledge.applications import imagenet_utils
from keraslint.knowledge.faults import Fault
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

MODULES = ("keras.applications.imagenet_utils", "keras_applications.imagenet_utils")


def _paths(*names: str) -> tuple[str, ...]:
    return tuple(f"{module}.{name}" for module in MODULES for name in names)


@external(*_paths("obtain_input_shape", "_obtain_input_shape"))
def obtain_input_shape(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The input shape of a model, without the batch."""
    names = ("input_shape", "default_size", "min_size", "data_format", "require_flatten", "weights")
    values = [
        to_knowledge(frame, arguments.get(index, name, None if name == "weights" else UNKNOWN))
        for index, name in enumerate(names)
    ]

    def obtain() -> Value:
        data_format, require_flatten, weights = values[3:]
        return imagenet_utils.obtain_input_shape(
            *values[:3], data_format=data_format, require_flatten=require_flatten, weights=weights
        )

    return _checked(frame, "obtain_input_shape", obtain, node)


@external(*_paths("validate_activation"))
def validate_activation(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Refuses the activation of a classifier that was trained with another."""
    activation = to_knowledge(frame, arguments.get(0, "classifier_activation", UNKNOWN))
    weights = to_knowledge(frame, arguments.get(1, "weights", UNKNOWN))

    def validate() -> Value:
        imagenet_utils.validate_activation(activation, weights)

    return _checked(frame, "validate_activation", validate, node)


@external(*_paths("correct_pad"))
def correct_pad(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The padding before a convolution with stride 2."""
    images = op_value(frame, arguments.get(0, "inputs", UNKNOWN))
    kernel = to_knowledge(frame, arguments.get(1, "kernel_size", UNKNOWN))
    return _checked(frame, "correct_pad", lambda: imagenet_utils.correct_pad(images, kernel), node)


def _checked(frame: Frame, function: str, work: Callable[[], Value], node: Any) -> Value:
    try:
        return work()
    except Fault as fault:
        note_fault(frame, fault, f"{MODULES[0]}.{function}", call_place(frame, node))
        return UNKNOWN
