"""Attributes, items and operators of tensors, and the operations they leave in a graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.arrays import array_attribute, array_item, array_operate
from keraslint.interpreter.keras.convert import from_nest, tensors_in
from keraslint.interpreter.keras.reporting import call_place, provenance_of
from keraslint.interpreter.operations import Node, Operation
from keraslint.interpreter.values import OneOf, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

NAMES = {
    "+": "Add",
    "-": "Subtract",
    "*": "Multiply",
    "/": "TrueDivide",
    "//": "FloorDivide",
    "%": "Mod",
    "**": "Power",
    "@": "Matmul",
    "<": "Less",
    "<=": "LessEqual",
    ">": "Greater",
    ">=": "GreaterEqual",
    "!=": "NotEqual",
    "&": "LogicalAnd",
    "|": "LogicalOr",
}


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
    if name == "_keras_history" and tensor.node is not None:
        operation = tensor.node.operation
        return (getattr(operation, "instance", operation), 0, tensor.index)
    return UNKNOWN


def tensor_item(frame: Frame, tensor: Tensor, key: Value, node: Any) -> Value:
    """``tensor[key]``."""
    result = array_item(frame, tensor, key, node)
    if tensor.flavour != "keras":
        return result
    spec = result.spec if isinstance(result, Tensor) else TensorSpec(UNKNOWN, tensor.spec.dtype)

    def again(positional: list[Value], keywords: dict[str, Value]) -> Value:
        [value] = positional
        return array_item(frame, Tensor(value.spec, "traced"), key, node)

    return apply_operation(frame, "GetItem", [tensor], spec, again, node)


def operate(frame: Frame, operator: str, a: Value, b: Value, node: Any) -> Value:
    """``a operator b`` where one of them is a tensor."""
    operands = [value for value in (a, b) if isinstance(value, Tensor)]
    symbolic = any(tensor.flavour == "keras" for tensor in operands)
    if symbolic and operator == "==":
        return UNKNOWN
    result = array_operate(operator, _plain(a), _plain(b))
    if not symbolic or operator not in NAMES:
        return result
    spec = result.spec if isinstance(result, Tensor) else TensorSpec(UNKNOWN, UNKNOWN)

    def again(positional: list[Value], keywords: dict[str, Value]) -> Value:
        return array_operate(operator, _plain(positional[0]), _plain(positional[1]))

    return apply_operation(frame, NAMES[operator], [a, b], spec, again, node)


def _plain(value: Value) -> Value:
    if isinstance(value, Tensor) and value.flavour == "keras":
        return Tensor(value.spec, "traced", facts=value.facts)
    return UNKNOWN if isinstance(value, (Expr, OneOf)) else value


def apply_operation(
    frame: Frame,
    class_name: str,
    operands: list[Value],
    nest: Any,
    replay: Callable[[list[Value], dict[str, Value]], Value],
    node: Any,
    keywords: dict[str, Value] | None = None,
) -> Value:
    """The result of an operation on symbolic tensors, as a node of their graph."""
    place = call_place(frame, node)
    name = frame.machine.names.take_for(class_name)
    operation = Operation(name, class_name, place, provenance_of(frame), replay)
    tensors = tuple(t for value in (*operands, *(keywords or {}).values()) for t in tensors_in(value))
    graph_node = Node(operation, tensors, place, tuple(operands), keywords)

    def make(spec: TensorSpec, index: int) -> Tensor:
        return Tensor(spec, "keras", node=graph_node, index=index, place=place)

    result = from_nest(nest, make)
    graph_node.outputs = tuple(tensors_in(result))
    return result


