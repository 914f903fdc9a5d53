"""Values as arrays, and arrays as values.

Facts that an array may carry (``Tensor.facts``):

- ``low``, ``high``: all numbers in it lie between these two, both included, up to rounding.
- ``classes``: it holds exactly this number of different labels, ``low`` and ``high`` among them.
- ``uniform``: it is drawn at random from all integers from ``low`` to ``high``, equally likely.
- ``values``: all its numbers, in nested tuples.
- ``ragged``: its items are lists of different lengths, and the bounds are those of their items.
- ``one_hot``: its last axis, of this length, stands for classes.
"""

from __future__ import annotations

import math
from typing import Any

from keraslint.interpreter.iteration import element_of
from keraslint.interpreter.libraries.array_dtypes import dtype_of, promote_values
from keraslint.interpreter.libraries.array_shapes import Undefined, meet
from keraslint.interpreter.values import List, Opaque, Sequence_, Tensor, Value
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec

MAX_VALUES = 256
MAX_ITEMS = 10_000
_SCALARS = (int, float, complex, str, bytes, NumpyScalar, Expr)

Number = (int, float)


def array(
    shape: Shape, dtype: str | Unknown = "float64", facts: dict[str, Value] | None = None
) -> Tensor:
    """A NumPy array."""
    return Tensor(TensorSpec(shape, dtype), "numpy", facts=facts)


def as_array(value: Value) -> Tensor | None:
    """What ``np.asarray`` makes of a value, `None` if nothing is known of it.

    Raises:
        Undefined: a ragged list.
    """
    if isinstance(value, Tensor):
        return value
    if isinstance(value, _SCALARS):
        scalar = value.value if isinstance(value, NumpyScalar) else value
        return array((), dtype_of(value), literal_facts(scalar))
    if isinstance(value, (tuple, Sequence_)):
        return _from_items(value)
    if isinstance(value, range):
        bounds = {"low": min(value), "high": max(value)} if value else None
        return array((len(value),), "int64", bounds)
    found = value.attributes.get("values") if isinstance(value, Opaque) else None
    return found if isinstance(found, Tensor) else None


def _from_items(value: tuple[Value, ...] | Sequence_) -> Tensor | None:
    opened = isinstance(value, Sequence_) and value.open
    items = list(value.items if isinstance(value, Sequence_) else value)
    if getattr(value, "kind", "list") != "list" or len(items) > MAX_ITEMS:
        return None
    length: Dim = UNKNOWN if opened else len(items)
    if opened:
        items = [element_of(value)]
    if not items:
        return array((0,))
    shape = _common_shape(items)
    if isinstance(shape, Unknown):
        return array(UNKNOWN, UNKNOWN)
    numbers = constants(value)
    facts = literal_facts(numbers) if numbers is not None else None
    return array((length, *shape), UNKNOWN if opened else _dtype(items), facts)


def _dtype(items: list[Value]) -> str | Unknown:
    return promote_values(*(as_array(x) if isinstance(x, (tuple, Sequence_)) else x for x in items))


def _common_shape(items: list[Value]) -> Shape:
    """The shape of every item, as far as any item tells it: the items of an array are all alike."""
    common: Shape = UNKNOWN
    last: Value = None
    for item in items:
        if item is last and item is not None:
            continue
        last = item
        if isinstance(item, (str, bytes)) and not isinstance(common, Unknown) and common:
            raise Undefined
        found = as_array(item)
        shape = UNKNOWN if found is None else found.spec.shape
        if isinstance(shape, Unknown):
            continue
        if isinstance(common, Unknown):
            common = shape
        elif len(common) != len(shape):
            raise Undefined
        else:
            common = tuple(meet(a, b) for a, b in zip(common, shape, strict=True))
    return common


def constants(value: Value) -> Any:
    """A nest of known numbers as nested tuples, `None` if it is none or is large."""
    if isinstance(value, NumpyScalar):
        return value.value
    if isinstance(value, Number):
        return value
    if isinstance(value, Tensor):
        return value.facts.get("values")
    if isinstance(value, Sequence_) and value.open:
        return None
    items = value.items if isinstance(value, Sequence_) else value
    if not isinstance(items, (list, tuple, range)) or len(items) > MAX_VALUES:
        return None
    parts = tuple(constants(item) for item in items)
    return None if any(part is None for part in parts) else parts


def flat(numbers: Any) -> list[int | float]:
    """The numbers of nested tuples in order."""
    if isinstance(numbers, tuple):
        return [number for part in numbers for number in flat(part)]
    return [numbers]


def literal_facts(numbers: Any) -> dict[str, Value]:
    """What is known of an array whose numbers are all known."""
    if isinstance(numbers, Expr) or not isinstance(numbers, (tuple, *Number)):
        return {}
    values = flat(numbers)
    if not values or len(values) > MAX_VALUES or not all(isinstance(v, Number) for v in values):
        return {}
    if any(math.isnan(value) for value in values):
        return {}
    facts: dict[str, Value] = {"values": numbers, "low": min(values), "high": max(values)}
    if all(type(value) is int for value in values):
        facts["classes"] = len(set(values))
    return facts


def bounds(facts: dict[str, Value]) -> dict[str, Value]:
    """The facts that hold for any selection of the elements."""
    return {key: facts[key] for key in ("low", "high", "ragged") if key in facts}


def rearranged(facts: dict[str, Value]) -> dict[str, Value]:
    """The facts that hold for the same elements in another order."""
    return {key: facts[key] for key in ("low", "high", "classes") if key in facts}


def scalar(value: Any, dtype: str | Unknown) -> Value:
    """A NumPy number; its dtype stands in if the value is not known."""
    known = isinstance(value, (*Number, Expr)) and isinstance(dtype, str)
    return NumpyScalar(value, str(dtype)) if known else array((), dtype)


def nested_list(numbers: Any) -> Value:
    """``array.tolist()`` for known numbers."""
    if isinstance(numbers, tuple):
        return List([nested_list(part) for part in numbers])
    return UNKNOWN if numbers is None else numbers
