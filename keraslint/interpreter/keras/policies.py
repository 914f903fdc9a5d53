"""What a program sets for all of Keras: the default dtype, dtype policy and layout of images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import to_knowledge
from keraslint.interpreter.keras.reporting import call_place, note_fault
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.values import Arguments, Value
from keraslint.knowledge.arguments import check_dtype_policy, choice, compute_dtype, data_format
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.values import KerasObject
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec, map_nest

if TYPE_CHECKING:
    from keraslint.interpreter.machine import Machine
    from keraslint.interpreter.scopes import Frame

FLOAT = "float32"
FLOATS = ("bfloat16", "float16", "float32", "float64")
_SETTERS = ("config.set_dtype_policy", "mixed_precision.set_dtype_policy")


@external("keras.backend.floatx", "keras.config.floatx")
def floatx(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The default dtype."""
    return frame.machine.defaults.floatx


@external("keras.backend.set_floatx", "keras.config.set_floatx")
def set_floatx(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Another default dtype from here on."""
    value = to_knowledge(frame, arguments.get(0, "value", UNKNOWN))
    try:
        _settle(frame, "floatx", choice({"value": value}, "value", FLOATS))
    except Fault as fault:
        note_fault(frame, fault, "keras.config.set_floatx", call_place(frame, node))


@external("keras.backend.image_data_format", "keras.config.image_data_format")
def image_data_format(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The default layout."""
    return frame.machine.defaults.data_format


@external("keras.backend.set_image_data_format", "keras.config.set_image_data_format")
def set_image_data_format(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Another default layout from here on."""
    value = to_knowledge(frame, arguments.get(0, "data_format", UNKNOWN))
    try:
        _settle(frame, "data_format", data_format({"data_format": value}))
    except Fault as fault:
        note_fault(frame, fault, "keras.config.set_image_data_format", call_place(frame, node))


@external(*(f"keras.{path}" for path in (*_SETTERS, "mixed_precision.set_global_policy")))
def set_dtype_policy(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """Another policy for layers that are given none from here on."""
    policy = to_knowledge(frame, arguments.get(0, "policy", UNKNOWN))
    if isinstance(policy, KerasObject):
        policy = (policy.options or {}).get("name", UNKNOWN)
    try:
        check_dtype_policy({"dtype": policy})
    except Fault as fault:
        fault.argument = "policy"
        note_fault(frame, fault, "keras.config.set_dtype_policy", call_place(frame, node))
        return
    _settle(frame, "policy", compute_dtype({"dtype": policy}))


def _settle(frame: Frame, name: str, value: Value) -> None:
    """Set what holds from here on; it becomes unknown where it may be that it is not set."""
    machine = frame.machine
    machine.heap.touch(machine.defaults)
    setattr(machine.defaults, name, UNKNOWN if machine.branching else value)


def default_dtype(machine: Machine) -> Value:
    """What a layer computes in that is given no dtype."""
    return machine.defaults.floatx if machine.defaults.policy is None else machine.defaults.policy


def in_dtype(nest: Nest, dtype: Value) -> Nest:
    """Outputs with the program's default in place of Keras's own."""
    if dtype == FLOAT:
        return nest

    def change(leaf: Any) -> Any:
        changes = isinstance(leaf, TensorSpec) and leaf.dtype == FLOAT
        kind = dtype if isinstance(dtype, (str, Unknown)) else UNKNOWN
        return TensorSpec(leaf.shape, kind) if changes else leaf

    return map_nest(change, nest)
