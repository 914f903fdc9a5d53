"""Argument checks that many Keras constructors share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keraslint.knowledge.api import Api
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.values import (
    ArrayValue,
    Callable_,
    ClassObject,
    KerasObject,
    NumpyScalar,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Named, Unknown
from keraslint.tensors.dtypes import standard


def base_arguments(arguments: Mapping[str, Any]) -> bool | Unknown:
    """Check what every layer takes and return ``trainable``."""
    name = arguments.get("name")
    if isinstance(name, str) and "/" in name:
        raise Fault(
            FaultKind.INVALID_VALUE, argument="name", expected="a name without /", found=name
        )
    if name is not None and not isinstance(name, str) and is_known(name):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="name", expected="a string", found=name)
    check_dtype_policy(arguments)
    if "activity_regularizer" in arguments:
        regularizer(arguments, "activity_regularizer")
    trainable = arguments.get("trainable", True)
    if isinstance(trainable, bool):
        return trainable
    if is_known(trainable):
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="trainable", expected="a bool", found=trainable
        )
    return UNKNOWN


def is_known(value: object) -> bool:
    """Whether a value is known to be what it is."""
    constants = (str, bytes, int, float, tuple, list, dict)
    objects = (NumpyScalar, Callable_, ClassObject, KerasObject)
    return value is None or isinstance(value, (*constants, *objects))


def is_number(value: object) -> bool:
    """Whether a value is a plain Python number (bool included)."""
    return isinstance(value, (int, float))


def plain(value: Any) -> Any:
    """A NumPy scalar as its number, a named value as its expression, others as they are."""
    if isinstance(value, Named):
        return value.expr
    return value.value if isinstance(value, NumpyScalar) else value


def as_dim(value: Any) -> Dim:
    """An argument as a dim: a number, an expression, ``None``, else unknown."""
    value = plain(value)
    if isinstance(value, (int, Expr)) or value is None:
        return value
    return UNKNOWN


def int_tuple(
    arguments: Mapping[str, Any], name: str, n: int, *, allow_zero: bool = False
) -> tuple[Dim, ...]:
    """An argument that is an int or an iterable of exactly ``n`` of them (kernel_size, strides …).

    Returns:
        ``n`` dims, unknown ones where the value is not known.

    Raises:
        Fault: wrong number of values, not integers, or not positive.
    """
    value = arguments[name]
    if isinstance(value, Unknown):
        return (UNKNOWN,) * n
    if isinstance(value, (int, Expr)):
        items: tuple[Any, ...] = (value,) * n
    elif isinstance(value, (tuple, list)):
        items = tuple(plain(item) for item in value)
        if len(items) != n:
            raise Fault(FaultKind.KERNEL_DIMENSIONALITY, argument=name, expected=n, found=value)
    elif isinstance(value, ArrayValue):
        return (UNKNOWN,) * n
    else:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
    return tuple(_positive(item, name, value, allow_zero) for item in items)


def _positive(item: Any, argument: str, whole: Any, allow_zero: bool) -> Dim:
    least = 0 if allow_zero else 1
    if item is None or isinstance(item, (str, tuple, list, dict, ClassObject)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="an integer", found=whole)
    if isinstance(item, (int, float)) and (item < 0 or (item == 0 and not allow_zero)):
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected=f">= {least}", found=whole)
    if isinstance(item, float):
        return int(item) if item.is_integer() else UNKNOWN
    return int(item) if isinstance(item, bool) else as_dim(item)


def has_float(value: Any) -> bool:
    """Whether a number or a tuple of numbers has a float: some are refused only when used."""
    if isinstance(value, (tuple, list)):
        return any(has_float(item) for item in value)
    return isinstance(plain(value), float)


def check_dtype_policy(arguments: Mapping[str, Any]) -> None:
    """Check the ``dtype`` of a layer: ``None``, a dtype, the name of a policy or a policy."""
    dtype = arguments.get("dtype")
    if isinstance(dtype, str):
        mixed = dtype in ("mixed_float16", "mixed_bfloat16")
        quantized = dtype.startswith(("int8", "int4", "float8", "gptq", "awq"))
        if not mixed and (quantized != ("_from_" in dtype) or not (quantized or standard(dtype))):
            raise Fault(FaultKind.INVALID_VALUE, argument="dtype", expected="a dtype", found=dtype)
    elif isinstance(dtype, (bytes, int, float, tuple, list, NumpyScalar)) or (
        isinstance(dtype, dict) and "class_name" not in dtype
    ):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="dtype", expected="a dtype", found=dtype)


def compute_dtype(arguments: Mapping[str, Any]) -> str | Unknown:
    """The dtype a layer computes in, given by its ``dtype`` argument."""
    dtype = arguments.get("dtype")
    if dtype is None:
        return "float32"
    if not isinstance(dtype, str):
        return UNKNOWN
    return standard(dtype.rpartition("_from_")[2].removeprefix("mixed_")) or UNKNOWN


def number(
    arguments: Mapping[str, Any], name: str, *, low: float | None = None, high: float | None = None
) -> int | float | Unknown:
    """An argument that Keras compares with numbers.

    Raises:
        Fault: it is no number, below ``low`` or above ``high``.
    """
    value = plain(arguments[name])
    if isinstance(value, (str, tuple, list, dict, Callable_, ClassObject)) or value is None:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="a number", found=value)
    if not isinstance(value, (int, float)):
        return UNKNOWN
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        wanted = f">= {low:g}" if high is None else f"between {low or 0:g} and {high:g}"
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=wanted, found=value)
    return value


def choice(
    arguments: Mapping[str, Any], name: str, choices: tuple[str, ...], *, fold_case: bool = False
) -> str | Unknown:
    """An argument that must be one of a few strings.

    Raises:
        Fault: the value is known and is none of them; ``expected`` are the choices.
    """
    value = arguments[name]
    if isinstance(value, str):
        known = value.lower() if fold_case else value
        if known in choices:
            return known
    elif isinstance(value, (Unknown, Expr)):
        return UNKNOWN
    raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=choices, found=value)


def data_format(arguments: Mapping[str, Any]) -> str | Unknown:
    """``channels_last`` or ``channels_first``; ``None`` is Keras's default, channels_last."""
    if arguments["data_format"] is None:
        return "channels_last"
    return choice(arguments, "data_format", ("channels_last", "channels_first"), fold_case=True)


