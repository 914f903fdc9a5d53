"""Methods by which programs drive a layer themselves, such as ``compute_output_shape``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.declared import declared_tensors, shape_value
from keraslint.interpreter.values import Arguments, Builtin, External, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Unknown

if TYPE_CHECKING:
    from keraslint.interpreter.keras.objects import KerasObject
    from keraslint.interpreter.scopes import Frame


def protocol_method(side: KerasObject, name: str) -> Value | None:
    """The method of that name, `None` if there is none here."""
    if name == "__class__":
        return _class_of(side)
    work = {
        "build": _build,
        "compute_output_shape": _output_shape,
        "compute_output_spec": _output_spec,
        "get_config": _config,
        "to_json": _config,
        "from_config": _from_config,
    }.get(name)
    if work is None:
        return None
    return Builtin(name, lambda frame, arguments: work(frame, side, arguments))


def _config(frame: Frame, side: KerasObject, arguments: Arguments) -> Value:
    """``layer.get_config()``."""
    from keraslint.interpreter.keras.configs import config_of

    return config_of(side)


def _from_config(frame: Frame, side: KerasObject, arguments: Arguments) -> Value:
    """``layer.from_config(config)``: the class's own method."""
    from keraslint.interpreter.keras.configs import from_config

    return from_config(frame, _class_of(side), arguments, frame.machine.current_call)


def _class_of(side: KerasObject) -> External:
    return External(getattr(side, "dotted", f"keras.{side.class_name}"), "keras")


def _build(frame: Frame, side: KerasObject, arguments: Arguments) -> Value:
    """``layer.build(shape)``: makes the weights."""
    tensors = declared_tensors(arguments.get(0, "input_shape", UNKNOWN))
    if not isinstance(tensors, Unknown):
        _run(frame, side, tensors)


def _output_shape(frame: Frame, side: KerasObject, arguments: Arguments) -> Value:
    """``layer.compute_output_shape(shape)``: what a call would give; the layer stays as it is."""
    tensors = declared_tensors(arguments.get(0, "input_shape", UNKNOWN))
    return UNKNOWN if isinstance(tensors, Unknown) else shape_value(_tried(frame, side, tensors))


def _output_spec(frame: Frame, side: KerasObject, arguments: Arguments) -> Value:
    """``layer.compute_output_spec(tensor)``: likewise, as tensors."""
    given = arguments.get(0, "inputs", UNKNOWN)
    return _tried(frame, side, given) if tensors_in(given) else UNKNOWN


def _tried(frame: Frame, side: KerasObject, tensors: Value) -> Value:
    heap = frame.machine.heap
    heap.push()
    try:
        result = _run(frame, side, tensors)
    finally:
        heap.pop()
    known = isinstance(result, Tensor) and not isinstance(result.spec.shape, Unknown)
    return result if known or isinstance(result, (tuple, Sequence_)) else UNKNOWN


def _run(frame: Frame, side: KerasObject, tensors: Value) -> Value:
    """Call the layer, nothing noted."""
    machine = frame.machine
    machine.replaying += 1
    machine.catching += 1
    try:
        return side.call(frame, Arguments([tensors]), side.place)
    finally:
        machine.replaying -= 1
        machine.catching -= 1
