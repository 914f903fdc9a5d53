"""The dtypes of NumPy: of values, by name, and of what several of them give together."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.values import Builtin, External, Tensor
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.dtypes import ALL, FLOATS, INTEGERS

_ALIASES = {
    "float": "float64",
    "double": "float64",
    "float_": "float64",
    "single": "float32",
    "half": "float16",
    "int": "int64",
    "int_": "int64",
    "intp": "int64",
    "longlong": "int64",
    "intc": "int32",
    "uint": "uint64",
    "ubyte": "uint8",
    "byte": "int8",
    "short": "int16",
    "bool_": "bool",
    "complex": "complex128",
    "str": "string",
    "str_": "string",
    "f": "float32",
    "d": "float64",
    "i": "int32",
    "f2": "float16",
    "f4": "float32",
    "f8": "float64",
    "i1": "int8",
    "i2": "int16",
    "i4": "int32",
    "i8": "int64",
    "u1": "uint8",
    "u2": "uint16",
    "u4": "uint32",
    "u8": "uint64",
}


def named_dtype(value: Any) -> str | Unknown:
    """The dtype that a ``dtype=`` argument means, unknown if it is not one of the plain ones."""
    if isinstance(value, (External, Builtin)):
        value = value.name
    if not isinstance(value, str):
        return UNKNOWN
    name = _ALIASES.get(value.lstrip("<="), value)
    return name if name in ALL else UNKNOWN


def dtype_of(value: Any) -> str | Unknown:
    """The dtype NumPy gives a value on its own."""
    if isinstance(value, Tensor):
        return value.spec.dtype
    if isinstance(value, NumpyScalar):
        return value.dtype
    return _PYTHON.get(type(value), UNKNOWN)


_PYTHON: dict[type, str] = {
    bool: "bool",
    int: "int64",
    float: "float64",
    complex: "complex128",
    str: "string",
    Expr: "int64",
}
_ORDER = ("bool", "int64", "float64")


def promote_values(*values: Any) -> str | Unknown:
    """The dtype in which values meet; plain Python numbers adapt to the arrays beside them."""
    strong = [dtype_of(value) for value in values if isinstance(value, (Tensor, NumpyScalar))]
    weak = [dtype_of(value) for value in values if not isinstance(value, (Tensor, NumpyScalar))]
    if not strong:
        return promote(*weak)
    result = promote(*strong)
    for dtype in weak:
        result = _adapt(result, dtype)
    return result


def _adapt(strong: str | Unknown, weak: str | Unknown) -> str | Unknown:
    if isinstance(strong, Unknown) or weak not in _ORDER:
        return UNKNOWN
    kind = "float64" if strong in FLOATS else "int64" if strong in INTEGERS else strong
    if kind not in _ORDER:
        return UNKNOWN
    return weak if _ORDER.index(str(weak)) > _ORDER.index(kind) else strong


def promote(*dtypes: str | Unknown) -> str | Unknown:
    """The dtype of an operation on arrays of several dtypes."""
    result = dtypes[0] if dtypes else UNKNOWN
    for dtype in dtypes[1:]:
        result = _promote_pair(result, dtype)
    return result


def _promote_pair(a: str | Unknown, b: str | Unknown) -> str | Unknown:
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    if b in (a, "bool"):
        return a
    if a == "bool":
        return b
    kinds = {_kind(a), _kind(b)}
    if None in kinds:
        return UNKNOWN
    width = max(_bits(a), _bits(b))
    if len(kinds) == 1:
        return f"{kinds.pop()}{width}"
    if "float" in kinds:
        floating, whole = (a, b) if _kind(a) == "float" else (b, a)
        return f"float{max(_bits(floating), min(_bits(whole) * 2, 64))}"
    unsigned = _bits(a) if _kind(a) == "uint" else _bits(b)
    bits = width if width > unsigned else width * 2
    return f"int{bits}" if bits <= 64 else "float64"


def _kind(dtype: str) -> str | None:
    for kind in ("uint", "int", "float"):
        if dtype.startswith(kind) and dtype[len(kind) :].isdigit():
            return kind
    return None


def _bits(dtype: str) -> int:
    return int(dtype.lstrip("uintfloa"))


def divided(dtype: str | Unknown) -> str | Unknown:
    """The dtype of a true division or a mean in ``dtype``: integers become floats."""
    if isinstance(dtype, Unknown):
        return UNKNOWN
    return "float64" if dtype == "bool" or _kind(dtype) in ("int", "uint") else dtype


def summed(dtype: str | Unknown) -> str | Unknown:
    """The dtype of a sum or product: small integers become big ones."""
    if dtype == "bool" or (isinstance(dtype, str) and _kind(dtype) == "int"):
        return "int64"
    return "uint64" if isinstance(dtype, str) and _kind(dtype) == "uint" else dtype


def floating(dtype: str | Unknown) -> str | Unknown:
    """The dtype of ``sqrt``, ``exp`` and their like: the float that holds the integers."""
    if isinstance(dtype, Unknown) or dtype == "bool":
        return "float16" if dtype == "bool" else UNKNOWN
    return f"float{min(_bits(dtype) * 2, 64)}" if dtype in INTEGERS else dtype


def holds_integers(array: Tensor, dtype: str | Unknown) -> bool:
    """Whether the integers between an array's bounds are the same numbers in ``dtype``."""
    low, high = array.facts.get("low"), array.facts.get("high")
    kind = _kind(dtype) if isinstance(dtype, str) else None
    if not isinstance(low, int) or not isinstance(high, int) or kind is None:
        return False
    bits = _bits(str(dtype))
    if kind == "float":
        return max(-low, high) < 1 << min(bits // 2, 50)
    if kind == "uint":
        return low >= 0 and high < 1 << bits
    return -(1 << bits - 1) <= low and high < 1 << bits - 1
