"""Arrays as Python sees them: their attributes, methods, items and operators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.interpreter.joining import one_of
from keraslint.interpreter.libraries import array_dtypes as dtypes
from keraslint.interpreter.libraries.array_indexing import index
from keraslint.interpreter.libraries.array_products import matmul
from keraslint.interpreter.libraries.array_shapes import Undefined, as_shape, broadcast, meet
from keraslint.interpreter.libraries.array_values import (
    as_array,
    bounds,
    literal_facts,
    nested_list,
    scalar,
)
from keraslint.interpreter.libraries.registry import find
from keraslint.interpreter.scopes import MISSING, Frame
from keraslint.interpreter.values import (
    Arguments,
    Builtin,
    External,
    OneOf,
    Tensor,
    Value,
)
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown, product
from keraslint.tensors.dtypes import INTEGERS
from keraslint.tensors.specs import TensorSpec

COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
NUMPY_METHODS = frozenset(
    (
        *("all", "any", "argmax", "argmin", "argsort", "clip", "compress", "conj", "copy"),
        *("cumprod", "cumsum", "diagonal", "dot", "max", "mean", "min", "nonzero", "partition"),
        *("prod", "ptp", "ravel", "repeat", "round", "searchsorted", "squeeze", "std", "sum"),
        *("swapaxes", "take", "trace", "var"),
    )
)


def array_attribute(frame: Frame, tensor: Tensor, name: str, node: Any = None) -> Value:
    """``tensor.name`` for an array or an eager tensor."""
    read = PROPERTIES.get(name)
    if read is not None:
        return read(tensor)
    if name in METHODS:
        return Builtin(name, _method(METHODS[name], tensor))
    if tensor.flavour == "numpy" and name in NUMPY_METHODS:
        return Builtin(name, _method(_numpy_method(name), tensor))
    return UNKNOWN


Method = Callable[[Frame, Tensor, Arguments], Value]


def _method(method: Method, tensor: Tensor) -> Callable[[Frame, Arguments], Value]:
    def bound(frame: Frame, arguments: Arguments) -> Value:
        try:
            return method(frame, tensor, arguments)
        except Undefined:
            return UNKNOWN

    return bound


def _numpy_method(name: str) -> Method:
    def method(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
        model = find(f"numpy.{name}")
        return UNKNOWN if model is None else model(frame, arguments.prepend(tensor), None)

    return method


def _shape(tensor: Tensor) -> Value:
    return tensor.spec.shape


def _ndim(tensor: Tensor) -> Value:
    shape = tensor.spec.shape
    return UNKNOWN if isinstance(shape, Unknown) else len(shape)


def _size(tensor: Tensor) -> Value:
    shape = tensor.spec.shape
    return UNKNOWN if isinstance(shape, Unknown) else product(shape)


def _dtype(tensor: Tensor) -> Value:
    library = "numpy" if tensor.flavour == "numpy" else "tensorflow"
    dtype = tensor.spec.dtype
    return External(f"{library}.{dtype}") if isinstance(dtype, str) else UNKNOWN


def _transposed(tensor: Tensor) -> Value:
    shape = tensor.spec.shape
    return like(tensor, shape if isinstance(shape, Unknown) else shape[::-1])


PROPERTIES: dict[str, Callable[[Tensor], Value]] = {
    "shape": _shape,
    "ndim": _ndim,
    "size": _size,
    "dtype": _dtype,
    "T": _transposed,
    "real": lambda tensor: like(tensor, tensor.spec.shape, UNKNOWN),
    "imag": lambda tensor: like(tensor, tensor.spec.shape, UNKNOWN),
    "flat": lambda tensor: like(tensor, (_size(tensor),)),
}


def like(tensor: Tensor, shape: Any, dtype: str | Unknown | None = None) -> Tensor:
    """An array of the same kind in another shape, and perhaps another dtype."""
    spec = TensorSpec(shape, tensor.spec.dtype if dtype is None else dtype)
    flavour = "numpy" if tensor.flavour == "numpy" else "traced"
    return Tensor(spec, flavour, place=tensor.place)


def _astype(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    result = like(tensor, tensor.spec.shape, dtypes.named_dtype(arguments.get(0, "dtype", UNKNOWN)))
    if result.spec.dtype == tensor.spec.dtype or dtypes.holds_integers(tensor, result.spec.dtype):
        result.facts = tensor.facts
    return result


def _reshape(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    return _with_axes(frame, "numpy.reshape", "shape", tensor, arguments)


def _transpose(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    if not arguments.positional and not arguments.open:
        return _transposed(tensor)
    return _with_axes(frame, "numpy.transpose", "axes", tensor, arguments)


def _with_axes(frame: Frame, path: str, name: str, tensor: Tensor, arguments: Arguments) -> Value:
    """Call a function whose second argument a method takes as one tuple or as several numbers."""
    given = arguments.positional
    if arguments.open or (not given and name not in arguments.keywords):
        return like(tensor, UNKNOWN)
    if len(given) > 1:
        given = [tuple(given)]
    model = find(path)
    return (
        UNKNOWN
        if model is None
        else model(frame, Arguments([tensor, *given], arguments.keywords), None)
    )


def _flatten(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    return _numpy_method("ravel")(frame, tensor, Arguments())


def _in_place(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    tensor.facts.clear()
    return None


def _numpy(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    return Tensor(tensor.spec, "numpy", place=tensor.place, facts=tensor.facts)


def _itself(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    return tensor


def _tolist(frame: Frame, tensor: Tensor, arguments: Arguments) -> Value:
    return nested_list(tensor.facts.get("values"))


METHODS: dict[str, Method] = {
    "astype": _astype,
    "reshape": _reshape,
    "transpose": _transpose,
    "flatten": _flatten,
    "sort": _in_place,
    "fill": _in_place,
    "setflags": _in_place,
    "numpy": _numpy,
    "get_shape": lambda frame, tensor, arguments: tensor.spec.shape,
    "view": lambda frame, tensor, arguments: tensor if arguments == Arguments() else UNKNOWN,
    "__array__": _numpy,
    "cpu": _itself,
    "tolist": _tolist,
}


def array_item(frame: Frame, tensor: Tensor, key: Value, node: Any = None) -> Value:
    """``tensor[key]`` for an array or an eager tensor; a NumPy number where its value is known."""
    if isinstance(key, OneOf):
        return one_of([array_item(frame, tensor, item, node) for item in key.alternatives])
    try:
        shape = index(tensor.spec.shape, key)
    except Undefined:
        return UNKNOWN
    if shape == () and "ragged" in tensor.facts:
        return UNKNOWN
    values = _value_at(tensor.facts.get("values", MISSING), key)
    if values is MISSING:
        return _with(like(tensor, shape), bounds(tensor.facts))
    if shape == () and tensor.flavour == "numpy":
        return scalar(values, tensor.spec.dtype)
    return _with(like(tensor, shape), literal_facts(values))


def set_array_item(tensor: Tensor) -> None:
    """``tensor[key] = value``: the shape stays, what was known of the numbers is gone."""
    tensor.facts.clear()


def _with(tensor: Tensor, facts: dict[str, Value]) -> Tensor:
    tensor.facts = facts
    return tensor


def _value_at(values: Any, key: Value) -> Any:
    """The item of nested tuples at integers or one slice, `MISSING` if that is not plain."""
    for part in key if isinstance(key, tuple) else (key,):
        if not isinstance(values, tuple):
            return MISSING
        if isinstance(part, int) and not isinstance(part, bool):
            values = values[part]
        elif isinstance(part, slice) and key is part:
            return values[part] if _plain_slice(part) else MISSING
        else:
            return MISSING
    return values


def _plain_slice(part: slice) -> bool:
    return all(
        bound is None or isinstance(bound, int) for bound in (part.start, part.stop, part.step)
    )


def array_operate(operator: str, a: Value, b: Value) -> Value:
    """``a operator b`` where one is an array or an eager tensor."""
    try:
        left, right = as_array(a), as_array(b)
        if left is None or right is None:
            return UNKNOWN
        if operator == "@":
            shape = matmul(left.spec.shape, right.spec.shape)
        else:
            shape = broadcast(left.spec.shape, right.spec.shape)
    except Undefined:
        return UNKNOWN
    flavours = [x.flavour for x in (a, b) if isinstance(x, Tensor) and x.flavour != "numpy"]
    flavour = flavours[0] if flavours else "numpy"
    dtype = _result_dtype(operator, a, b, flavour)
    result = Tensor(TensorSpec(shape, dtype), flavour, facts=_shifted(operator, a, b))
    if dtype in INTEGERS and not dtypes.holds_integers(result, dtype):
        result.facts = {}
    return result


def _result_dtype(operator: str, a: Value, b: Value, flavour: str) -> str | Unknown:
    if operator in COMPARISONS:
        return "bool"
    if flavour != "numpy":
        first = next(x for x in (a, b) if isinstance(x, Tensor) and x.flavour != "numpy")
        return dtypes.divided(first.spec.dtype) if operator == "/" else first.spec.dtype
    result = dtypes.promote_values(a, b)
    return dtypes.divided(result) if operator == "/" else result


def _shifted(operator: str, a: Value, b: Value) -> dict[str, Value]:
    """The bounds of an array with a number added, subtracted, multiplied or divided."""
    number = b.value if isinstance(b, NumpyScalar) else b
    if not isinstance(a, Tensor) or "low" not in a.facts or not isinstance(number, (int, float)):
        return {}
    low, high = a.facts["low"], a.facts["high"]
    if operator == "/" and number:
        ends = [low / number, high / number]
    elif operator == "*":
        ends = [low * number, high * number]
    elif operator in ("+", "-"):
        signed = number if operator == "+" else -number
        ends = [low + signed, high + signed]
    else:
        return {}
    facts: dict[str, Value] = {"low": min(ends), "high": max(ends)}
    if operator in ("+", "-") and "classes" in a.facts and isinstance(number, int):
        facts["classes"] = a.facts["classes"]
    return facts


def operate_scalars(frame: Frame, operator: str, a: Value, b: Value) -> Value:
    """``a operator b`` where one is a NumPy number and the other a number: a NumPy number again."""
    from keraslint.interpreter.operators import binary

    plain = [x.value if isinstance(x, NumpyScalar) else x for x in (a, b)]
    if not all(isinstance(x, (int, float, Expr)) for x in plain):
        return UNKNOWN
    value = binary(frame, operator, *plain)
    if operator in COMPARISONS:
        return NumpyScalar(value, "bool") if isinstance(value, bool) else value
    dtype = dtypes.promote_values(a, b)
    if operator == "/":
        dtype = dtypes.divided(dtype)
    if isinstance(value, int) and value.bit_length() > 63:
        return UNKNOWN
    return scalar(value, dtype)


def refine(tensor: Tensor, shape: Value) -> Tensor:
    """The tensor once it is known to have ``shape`` too (``tf.ensure_shape``)."""
    more = as_shape(shape)
    mine = tensor.spec.shape
    if isinstance(more, Unknown) or isinstance(mine, Unknown) or len(more) != len(mine):
        return like(tensor, more if isinstance(mine, Unknown) else mine)
    return like(tensor, tuple(meet(a, b) for a, b in zip(mine, more, strict=True)))
