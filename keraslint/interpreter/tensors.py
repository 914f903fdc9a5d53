"""Attributes, items and operators of tensors, and the operations they leave in a graph."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import libcst as cst

from keraslint.interpreter.arrays import array_attribute, array_item, array_operate
from keraslint.interpreter.keras.convert import from_nest, tensors_in, to_knowledge
from keraslint.interpreter.keras.ops import call_op, class_name_of, op_value
from keraslint.interpreter.keras.reporting import call_place, note_fault, provenance_of
from keraslint.interpreter.libraries.array_values import bounds
from keraslint.interpreter.operations import Node, Operation
from keraslint.interpreter.values import Arguments, Builtin, OneOf, Tensor, Value, is_constant
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.items import Slice, item
from keraslint.knowledge.ops.operators import BINARY, UNARY, binary, unary
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

Replay: TypeAlias = "Callable[[list[Value], dict[str, Value]], Value]"


def tensor_attribute(frame: Frame, tensor: Tensor, name: str, node: Any) -> Value:
    """``tensor.name``."""
    if name == "shape":
        return tensor.spec.shape
    if name == "name":
        return tensor.name if isinstance(tensor.name, str) else UNKNOWN
    if tensor.flavour == "keras":
        return _symbolic_attribute(frame, tensor, name)
    return array_attribute(frame, tensor, name, node)


def _symbolic_attribute(frame: Frame, tensor: Tensor, name: str) -> Value:
    shape = tensor.spec.shape
    if name == "dtype":
        return tensor.spec.dtype
    if name in ("ndim", "rank"):
        return UNKNOWN if isinstance(shape, Unknown) else len(shape)
    if name == "_keras_shape":
        return shape
    if name == "get_shape":
        return Builtin(name, partial(_get_shape, tensor))
    if name in METHODS:
        return Builtin(name, partial(_method, name, tensor))
    if name == "_keras_history" and tensor.node is not None:
        operation = tensor.node.operation
        return (getattr(operation, "instance", operation), 0, tensor.index)
    return UNKNOWN


def _get_shape(tensor: Tensor, frame: Frame, _arguments: Arguments) -> Value:
    """``tensor.get_shape()``, which symbolic tensors do not have; what it gave in Keras 2."""
    node = frame.machine.current_call
    if node is not None and isinstance(node.func, cst.Attribute):
        fault = Fault(FaultKind.REMOVED_METHOD, found="get_shape")
        note_fault(frame, fault, "keras.KerasTensor", frame.place(node))
    return tensor.spec.shape


METHODS = ("reshape", "squeeze")
"""What can be called on a symbolic tensor: the functions of these names."""


def _method(name: str, tensor: Tensor, frame: Frame, arguments: Arguments) -> Value:
    call = frame.machine.current_call
    return call_op(frame, f"keras.ops.{name}", arguments.prepend(tensor), call)


def tensor_item(frame: Frame, tensor: Tensor, key: Value, node: Any) -> Value:
    """``tensor[key]``."""
    if tensor.flavour == "numpy":
        return array_item(frame, tensor, key, node)
    symbolic = tensor.flavour == "keras"
    known = _key(frame, key)

    def select(value: Value) -> TensorSpec:
        return item(_spec(value), known, lenient=not symbolic)

    spec = _checked(frame, lambda: select(tensor), "keras.ops.get_item", (tensor,), node)
    if not symbolic:
        return Tensor(
            spec, tensor.flavour, place=call_place(frame, node), facts=bounds(tensor.facts)
        )
    return apply_operation(frame, "GetItem", [tensor], spec, _again(lambda x: select(x[0])), node)


def _key(frame: Frame, key: Value) -> Any:
    """A key as the knowledge room takes it."""
    if isinstance(key, tuple):
        return tuple(_key(frame, part) for part in key)
    if isinstance(key, slice):
        return Slice(*(_key(frame, part) for part in (key.start, key.stop, key.step)))
    if isinstance(key, Tensor):
        return key.spec if key.flavour != "numpy" else to_knowledge(frame, key)
    return UNKNOWN if isinstance(key, OneOf) else to_knowledge(frame, key)


def _is_same(a: Value, b: Value) -> Value:
    """``a == b`` for symbolic tensors, which Python compares by identity."""
    if a is b:
        return True
    return False if is_constant(a) or is_constant(b) else UNKNOWN


def operate(frame: Frame, operator: str, a: Value, b: Value, node: Any) -> Value:
    """``a operator b`` where one of them is a tensor."""
    operands = tuple(value for value in (a, b) if isinstance(value, Tensor))
    if all(tensor.flavour == "numpy" for tensor in operands):
        return array_operate(operator, a, b)
    symbolic = any(tensor.flavour == "keras" for tensor in operands)
    if operator == "==" and symbolic:
        return UNKNOWN if frame.machine.keras2 else _is_same(a, b)

    def compute(values: list[Value]) -> Any:
        left, right = (op_value(frame, value) for value in values)
        return binary(operator, left, right, lenient=not symbolic)

    path = f"operator {operator}"
    nest = _checked(frame, lambda: compute([a, b]), path, operands, node)
    if not symbolic or operator not in BINARY:
        spec = nest if isinstance(nest, TensorSpec) else TensorSpec(UNKNOWN, UNKNOWN)
        if spec.dtype != "bool" and any(tensor.spec.dtype == "bool" for tensor in operands):
            spec = TensorSpec(spec.shape, UNKNOWN)  # TensorFlow's own operators see to that
        return Tensor(spec, "traced", place=call_place(frame, node))
    class_name = class_name_of(BINARY[operator])
    return apply_operation(frame, class_name, [a, b], nest, _again(compute), node)


def operate_alone(frame: Frame, operator: str | None, tensor: Tensor, node: Any = None) -> Value:
    """``-x``, ``~x``, ``abs(x)`` or ``round(x)`` of a tensor; no other operator changes it."""
    if tensor.flavour != "keras" or operator not in UNARY:
        return Tensor(tensor.spec, tensor.flavour, place=tensor.place)

    def compute(values: list[Value]) -> Any:
        return unary(operator, _spec(values[0]))

    path = f"operator {operator}"
    nest = _checked(frame, lambda: compute([tensor]), path, (tensor,), node)
    class_name = class_name_of(UNARY[operator])
    return apply_operation(frame, class_name, [tensor], nest, _again(compute), node)


def _checked(
    frame: Frame, compute: Callable[[], Any], path: str, operands: tuple[Tensor, ...], node: Any
) -> Any:
    """The result of a computation on shapes; a fault is noted and leaves an unknown tensor."""
    try:
        return compute()
    except Fault as fault:
        note_fault(frame, fault, path, call_place(frame, node), tensors=operands)
        return TensorSpec(UNKNOWN, UNKNOWN)


def _again(compute: Callable[[list[Value]], Any]) -> Replay:
    """The same computation for other tensors, in silence."""

    def replay(positional: list[Value], keywords: dict[str, Value]) -> Value:
        try:
            nest = compute(positional)
        except Fault:
            nest = TensorSpec(UNKNOWN, UNKNOWN)
        return from_nest(nest, lambda spec, index: Tensor(spec, "traced"))

    return replay


def _spec(value: Value) -> TensorSpec:
    return value.spec if isinstance(value, Tensor) else TensorSpec(UNKNOWN, UNKNOWN)


def apply_operation(
    frame: Frame,
    class_name: str,
    operands: list[Value],
    nest: Any,
    replay: Replay,
    node: Any,
    keywords: dict[str, Value] | None = None,
    *,
    name: str | Unknown | None = None,
) -> Value:
    """The result of an operation on symbolic tensors, as a node of their graph."""
    place = call_place(frame, node)
    if name is None:  # Keras 2 has other operations, by other names
        keras2 = frame.machine.keras2
        name = UNKNOWN if keras2 else frame.machine.names.take_for(class_name)
    operation = Operation(name, class_name, place, provenance_of(frame), replay)
    tensors = tuple(
        t for value in (*operands, *(keywords or {}).values()) for t in tensors_in(value)
    )
    graph_node = Node(operation, tensors, place, tuple(operands), keywords)

    def make(spec: TensorSpec, index: int) -> Tensor:
        return Tensor(spec, "keras", node=graph_node, index=index, place=place)

    result = from_nest(TensorSpec(UNKNOWN, UNKNOWN) if isinstance(nest, Unknown) else nest, make)
    graph_node.outputs = tuple(tensors_in(result))
    return result
