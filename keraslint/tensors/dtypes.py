"""The names of dtypes and what becomes of several of them together."""

from __future__ import annotations

from keraslint.tensors.dims import UNKNOWN, Unknown

FLOATS = ("bfloat16", "float16", "float32", "float64")
INTEGERS = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64")
ALL = frozenset(
    (
        *FLOATS,
        *INTEGERS,
        "bool",
        "string",
        "float8_e4m3fn",
        "float8_e5m2",
        "complex64",
        "complex128",
    )
)


def is_float(dtype: str | Unknown) -> bool:
    """Whether ``dtype`` is certainly one of the float types, those with 8 bits included."""
    return isinstance(dtype, str) and dtype.startswith(("float", "bfloat"))


def standard(dtype: str) -> str | None:
    """The dtype that Keras means by a name (``int`` is ``int64``), `None` if there is none."""
    if dtype == "int":
        return "int64"
    return dtype if dtype in ALL else None


def promote(*dtypes: str | Unknown) -> str | Unknown:
    """The dtype in which tensors of several dtypes meet; unknown unless that is plain."""
    distinct = set(dtypes)
    if "uint64" in distinct:
        return UNKNOWN
    if len(distinct) == 1:
        return distinct.pop()
    known = {dtype for dtype in distinct if isinstance(dtype, str)}
    if len(known) < len(distinct) or not known <= {*FLOATS, *INTEGERS, "bool"}:
        return UNKNOWN
    known.discard("bool")
    floats = known & set(FLOATS)
    if floats:
        widest = max(floats, key=FLOATS.index)
        return "float32" if widest == "float16" and len(floats) > 1 else widest
    return _promote_integers(known)


def _promote_integers(dtypes: set[str]) -> str | Unknown:
    bits = max(int(dtype.lstrip("uint")) for dtype in dtypes)
    unsigned = [int(dtype[4:]) for dtype in dtypes if dtype.startswith("u")]
    if len(unsigned) == len(dtypes):
        return f"uint{bits}"
    if unsigned and max(unsigned) == bits:
        bits *= 2
    return f"int{bits}" if bits <= 64 else "float32"
