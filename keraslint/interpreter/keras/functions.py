"""Functions of Keras that are neither layers nor operations on tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.values import Arguments, Builtin, Dict, External, List, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


@external("keras.backend.backend", "keras.config.backend")
def backend(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The usual backend."""
    return "tensorflow"


@external("keras.backend.epsilon", "keras.config.epsilon")
def epsilon(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The default of what keeps divisions from failing."""
    return 1e-7


@external("keras.backend.is_keras_tensor", "keras.utils.is_keras_tensor")
def is_keras_tensor(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Whether a value is a symbolic tensor."""
    value = arguments.get(0, "x", UNKNOWN)
    return value.flavour == "keras" if isinstance(value, Tensor) else UNKNOWN


@external("keras.backend.int_shape")
def int_shape(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The static shape."""
    value = arguments.get(0, "x", UNKNOWN)
    return value.spec.shape if isinstance(value, Tensor) else UNKNOWN


@external("keras.backend.clear_session", "keras.utils.clear_session")
def clear_session(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Automatic names start anew."""
    frame.machine.heap.touch(frame.machine.names)
    frame.machine.names.counts = {}
    return None


@external("keras.ops.shape", "keras.backend.shape")
def shape(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The shape; inside a layer's ``call`` a dynamic dim is a scalar tensor."""
    value = arguments.get(0, "x", UNKNOWN)
    if not isinstance(value, Tensor) or isinstance(value.spec.shape, Unknown):
        return UNKNOWN
    if value.flavour == "keras":
        return value.spec.shape
    return tuple(
        Tensor(TensorSpec((), "int32"), "traced") if dim is None else dim
        for dim in value.spec.shape
    )


@external("keras.ops.dtype")
def dtype(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The dtype, a string."""
    value = arguments.get(0, "x", UNKNOWN)
    return value.spec.dtype if isinstance(value, Tensor) else UNKNOWN


@external("keras.ops.is_tensor")
def is_tensor(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Whether a value is a tensor with data."""
    value = arguments.get(0, "x", UNKNOWN)
    return value.flavour == "traced" if isinstance(value, Tensor) else UNKNOWN


@external(
    "keras.utils.get_source_inputs",
    "keras.ops.operation_utils.get_source_inputs",
    "keras.utils.layer_utils.get_source_inputs",
)
def get_source_inputs(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The inputs a symbolic tensor was computed from."""
    found = source_inputs(arguments.get(0, "tensor", UNKNOWN))
    return List(list(found)) if found else UNKNOWN


def source_inputs(value: Value) -> list[Tensor] | None:
    """The inputs that the tensors of a nest were computed from, `None` if not all are known."""
    found: list[Tensor] = []
    pending = tensors_in(value)
    seen: set[int] = set()
    while pending:
        tensor = pending.pop()
        if tensor.is_constant:
            continue
        if tensor.node is None:
            return None
        if id(tensor.node) in seen:
            continue
        seen.add(id(tensor.node))
        if tensor.node.is_input:
            found.append(tensor)
        pending.extend(tensor.node.inputs)
    return found


@external("keras.saving.register_keras_serializable", "keras.utils.register_keras_serializable")
def register(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A decorator that keeps what it decorates."""
    return Builtin("register", lambda frame, arguments: arguments.get(0, "object", UNKNOWN))


@external("keras.activations.linear")
def linear(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """What it is given, and no operation."""
    return arguments.get(0, "x", UNKNOWN)


@external("keras.activations.get")
def get_activation(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The function of that name."""
    name = arguments.get(0, "identifier", UNKNOWN)
    name = "linear" if name is None else name
    return External(f"keras.activations.{name}", "keras") if isinstance(name, str) else name


_CUSTOM = ("get_custom_objects", "custom_object_scope", "CustomObjectScope")


@external(*(f"keras.{module}.{name}" for module in ("utils", "saving") for name in _CUSTOM))
def custom_objects(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """From here on any string may name an object of the program."""
    frame.machine.custom_objects = True
    return Dict(open=True)
