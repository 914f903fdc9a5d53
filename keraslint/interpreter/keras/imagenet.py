"""The helpers that the sources of pretrained models share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.items import get_item
from keraslint.interpreter.keras.convert import from_nest, to_knowledge
from keraslint.interpreter.keras.ops import call_op, op_value
from keraslint.interpreter.keras.reporting import call_place, note_fault
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.operators import binary
from keraslint.interpreter.values import Arguments, List, Tensor, Value
from keraslint.knowledge.applications import imagenet_utils
from keraslint.knowledge.faults import Fault
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

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


SCALING = {
    **dict.fromkeys(("resnet", "resnet50", "vgg16", "vgg19"), "caffe"),
    "densenet": "torch",
    **dict.fromkeys(
        (
            "inception_resnet_v2",
            "inception_v3",
            "mobilenet",
            "mobilenet_v2",
            "nasnet",
            "resnet_v2",
            "xception",
        ),
        "tf",
    ),
}
RGB_TO_BGR = (2, 1, 0)


def preprocess(frame: Frame, arguments: Arguments, node: Any, mode: Value) -> Value:
    """``preprocess_input``: on a symbolic tensor, each of its steps is an operation."""
    images, data_format = arguments.get(0, "x", UNKNOWN), arguments.get(1, "data_format", None)
    data_format = frame.machine.defaults.data_format if data_format is None else data_format
    spec = _checked(
        frame,
        "preprocess_input",
        lambda: imagenet_utils.preprocess_input(op_value(frame, images), data_format, mode),
        node,
    )
    if not isinstance(images, Tensor) or isinstance(spec, Unknown):
        return from_nest(spec, lambda made, index: Tensor(made, "numpy"))
    shape = images.spec.shape
    if images.flavour != "keras" or isinstance(shape, Unknown):
        return Tensor(spec, images.flavour)
    return _scaled(frame, images, len(shape), data_format, mode, node)


def _scaled(frame: Frame, x: Value, rank: int, data_format: Value, mode: Value, node: Any) -> Value:
    if mode == "tf":
        return binary(frame, "-", binary(frame, "/", x, 127.5, node), 1.0, node)
    last = data_format == "channels_last"
    axis = -1 if last else rank - 3
    if mode == "torch":
        x = binary(frame, "/", x, 255.0, node)
    else:
        keys = [(..., c) if last else (*[slice(None)] * axis, c, ...) for c in RGB_TO_BGR]
        if rank == 4 and not last:
            keys = [(slice(None), c, slice(None)) for c in RGB_TO_BGR]
        planes = List([get_item(frame, x, key, node) for key in keys])
        x = call_op(frame, "keras.ops.stack", Arguments([planes], {"axis": axis}), node)
    x = binary(frame, "+", x, _constant(rank, axis), node)
    return binary(frame, "/", x, _constant(rank, axis), node) if mode == "torch" else x


def _constant(rank: int, axis: int) -> Value:
    """One number for each channel."""
    shape = [1] * rank
    shape[axis] = 3
    return Tensor(TensorSpec(tuple(shape), "float32"), "traced")


@external(*_paths("preprocess_input"))
def preprocess_any(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """As the given mode says."""
    return preprocess(frame, arguments, node, arguments.get(2, "mode", "caffe"))


def _register(module: str, mode: str) -> None:
    @external(f"keras.applications.{module}.preprocess_input")
    def preprocess_input(frame: Frame, arguments: Arguments, node: Any) -> Value:
        return preprocess(frame, arguments, node, mode)


for _module, _mode in SCALING.items():
    _register(_module, _mode)


@external(*(f"keras.applications.{module}.preprocess_input" for module in imagenet_utils.UNCHANGED))
def preprocess_nothing(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """These models scale by a layer of their own."""
    return arguments.get(0, "x", UNKNOWN)


def _checked(frame: Frame, function: str, work: Callable[[], Value], node: Any) -> Value:
    try:
        return work()
    except Fault as fault:
        note_fault(frame, fault, f"{MODULES[0]}.{function}", call_place(frame, node))
        return UNKNOWN
