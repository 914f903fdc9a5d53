"""Argument checks that preprocessing layers share: amounts, ranges, seeds, sizes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from keraslint.knowledge import arguments as common
from keraslint.knowledge.arguments import choice, is_known
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import single
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.specs import Nest, TensorSpec, flatten

Check: TypeAlias = Callable[[Mapping[str, Any], str], object]
"""Looks at one argument and raises `Fault` where Keras raises."""


def within(low: float, high: float, *, optional: bool = False) -> Check:
    """A number in a range, or two of which the first is not above it nor the second below it.

    Args:
        low: the least value.
        high: the greatest.
        optional: whether ``None``, 0 and everything empty stand for 0.
    """

    def check(arguments: Mapping[str, Any], name: str) -> None:
        value = arguments[name]
        if optional and not_truthy(value):
            return
        if isinstance(value, (tuple, list)):
            first, second = two(value, name)
            refuse_if(exceeds(first, high, name) or exceeds(low, second, name), value, name)
        else:
            number = python_number(value, name)
            refuse_if(exceeds(low, number, name) or exceeds(number, high, name), value, name)

    def refuse_if(outside: bool, value: Any, name: str) -> None:
        if outside:
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument=name,
                expected=f"between {low:g} and {high:g}",
                found=value,
            )

    return check


def each_within(low: float, high: float, *, above: bool = False, optional: bool = False) -> Check:
    """A number in a range, or two of them.

    Args:
        low: the least value.
        high: the greatest.
        above: whether ``low`` itself is not in the range.
        optional: whether ``None`` passes.
    """

    def check(arguments: Mapping[str, Any], name: str) -> None:
        value = arguments[name]
        if optional and value is None:
            return
        numbers = (
            two(value, name) if isinstance(value, (tuple, list)) else (python_number(value, name),)
        )
        for number in numbers:
            at_bound = above and is_number(number) and number == low
            if at_bound or exceeds(low, number, name) or exceeds(number, high, name):
                least = f"above {low:g}, at most {high:g}"
                raise Fault(
                    FaultKind.INVALID_VALUE,
                    argument=name,
                    expected=least if above else f"between {low:g} and {high:g}",
                    found=value,
                )

    return check


def one_of(*choices: str) -> Check:
    """One of a few strings."""

    def check(arguments: Mapping[str, Any], name: str) -> None:
        choice(arguments, name, choices)

    return check


def nothing(arguments: Mapping[str, Any], name: str) -> None:
    """Refuse an argument that only some layers of the kind take, unless it is ``None``."""
    value = arguments[name]
    if value is not None and not isinstance(value, Unknown):
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=None, found=value)


def data_format(arguments: Mapping[str, Any], name: str) -> None:
    """Check a data format."""
    del name
    common.data_format(arguments)


def value_range(arguments: Mapping[str, Any], name: str) -> None:
    """A list or tuple of two values that can be sorted."""
    value = arguments[name]
    if is_no_sequence(value):
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument=name, expected="a list of two numbers", found=value
        )
    if isinstance(value, (tuple, list)) and (len(value) != 2 or None in value):
        raise Fault(
            FaultKind.INVALID_VALUE, argument=name, expected="a list of two numbers", found=value
        )


def seed(arguments: Mapping[str, Any], name: str) -> None:
    """``None`` or Python's own integer, of which a bool makes TensorFlow stumble."""
    value = arguments[name]
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    if value is not None and not is_integer and is_known(value):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)


def odd(arguments: Mapping[str, Any], name: str) -> None:
    """An odd number, or two of them."""
    value = arguments[name]
    pair = two(value, name) if isinstance(value, (tuple, list)) else (python_number(value, name),)
    for number in pair:
        if is_number(number) and number % 2 == 0:
            raise Fault(
                FaultKind.INVALID_VALUE, argument=name, expected="an odd number", found=value
            )
        refuse_uncomparable(number, name)


def whole(arguments: Mapping[str, Any], name: str) -> Dim:
    """Anything that becomes an integer, text included."""
    value = common.plain(arguments[name])
    if isinstance(value, (str, float)):
        try:
            value = int(value)
        except (ValueError, OverflowError):
            raise Fault(
                FaultKind.INVALID_VALUE, argument=name, expected="an integer", found=value
            ) from None
    if is_known(value) and not isinstance(value, int):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
    return common.as_dim(value)


def literal_dim(arguments: Mapping[str, Any], name: str) -> Dim:
    """An argument that stands in a shape just as it was given.

    Raises:
        Fault: it is no integer, or negative; ``None`` is dynamic.
    """
    value = arguments[name]
    if isinstance(value, NumpyScalar) and value.dtype != "float64" and math.isfinite(value.value):
        value = int(value.value)  # NumPy's other floats are no floats to Keras
    value = common.plain(value)
    if is_known(value) and value is not None and not isinstance(value, int):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
    if isinstance(value, int) and value < 0:
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=">= 0", found=value)
    return common.as_dim(value)


def sole(nest: Nest) -> TensorSpec:
    """The tensor that a layer for data gets; unknown for data that may be made one.

    Raises:
        Fault: tensors in a list or another nest.
    """
    if not isinstance(nest, TensorSpec) and all(isinstance(x, TensorSpec) for x in flatten(nest)):
        return single(nest)
    return nest if isinstance(nest, TensorSpec) else TensorSpec(UNKNOWN, UNKNOWN)


def two(value: tuple[Any, ...] | list[Any], name: str) -> tuple[Any, Any]:
    """The two values of a pair."""
    if len(value) != 2:
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected="two numbers", found=value)
    return common.plain(value[0]), common.plain(value[1])


def python_number(value: Any, name: str) -> Any:
    """A number that Keras takes for one; of NumPy's only float64 passes."""
    if isinstance(value, NumpyScalar) and value.dtype == "float64":
        return value.value
    if not is_number(value) and is_known(value):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="a number", found=value)
    return value


def exceeds(a: Any, b: Any, name: str) -> bool:
    """Whether ``a`` is certainly above ``b``.

    Raises:
        Fault: one of them cannot be compared with a number.
    """
    refuse_uncomparable(a, name)
    refuse_uncomparable(b, name)
    return is_number(a) and is_number(b) and a > b


def refuse_uncomparable(value: Any, name: str) -> None:
    """Refuse what is known and no number."""
    if not is_number(value) and is_known(value):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="a number", found=value)


def is_number(value: Any) -> bool:
    """Whether a value is a number whose size is known."""
    return isinstance(value, (int, float))


def is_no_sequence(value: Any) -> bool:
    """Whether a value is certainly neither tuple nor list."""
    return is_known(value) and not isinstance(value, (tuple, list))


def not_truthy(value: Any) -> bool:
    """Whether a value is certainly false."""
    value = common.plain(value)
    return value is None or (isinstance(value, (int, float, str, tuple, list)) and not value)
