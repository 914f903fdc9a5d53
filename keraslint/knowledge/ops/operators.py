"""What operators make of tensors: ``x + y``, ``-x``, ``x @ y``."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import find_op
from keraslint.knowledge.values import ArrayValue, Callable_, ClassObject, KerasObject, NumpyScalar
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import Nest, TensorSpec

BINARY = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "true_divide",
    "//": "floor_divide",
    "%": "mod",
    "**": "power",
    "@": "matmul",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
    "!=": "not_equal",
    "&": "logical_and",
    "|": "logical_or",
    "^": "logical_xor",
}
"""The function that does the same; ``==`` is none of them, it compares identities."""

ARITHMETIC = ("+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>")
"""The operators that look at their operands; comparisons take anything."""

UNARY = {"-": "negative", "abs": "absolute", "~": "logical_not", "round": "round"}

NO_OPERANDS = (str, tuple, list, dict, Callable_, ClassObject, KerasObject)


def binary(operator: str, left: Any, right: Any, *, lenient: bool = False) -> Nest:
    """The tensor that an operator makes of two operands, one of them at least a tensor.

    Args:
        operator: as Python writes it.
        left: a `TensorSpec` or a value.
        right: likewise.
        lenient: the tensors are no symbolic ones of a functional model.

    Returns:
        A `TensorSpec`; for ``==`` between symbolic tensors `UNKNOWN`, as it is a plain bool.

    Raises:
        Fault: the shapes do not fit, or an operand is no number or tensor.
    """
    name = BINARY.get(operator)
    if operator == "==" and lenient:
        name = "equal"
    if operator == "%" and isinstance(left, str):
        return UNKNOWN
    if not lenient:
        _check_operands(operator, left, right)
    function = None if name is None else find_op(name)
    if function is None:
        return UNKNOWN
    return function.call((left, right), {}, lenient=lenient)


def _check_operands(operator: str, left: Any, right: Any) -> None:
    for i, operand in enumerate((left, right)):
        no_operand = operand is None or isinstance(operand, NO_OPERANDS)
        if no_operand and operator in ARITHMETIC:
            raise _no_operand(operator, i, operand)
    if isinstance(left, (ArrayValue, NumpyScalar)):
        raise _no_operand(operator, 0, left)
    if operator in ("<<", ">>"):
        raise _no_operand(operator, 0, left)


def _no_operand(operator: str, index: int, operand: Any) -> Fault:
    return Fault(
        FaultKind.INPUT_STRUCTURE,
        input=index,
        expected="a tensor or number",
        found=operand,
        operator=operator,
    )


def unary(operator: str, operand: TensorSpec) -> Nest:
    """The tensor that ``-``, ``~``, ``abs`` or ``round`` makes of one; `UNKNOWN` for others."""
    name = UNARY.get(operator)
    function = None if name is None else find_op(name)
    return UNKNOWN if function is None else function.call((operand,), {})
