"""NumPy functions that compute: element by element, along axes, and products."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.interpreter.arrays import array_operate
from keraslint.interpreter.libraries import array_products as products
from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import (
    divided,
    floating,
    promote,
    promote_values,
    summed,
)
from keraslint.interpreter.libraries.array_shapes import Undefined, integer, items_of
from keraslint.interpreter.libraries.array_values import (
    Number,
    array,
    as_array,
    constants,
    flat,
    scalar,
)
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.numpy_creation import chosen
from keraslint.interpreter.libraries.numpy_shaping import model_of
from keraslint.interpreter.libraries.symbolic import on_symbolic
from keraslint.interpreter.values import Sequence_, Tensor, Value
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown, product, subtract, total
from keraslint.tensors.shapes import Shape

numpy = library_functions("numpy.", on_symbolic)


def certain(value: Value) -> Tensor:
    """A value as an array.

    Raises:
        Undefined: nothing is known of it, so that what comes out may be of any type.
    """
    found = as_array(value)
    if found is None:
        raise Undefined
    return found


@numpy(
    "exp expm1 exp2 log log2 log10 log1p sqrt cbrt sin cos tan arcsin arccos arctan sinh cosh"
    " tanh arcsinh arccosh arctanh deg2rad rad2deg radians degrees reciprocal"
)
def _floating(x: Value, **_: Value) -> Value:
    model = certain(x)
    return array(model.spec.shape, floating(model.spec.dtype))


@numpy(
    "abs absolute fabs negative positive square sign floor ceil rint trunc conj nan_to_num tril"
    " triu"
)
def _same(x: Value, *more: Value, **_: Value) -> Value:
    model = certain(x)
    return array(model.spec.shape, model.spec.dtype)


@numpy("round around fix")
def _round(a: Value, decimals: Value = 0, **_: Value) -> Value:
    return _same(a)


@numpy("isnan isinf isfinite logical_not signbit")
def _test(x: Value, **_: Value) -> Value:
    return array(certain(x).spec.shape, "bool")


@numpy("isin in1d")
def _isin(element: Value, test_elements: Value, **_: Value) -> Value:
    return array(certain(element).spec.shape, "bool")


def _operator(names: str, operator: str) -> None:
    @numpy(names)
    def apply(x1: Value, x2: Value, *, dtype: Value = None, **_: Value) -> Value:
        result = array_operate(operator, certain(x1), certain(x2))
        if not isinstance(result, Tensor):
            raise Undefined
        found = promote_values(x1, x2) if result.spec.dtype != "bool" else "bool"
        found = divided(found) if operator == "/" else found
        return array(result.spec.shape, chosen(dtype, found), result.facts)


for _names, _sign in (
    ("add", "+"),
    ("subtract", "-"),
    ("multiply", "*"),
    ("divide true_divide", "/"),
    ("floor_divide", "//"),
    ("mod remainder fmod", "%"),
    ("power float_power", "**"),
    ("matmul", "@"),
    ("equal", "=="),
    ("not_equal", "!="),
    ("less", "<"),
    ("less_equal", "<="),
    ("greater", ">"),
    ("greater_equal", ">="),
    ("maximum minimum fmax fmin bitwise_and bitwise_or bitwise_xor", "&"),
):
    _operator(_names, _sign)


@numpy("logical_and logical_or logical_xor isclose")
def _logical(x1: Value, x2: Value, *more: Value, **_: Value) -> Value:
    return array(shapes.broadcast(certain(x1).spec.shape, certain(x2).spec.shape), "bool")


@numpy("arctan2 hypot")
def _floating_pair(x1: Value, x2: Value, **_: Value) -> Value:
    left, right = certain(x1), certain(x2)
    return array(
        shapes.broadcast(left.spec.shape, right.spec.shape), floating(promote_values(x1, x2))
    )


@numpy("clip")
def _clip(a: Value, a_min: Value = None, a_max: Value = None, **_: Value) -> Value:
    limits = [certain(limit) for limit in (a_min, a_max) if limit is not None]
    model = certain(a)
    shape = shapes.broadcast(model.spec.shape, *(limit.spec.shape for limit in limits))
    return array(
        shape, promote_values(a, *(limit for limit in (a_min, a_max) if limit is not None))
    )


@numpy("interp")
def _interp(x: Value, xp: Value, fp: Value, *more: Value, **_: Value) -> Value:
    return array(certain(x).spec.shape)


_FOLDS: dict[str, Callable[[list[Any]], Any]] = {
    "prod": product,
    "sum": total,
    "max": max,
    "min": min,
    "amax": max,
    "amin": min,
}


def _reduction(name: str, dtype_rule: Callable[[Any], Any]) -> None:
    @numpy(name)
    def apply(
        a: Value,
        axis: Value = None,
        dtype: Value = None,
        *more: Value,
        keepdims: Value = False,
        **_: Value,
    ) -> Value:
        if axis is None and keepdims is False and dtype is None:
            folded = _folded(name, a, dtype_rule)
            if folded is not None:
                return folded
        model = certain(a)
        shape = shapes.reduce(model.spec.shape, axis, keepdims)
        return array(shape, chosen(dtype, dtype_rule(model.spec.dtype)))


def _folded(name: str, value: Value, dtype_rule: Callable[[Any], Any]) -> Value:
    """The number that a reduction of known numbers gives, `None` if it is not known."""
    fold = _FOLDS.get(name)
    if fold is None:
        return None
    if (
        isinstance(value, Tensor)
        and "classes" in value.facts
        and name in ("max", "amax", "min", "amin")
    ):
        return scalar(value.facts["high" if name.endswith("max") else "low"], value.spec.dtype)
    numbers = _numbers(value)
    if numbers == [] and name == "prod":
        return NumpyScalar(1.0, "float64")
    exact = (int, Expr) if name in ("prod", "sum") else Number
    if not numbers or not all(isinstance(number, exact) for number in numbers):
        return None
    dtype = value.spec.dtype if isinstance(value, Tensor) else promote_values(*numbers)
    result = fold(numbers)
    if isinstance(result, int) and result.bit_length() > 63:
        return UNKNOWN
    return scalar(result, dtype_rule(dtype))


def _numbers(value: Value) -> list[Any] | None:
    if isinstance(value, (tuple, Sequence_)) and not getattr(value, "open", False):
        plain = [item.value if isinstance(item, NumpyScalar) else item for item in items_of(value)]
        if all(isinstance(item, (*Number, Expr)) for item in plain):
            return plain
    found = constants(value)
    return None if found is None else flat(found)


for _name, _rule in (
    ("sum", summed),
    ("prod", summed),
    ("nansum", summed),
    ("mean", divided),
    ("std", divided),
    ("var", divided),
    ("nanmean", divided),
    ("nanstd", divided),
):
    _reduction(_name, _rule)


def _selection(name: str, dtype: str | None) -> None:
    @numpy(name)
    def apply(
        a: Value, axis: Value = None, out: Value = None, keepdims: Value = False, **_: Value
    ) -> Value:
        if axis is None and keepdims is False:
            folded = _folded(name, a, lambda found: found)
            if folded is not None:
                return folded
        model = certain(a)
        return array(shapes.reduce(model.spec.shape, axis, keepdims), dtype or model.spec.dtype)


for _name, _dtype in (
    *((name, None) for name in ("max", "min", "amax", "amin", "nanmax", "nanmin", "ptp")),
    ("all", "bool"),
    ("any", "bool"),
    ("argmax", "int64"),
    ("argmin", "int64"),
    ("count_nonzero", "int64"),
):
    _selection(_name, _dtype)


@numpy("median average nanmedian")
def _median(
    a: Value, axis: Value = None, *more: Value, keepdims: Value = False, **_: Value
) -> Value:
    model = certain(a)
    return array(shapes.reduce(model.spec.shape, axis, keepdims), divided(model.spec.dtype))


@numpy("percentile quantile nanpercentile")
def _percentile(
    a: Value, q: Value, axis: Value = None, *more: Value, keepdims: Value = False, **_: Value
) -> Value:
    lead, model = certain(q).spec.shape, certain(a)
    rest = shapes.reduce(model.spec.shape, axis, keepdims)
    shape = UNKNOWN if isinstance(lead, Unknown) or isinstance(rest, Unknown) else (*lead, *rest)
    return array(shape, divided(model.spec.dtype))


@numpy("cumsum cumprod nancumsum")
def _cumulative(a: Value, axis: Value = None, dtype: Value = None, **_: Value) -> Value:
    model = certain(a)
    shape = shapes.flatten(model.spec.shape) if axis is None else model.spec.shape
    return array(shape, chosen(dtype, summed(model.spec.dtype)))


@numpy("diff")
def _diff(a: Value, n: Value = 1, axis: Value = -1, **more: Value) -> Value:
    shape = certain(a).spec.shape
    if isinstance(shape, Unknown) or more:
        return array(UNKNOWN, certain(a).spec.dtype)
    at = shapes.axis_index(axis, len(shape))
    length = subtract(shape[at], integer(n))
    length = max(length, 0) if isinstance(length, int) else length
    return array((*shape[:at], length, *shape[at + 1 :]), certain(a).spec.dtype)


@numpy("gradient")
def _gradient(f: Value, *varargs: Value, **_: Value) -> Value:
    shape = certain(f).spec.shape
    if isinstance(shape, Unknown) or len(shape) != 1:
        raise Undefined
    return array(shape, floating(certain(f).spec.dtype))


def _product(names: str, rule: Callable[[Shape, Shape], Shape]) -> None:
    @numpy(names)
    def apply(a: Value, b: Value, **_: Value) -> Value:
        left, right = certain(a), certain(b)
        return array(
            rule(left.spec.shape, right.spec.shape), promote(left.spec.dtype, right.spec.dtype)
        )


_product("dot", products.dot)
_product("outer", products.outer)
_product("vdot", lambda a, b: ())


@numpy("tensordot")
def _tensordot(a: Value, b: Value, axes: Value = 2) -> Value:
    left, right = certain(a), certain(b)
    dtype = promote(left.spec.dtype, right.spec.dtype)
    return array(products.tensordot(left.spec.shape, right.spec.shape, axes), dtype)


@numpy("einsum")
def _einsum(subscripts: Value, *operands: Value, **_: Value) -> Value:
    models = [model_of(operand) for operand in operands]
    dtype = promote(*(model.spec.dtype for model in models))
    return array(products.einsum(subscripts, [model.spec.shape for model in models]), dtype)


@numpy("linalg.norm")
def _norm(x: Value, ord: Value = None, axis: Value = None, keepdims: Value = False) -> Value:
    dtype = certain(x).spec.dtype
    integers = isinstance(dtype, str) and dtype.startswith(("int", "uint", "bool"))
    shape = shapes.reduce(certain(x).spec.shape, axis, keepdims)
    return array(shape, "float64" if integers else floating(dtype))


@numpy("linalg.inv linalg.pinv linalg.cholesky")
def _inverse(a: Value, **_: Value) -> Value:
    model = certain(a)
    return array(shapes.transpose(model.spec.shape) if len_of(model) == 2 else UNKNOWN, UNKNOWN)


def len_of(model: Tensor) -> int | None:
    """The number of axes, `None` if unknown."""
    return None if isinstance(model.spec.shape, Unknown) else len(model.spec.shape)


@numpy("fft.fft fft.ifft")
def _fft(a: Value, n: Value = None, axis: Value = -1, norm: Value = None, **_: Value) -> Value:
    shape = certain(a).spec.shape
    if isinstance(shape, Unknown) or n is None:
        return array(shape, "complex128")
    at = shapes.axis_index(axis, len(shape))
    return array((*shape[:at], shapes.as_dim(n), *shape[at + 1 :]), "complex128")


@numpy("array_equal allclose may_share_memory")
def _verdict(*arrays: Value, **_: Value) -> Value:
    return UNKNOWN
