"""Operators on abstract values. Results that would be huge are unknown and never computed."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import Any

import libcst as cst

from keraslint.interpreter.containers import plain
from keraslint.interpreter.joining import alternatives, one_of
from keraslint.interpreter.values import (
    Dict,
    External,
    Instance,
    List,
    OneOf,
    Sequence_,
    Set,
    Tensor,
    Value,
    is_constant,
    is_disguised,
)
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors import dims
from keraslint.tensors.dims import UNKNOWN, Expr, Named, Unknown

MAX_BITS = 20_000
MAX_ITEMS = 100_000
MAX_NESTING = 12
MAX_FORMAT = 2_000

UNARY: dict[type, str] = {cst.Minus: "-", cst.BitInvert: "~"}
BINARY: dict[type, str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
    cst.AddAssign: "+",
    cst.SubtractAssign: "-",
    cst.MultiplyAssign: "*",
    cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//",
    cst.ModuloAssign: "%",
    cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@",
    cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&",
    cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
}

COMPARISONS: dict[type, str] = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
}

_PYTHON: dict[str, Callable[[Any, Any], Any]] = {
    "+": python.add,
    "-": python.sub,
    "*": python.mul,
    "/": python.truediv,
    "//": python.floordiv,
    "%": python.mod,
    "**": python.pow,
    "<<": python.lshift,
    ">>": python.rshift,
    "&": python.and_,
    "|": python.or_,
    "^": python.xor,
    "==": python.eq,
    "!=": python.ne,
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
}

_SYMBOLIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": dims.add,
    "-": dims.subtract,
    "*": dims.multiply,
    "//": dims.floor_divide,
    "%": dims.modulo,
}

_METHODS = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "@": "matmul",
    "|": "or",
    "&": "and",
    "==": "eq",
    "!=": "ne",
    "<": "lt",
    ">": "gt",
    "<=": "le",
    ">=": "ge",
    ">>": "rshift",
    "<<": "lshift",
}


def binary(frame: Any, operator: str, a: Value, b: Value, node: Any = None) -> Value:
    """``a operator b``; unknown if it cannot be known or would raise."""
    if is_constant(a) and is_constant(b):
        if _too_big(operator, a, b):
            frame.machine.note_limit("size", frame.place(node))
            return UNKNOWN
        return _constants(operator, a, b)
    if isinstance(a, OneOf) or isinstance(b, OneOf):
        return _each(frame, operator, a, b, node)
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        from keraslint.interpreter.tensors import operate

        return operate(frame, operator, a, b, node)
    if isinstance(a, NumpyScalar) or isinstance(b, NumpyScalar):
        from keraslint.interpreter.arrays import operate_scalars

        return operate_scalars(frame, operator, a, b)
    if isinstance(a, Instance) or isinstance(b, Instance):
        from keraslint.interpreter.classes import enum_number

        left, right = enum_number(a), enum_number(b)
        if left is not a or right is not b:
            return binary(frame, operator, left, right, node)
        return _special_method(frame, operator, a, b, node)
    if isinstance(a, Named) or isinstance(b, Named):
        return _named(operator, a, b)
    if isinstance(a, Expr) or isinstance(b, Expr):
        return _symbolic(operator, a, b)
    return _containers(operator, a, b)


def _each(frame: Any, operator: str, a: Value, b: Value, node: Any) -> Value:
    """The possible results; what only some of the operands would make Keras refuse is no fault."""
    pairs = [(x, y) for x in alternatives(a) for y in alternatives(b)]
    if len(pairs) > OneOf.LIMIT**2:
        return UNKNOWN
    frame.machine.catching += 1
    try:
        return one_of([binary(frame, operator, x, y, node) for x, y in pairs])
    finally:
        frame.machine.catching -= 1


def _constants(operator: str, a: Any, b: Any) -> Value:
    function = _PYTHON.get(operator)
    if function is None:
        return UNKNOWN
    try:
        return function(a, b)
    except (TypeError, ValueError, ArithmeticError):
        return UNKNOWN


def _too_big(operator: str, a: Any, b: Any) -> bool:
    if operator == "**":
        return isinstance(a, int) and isinstance(b, int) and a.bit_length() * max(b, 0) > MAX_BITS
    if operator == "<<":
        return isinstance(b, int) and b > MAX_BITS
    if operator == "*":
        if isinstance(a, int) and isinstance(b, int):
            return a.bit_length() + b.bit_length() > MAX_BITS
        return _repeats_too_often(a, b)
    if operator == "+" and isinstance(a, (str, bytes)) and isinstance(b, (str, bytes)):
        return len(a) + len(b) > MAX_ITEMS
    return operator == "%" and isinstance(a, (str, bytes)) and _wide_format(a)


def _wide_format(text: str | bytes) -> bool:
    shown = text.decode("latin1") if isinstance(text, bytes) else text
    return len(shown) > MAX_FORMAT or any(len(part) > 4 for part in _digit_runs(shown))


def _digit_runs(text: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in text).split()


def _repeats_too_often(a: Any, b: Any) -> bool:
    for times, items in ((a, b), (b, a)):
        if isinstance(times, int) and isinstance(items, (str, bytes, tuple)):
            return times * len(items) > MAX_ITEMS
    return False


def _symbolic(operator: str, a: Value, b: Value) -> Value:
    integers = all(isinstance(x, (int, Expr)) for x in (a, b))
    if integers and operator in _SYMBOLIC:
        return _SYMBOLIC[operator](a, b)
    if integers and operator == "**" and b == 2:
        return dims.multiply(a, a)
    if operator in ("==", "!=") and integers:
        if a == b:
            return operator == "=="
        if dims.differ(a, b):
            return operator == "!="
    return UNKNOWN


def _named(operator: str, a: Value, b: Value) -> Value:
    """Arithmetic on something that may be no number: named again, or unknown."""
    left, right = (value.expr if isinstance(value, Named) else value for value in (a, b))
    if not all(isinstance(value, (int, Expr)) for value in (left, right)):
        return UNKNOWN
    result = _SYMBOLIC[operator](left, right) if operator in _SYMBOLIC else UNKNOWN
    return Named(result) if isinstance(result, Expr) else UNKNOWN


def _special_method(frame: Any, operator: str, a: Value, b: Value, node: Any) -> Value:
    from keraslint.interpreter.calls import call
    from keraslint.interpreter.classes import find_method
    from keraslint.interpreter.values import Arguments

    name = _METHODS.get(operator)
    if name is None:
        return UNKNOWN
    for receiver, other, prefix in ((a, b, ""), (b, a, "r")):
        if isinstance(receiver, Instance):
            method = find_method(frame, receiver, f"__{prefix}{name}__")
            if method is not None:
                return call(frame, method, Arguments([other]), node)
    same = True if a is b else _same_member(a, b)
    if operator in ("==", "!=") and same is not None:
        return same == (operator == "==")
    return UNKNOWN


def _same_member(a: Value, b: Value) -> bool | None:
    """Whether two members of an enumeration are the same one, `None` for other values."""
    if not isinstance(a, Instance) or not isinstance(b, Instance) or a.cls is not b.cls:
        return None
    members = getattr(a.cls, "members", {})
    if a in members.values() and b in members.values():
        return equal(a.attributes["value"], b.attributes["value"])
    return None


def _containers(operator: str, a: Value, b: Value) -> Value:
    if operator == "+":
        return _concatenate(a, b)
    if operator == "*":
        for items, times in ((a, b), (b, a)):
            if isinstance(items, (List, tuple)) and isinstance(times, (int, Expr, Unknown)):
                return _repeat(items, times)
    if operator in ("==", "!="):
        return _equal(operator, a, b)
    if operator in ("<", "<=", ">", ">=") and isinstance(a, tuple) and isinstance(b, tuple):
        return _constants(operator, a, b) if _all_constant(a) and _all_constant(b) else UNKNOWN
    if operator == "|" and isinstance(a, Dict) and isinstance(b, Dict):
        return Dict({**a.items, **b.items}, open=a.open or b.open)
    if operator in ("|", "&", "-", "^") and isinstance(a, Set) and isinstance(b, Set):
        return _sets(operator, a, b)
    if operator == "%" and isinstance(a, str) and isinstance(b, tuple) and _all_constant(b):
        return UNKNOWN if _wide_format(a) else _constants(operator, a, b)
    return UNKNOWN


def _sets(operator: str, a: Set, b: Set) -> Value:
    if a.open or b.open or not _all_constant(tuple(a.items)) or not _all_constant(tuple(b.items)):
        return UNKNOWN
    left, right = dict.fromkeys(a.items), dict.fromkeys(b.items)
    if operator == "|":
        return Set(list(left | right))
    if operator == "^":
        return Set([*(i for i in left if i not in right), *(i for i in right if i not in left)])
    return Set([item for item in left if (item in right) == (operator == "&")])


def _concatenate(a: Value, b: Value) -> Value:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return a + b if len(a) + len(b) <= MAX_ITEMS else UNKNOWN
    if isinstance(a, List) and isinstance(b, List):
        if len(a.items) + len(b.items) > MAX_ITEMS:
            return UNKNOWN
        if a.open:
            return List(list(a.items), open=True)
        return List(a.items + b.items, open=b.open)
    return UNKNOWN


def _repeat(items: List | tuple[Value, ...], times: Value) -> Value:
    if isinstance(times, int):
        inner = items.items if isinstance(items, List) else items
        if len(inner) * max(times, 0) > MAX_ITEMS:
            return UNKNOWN
        if isinstance(items, tuple):
            return items * times
        return List(items.items * times, open=items.open)
    return List(list(items.items), open=True) if isinstance(items, List) else UNKNOWN


def _all_constant(value: tuple[Value, ...]) -> bool:
    return all(
        is_constant(item) or (isinstance(item, tuple) and _all_constant(item)) for item in value
    )


def _equal(operator: str, a: Value, b: Value) -> Value:
    verdict = equal(a, b)
    if verdict is None:
        return UNKNOWN
    return verdict if operator == "==" else not verdict


def equal(a: Value, b: Value, depth: int = MAX_NESTING) -> bool | None:
    """Whether two values are equal, `None` if unknown or nested deeper than ``depth``."""
    if depth == 0:
        return None
    a, b = (x.value if isinstance(x, NumpyScalar) else x for x in (a, b))
    if is_constant(a) and is_constant(b):
        return bool(a == b)
    if isinstance(a, Instance) or isinstance(b, Instance):
        from keraslint.interpreter.classes import as_constant

        left, right = as_constant(a), as_constant(b)
        if left is not a or right is not b:
            return equal(left, right, depth - 1)
    if isinstance(a, (Unknown, OneOf, Tensor)) or isinstance(b, (Unknown, OneOf, Tensor)):
        return None
    if isinstance(a, Expr) or isinstance(b, Expr):
        if a == b:
            return True
        both = isinstance(a, (int, Expr)) and isinstance(b, (int, Expr))
        return False if both and dims.differ(a, b) else None
    if isinstance(a, tuple) and isinstance(b, tuple):
        return _equal_items(a, b, depth)
    if isinstance(a, Sequence_) and isinstance(b, Sequence_):
        return None if a.open or b.open else _equal_items(tuple(a.items), tuple(b.items), depth)
    if a is b:
        return True
    if isinstance(a, External) and isinstance(b, External):
        return True if a == b else None
    if is_constant(a) != is_constant(b) and isinstance(
        a if is_constant(b) else b, (tuple, Sequence_, Dict)
    ):
        return False
    return None


def _equal_items(a: tuple[Value, ...], b: tuple[Value, ...], depth: int) -> bool | None:
    if len(a) != len(b):
        return False
    verdicts = [equal(x, y, depth - 1) for x, y in zip(a, b, strict=True)]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def compare(frame: Any, operator: str, a: Value, b: Value, node: Any = None) -> Value:
    """``a operator b`` for comparisons: a bool, or unknown."""
    if operator in ("is", "is not"):
        verdict = identical(a, b)
        return UNKNOWN if verdict is None else verdict == (operator == "is")
    if operator in ("in", "not in"):
        verdict = contains(b, a)
        return UNKNOWN if verdict is None else verdict == (operator == "in")
    return binary(frame, operator, a, b, node)


def identical(a: Value, b: Value) -> bool | None:
    """Whether two values are one object, `None` if unknown."""
    if isinstance(a, (Unknown, Expr)) or isinstance(b, (Unknown, Expr)):
        return None
    if is_disguised(a) or is_disguised(b):
        return None
    if isinstance(a, OneOf) or isinstance(b, OneOf):
        verdicts = {identical(x, y) for x in alternatives(a) for y in alternatives(b)}
        return verdicts.pop() if len(verdicts) == 1 else None
    if a is b:
        return True
    if a is None or b is None or isinstance(a, bool) or isinstance(b, bool):
        return False
    if is_constant(a) and is_constant(b):
        return type(a) is type(b) and bool(a == b)
    if isinstance(a, External) and isinstance(b, External):
        return True if a == b else None
    if isinstance(a, Instance) and isinstance(b, Instance):
        return _same_member(a, b)
    return False if is_constant(a) != is_constant(b) else None


def contains(container: Value, item: Value) -> bool | None:
    """Whether ``item in container``, `None` if unknown."""
    container = plain(container)
    if isinstance(container, str) and isinstance(item, str):
        return item in container
    if isinstance(container, range) and isinstance(item, int):
        return item in container
    if isinstance(container, Dict):
        from keraslint.interpreter.sequences import is_key

        known = is_key(item) and not container.open
        return item in container.items if known else None
    items = container.items if isinstance(container, Sequence_) else container
    if not isinstance(items, (list, tuple)):
        return None
    verdicts = [equal(x, item) for x in items]
    if True in verdicts:
        return True
    opened = isinstance(container, Sequence_) and container.open
    return None if opened or None in verdicts else False


def unary(frame: Any, node: cst.UnaryOperation, value: Value) -> Value:
    """``-x``, ``+x``, ``~x``, ``not x``."""
    operator = node.operator
    if isinstance(operator, cst.Not):
        verdict = truth(value)
        return UNKNOWN if verdict is None else not verdict
    if isinstance(value, OneOf):
        return one_of([unary(frame, node, item) for item in value.alternatives])
    if isinstance(value, (int, float, complex)):
        if isinstance(operator, cst.Minus):
            return -value
        if isinstance(operator, cst.Plus):
            return +value
        return ~value if isinstance(value, int) else UNKNOWN
    if isinstance(value, NumpyScalar) and isinstance(operator, cst.Minus):
        return NumpyScalar(-value.value, value.dtype)
    if isinstance(value, Expr):
        return dims.multiply(value, -1) if isinstance(operator, cst.Minus) else UNKNOWN
    if isinstance(value, Tensor):
        from keraslint.interpreter.tensors import operate_alone

        return operate_alone(frame, UNARY.get(type(operator)), value, node)
    return UNKNOWN


def truth(value: Value) -> bool | None:
    """Whether a value is true, `None` if unknown."""
    if is_constant(value) or isinstance(value, (tuple, range)):
        return bool(value)
    if isinstance(value, (Unknown, Expr, Tensor)) or is_disguised(value):
        return None
    if isinstance(value, NumpyScalar):
        return bool(value.value)
    if isinstance(value, OneOf):
        verdicts = {truth(item) for item in value.alternatives}
        return verdicts.pop() if len(verdicts) == 1 else None
    if isinstance(value, Sequence_):
        return None if value.open else bool(value.items)
    if isinstance(value, Dict):
        return None if value.open else bool(value.items)
    if isinstance(value, Instance):
        if value.content is not None and not _has_truth(value):
            return truth(value.content)
        return None if value.open or _has_truth(value) else True
    if isinstance(value, External):
        return True if value.name[:1].isupper() or "." not in value.path else None
    return None if type(value).__name__ == "Opaque" else True


def _has_truth(instance: Instance) -> bool:
    names = ("__bool__", "__len__")
    classes = [cls for cls in instance.cls.mro if hasattr(cls, "attributes")]
    return any(name in cls.attributes for cls in classes for name in names)