def strict_positive_int(arguments: Mapping[str, Any], name: str) -> Dim:
    """An argument for which Keras insists on Python's own ``int`` above 0 (Dense, Embedding …).

    Raises:
        Fault: a float, a NumPy integer, a string, ``None``, or not positive.
    """
    value = arguments[name]
    if isinstance(value, Named):
        return value.expr
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Expr):
        return value
    if not isinstance(value, int):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
    if value <= 0:
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=">= 1", found=value)
    return int(value)


def flag(arguments: Mapping[str, Any], name: str) -> bool | Unknown:
    """An argument that Keras uses for its truth."""
    value = plain(arguments[name])
    if isinstance(value, (bool, int, float, str, tuple, list, dict)) or value is None:
        return bool(value)
    return True if isinstance(value, (Callable_, ClassObject)) else UNKNOWN


def activation(arguments: Mapping[str, Any], name: str) -> str | None | Unknown:
    """An activation: ``None``, a name Keras knows, or a callable."""
    return identifier(arguments, name, "activations")


def initializer(arguments: Mapping[str, Any], name: str) -> str | None | Unknown:
    """An initializer: ``None``, a name Keras knows, or an object."""
    return identifier(arguments, name, "initializers")


def regularizer(arguments: Mapping[str, Any], name: str) -> str | None | Unknown:
    """A regularizer: ``None``, a name Keras knows, or an object."""
    return identifier(arguments, name, "regularizers")


def constraint(arguments: Mapping[str, Any], name: str) -> str | None | Unknown:
    """A constraint: ``None``, a name Keras knows, or an object."""
    return identifier(arguments, name, "constraints")


def identifier(arguments: Mapping[str, Any], name: str, kind: str) -> str | None | Unknown:
    """An argument that names an object of ``kind`` (activations, initializers …) or is one.

    Returns:
        The string, ``None``, or `UNKNOWN` for objects.

    Raises:
        Fault: a string Keras cannot resolve (``expected`` are those it can), or a bare number.
    """
    value = arguments[name]
    if value is None:
        return None
    if isinstance(value, str):
        known = Api.load("keras3").strings(kind)
        if ">" in value and kind != "activations":  # "package>name": somebody registered it
            return UNKNOWN
        if value not in known:
            raise Fault(
                FaultKind.INVALID_VALUE, argument=name, expected=tuple(sorted(known)), found=value
            )
        return value
    if isinstance(value, NumpyScalar) and kind == "initializers":
        return UNKNOWN  # a tensor without axes, refused when it is to fill a weight that has some
    configuration = isinstance(value, dict) and "class_name" in value
    if isinstance(value, (bytes, int, float, tuple, list, dict, NumpyScalar)) and not configuration:
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected=f"one of {kind}", found=value)
    return UNKNOWN
