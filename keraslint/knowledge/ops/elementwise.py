"""Functions of every element: the shape stays, or several broadcast."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    axes_in,
    axis_in,
    broadcast_all,
    dtype_argument,
    floating,
    known,
    only_tensor,
    rank_fault,
    result_dtype,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Unknown, floor_divide
from keraslint.tensors.dtypes import is_float
from keraslint.tensors.specs import TensorSpec

SAME = (
    *("abs", "absolute", "bitwise_invert", "bitwise_not", "conj", "conjugate", "copy", "erf"),
    *("erfinv", "nan_to_num", "negative", "round", "rsqrt", "sign"),
    *("tril", "triu", "trunc", "celu", "elu", "gelu", "hard_shrink", "hard_sigmoid"),
    *("hard_silu", "hard_swish", "hard_tanh", "leaky_relu", "log_sigmoid", "relu"),
    *("relu6", "selu", "sigmoid", "silu", "soft_shrink", "softplus", "softsign"),
    *("sparse_plus", "sparse_sigmoid", "squareplus", "swish", "tanh_shrink"),
    *("threshold", "layer_normalization", "rms_normalization"),
)
FLOATING = (
    *("angle", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "ceil", "cos"),
    *("cosh", "erfc", "exp", "exp2", "expm1", "fabs", "floor", "log", "log10", "log1p", "log2"),
    *("sin", "sinc", "sinh", "sqrt", "tan", "tanh"),
)
TRUTH = ("isfinite", "isinf", "isnan", "isneginf", "isposinf", "isreal", "signbit", "logical_not")
VAGUE = ("cbrt", "deg2rad", "i0", "rad2deg", "real", "imag")
"""Functions whose dtype is left open."""

ACTIVATIONS = (
    *("celu", "elu", "gelu", "hard_shrink", "hard_sigmoid", "hard_tanh"),
    *("leaky_relu", "linear", "log_sigmoid"),
    *("relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softplus"),
    *("softsign", "sparse_plus", "sparse_sigmoid", "squareplus", "swish"),
    *("tanh_shrink", "threshold"),
)

CONCRETE_ACTIVATIONS = ("hard_silu", "hard_swish", "mish", "sparsemax")
"""Activations that refuse symbolic tensors outside a layer."""

ARITHMETIC = (
    *("add", "floor_divide", "fmax", "fmin", "maximum", "minimum", "multiply"),
    *("power", "subtract"),
)
REMAINDERS = ("fmod", "mod")
DIVISIONS = (
    "arctan2",
    "divide",
    "divide_no_nan",
    "logaddexp",
    "logaddexp2",
    "true_divide",
)
COMPARISONS = (
    *("equal", "greater", "greater_equal", "isclose", "less", "less_equal", "logical_and"),
    *("logical_or", "logical_xor", "not_equal"),
)


@op(*SAME, *(f"activations.{name}" for name in ACTIVATIONS), tensors=("x",))
def same(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape and dtype; of integers with data some make floats."""
    integers = isinstance(x.dtype, str) and not is_float(x.dtype)
    return TensorSpec(x.shape, UNKNOWN) if lenient and integers else x


SOFTMAXES = ("softmax", "log_softmax")


@op(*SOFTMAXES, *(f"activations.{name}" for name in SOFTMAXES), tensors=("x",))
def softmax(x: TensorSpec, axis: Any) -> TensorSpec:
    """The same shape, whose axis exists."""
    if axis is not None and not isinstance(x.shape, Unknown):
        axes_in(axis, x.shape)
    return x


@op("sparsemax", ranked=("x",))
def sparsemax(x: TensorSpec, axis: Any) -> TensorSpec:
    """The same shape, whose one axis exists."""
    axis_in(axis, len(known(x.shape)), shape=x.shape)
    return x


@op("roll", tensors=("x",))
def roll(x: TensorSpec, axis: Any) -> TensorSpec:
    """The same shape, whose axes exist."""
    return softmax(x, axis)


@op("stop_gradient", tensors=("variable",))
def stop_gradient(variable: TensorSpec) -> TensorSpec:
    """The same shape and dtype."""
    return variable


@op(*(f"activations.{name}" for name in CONCRETE_ACTIVATIONS), tensors=("x",))
def concrete_activation(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape and dtype, inside a layer."""
    return concrete(x, lenient)


def concrete(x: TensorSpec, lenient: bool) -> TensorSpec:
    """A tensor that may not be a symbolic one.

    Raises:
        Fault: it is.
    """
    if not lenient:
        raise Fault(FaultKind.NOT_A_KERAS_TENSOR_FUNCTION, input=0)
    return x


@op("convert_to_numpy", tensors=("x",))
def convert_to_numpy(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape and dtype, of tensors with data."""
    return concrete(x, lenient)


@op(*FLOATING, "activations.exponential", "activations.tanh", tensors=("x",))
def float_function(x: TensorSpec) -> TensorSpec:
    """The same shape, in floats."""
    return TensorSpec(x.shape, floating(x.dtype))


@op(*TRUTH, tensors=("x",))
def truth(x: TensorSpec) -> TensorSpec:
    """The same shape, of bools."""
    return TensorSpec(x.shape, "bool")


@op(*VAGUE, tensors=("x",))
def vague(x: TensorSpec) -> TensorSpec:
    """The same shape."""
    return TensorSpec(x.shape, UNKNOWN)


@op("corrcoef", tensors=("x",))
def corrcoef(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The shape that Keras tells of symbolic tensors; that of data is another."""
    return TensorSpec(UNKNOWN if lenient else x.shape, UNKNOWN)


@op("square", tensors=("x",))
def square(x: TensorSpec) -> TensorSpec:
    """The same shape; bools become integers."""
    return TensorSpec(x.shape, "int32" if x.dtype == "bool" else x.dtype)


@op("reciprocal", tensors=("x",))
def reciprocal(x: TensorSpec, lenient: bool = False) -> TensorSpec:
    """The same shape, in float32 if it is symbolic."""
    return TensorSpec(x.shape, UNKNOWN if lenient else "float32")


@op("clip", tensors=("x",))
def clip(x: TensorSpec) -> TensorSpec:
    """The same shape; bools become integers."""
    return TensorSpec(x.shape, "int32" if x.dtype == "bool" else x.dtype)


@op("flip", ranked=("x",))
def flip(x: TensorSpec, axis: Any) -> TensorSpec:
    """The same shape, which has the axes."""
    if axis is not None:
        axes_in(axis, known(x.shape))
    return x


@op("fliplr", ranked=("x",))
def fliplr(x: TensorSpec) -> TensorSpec:
    """The same shape, of rank 2 or more."""
    if len(known(x.shape)) < 2:
        raise rank_fault(x.shape, 2, minimum=True)
    return x


@op("flipud", ranked=("x",))
def flipud(x: TensorSpec) -> TensorSpec:
    """The same shape, of rank 1 or more."""
    if not known(x.shape):
        raise rank_fault(x.shape, 1, minimum=True)
    return x


@op("cast", "saturate_cast", tensors=("x",))
def cast(x: TensorSpec, dtype: Any) -> TensorSpec:
    """The same shape in the given dtype."""
    return TensorSpec(x.shape, dtype_argument(dtype, "float32"))


@op("ones_like", "zeros_like", "empty_like", "full_like", tensors=("x",))
def like(x: TensorSpec, dtype: Any) -> TensorSpec:
    """The same shape, in the given dtype if one is given."""
    return TensorSpec(x.shape, dtype_argument(dtype, x.dtype))


@op(*ARITHMETIC)
def arithmetic(x1: Any, x2: Any) -> TensorSpec:
    """Both shapes broadcast, in the dtype where both meet."""
    return TensorSpec(broadcast_all(spec_of(x1).shape, spec_of(x2).shape), result_dtype(x1, x2))


@op(*REMAINDERS)
def remainder(x1: Any, x2: Any) -> TensorSpec:
    """Both shapes broadcast; bools become integers."""
    result = arithmetic(x1, x2)
    return TensorSpec(result.shape, "int32" if result.dtype == "bool" else result.dtype)


@op(*DIVISIONS)
def division(x1: Any, x2: Any, lenient: bool = False) -> TensorSpec:
    """Both shapes broadcast, in floats; with a number, data of other floats may grow."""
    result = arithmetic(x1, x2)
    both = isinstance(x1, TensorSpec) and isinstance(x2, TensorSpec)
    if lenient and not both and result.dtype != "float32":
        return TensorSpec(result.shape, UNKNOWN)
    return TensorSpec(result.shape, floating(result.dtype))


@op("nextafter")
def nextafter(x1: Any, x2: Any, lenient: bool = False) -> TensorSpec:
    """As a division, but a Python float may make the floats grow."""
    numbers = any(isinstance(value, float) for value in (x1, x2))
    return division(x1, x2, lenient=lenient or numbers)


@op("gcd", "lcm", "ldexp")
def vague_arithmetic(x1: Any, x2: Any) -> TensorSpec:
    """Both shapes broadcast; the dtype is left open."""
    return TensorSpec(arithmetic(x1, x2).shape, UNKNOWN)


@op("heaviside", "hypot")
def tensors_only(x1: Any, x2: Any, lenient: bool = False) -> TensorSpec:
    """Both shapes broadcast; both are tensors, and the dtype is left open."""
    only_tensor(x1, "x1", lenient=lenient)
    only_tensor(x2, "x2", lenient=lenient)
    return vague_arithmetic(x1, x2)


@op(*COMPARISONS)
def comparison(x1: Any, x2: Any) -> TensorSpec:
    """Both shapes broadcast, of bools."""
    return TensorSpec(broadcast_all(spec_of(x1).shape, spec_of(x2).shape), "bool")


@op("allclose")
def allclose() -> TensorSpec:
    """One bool."""
    return TensorSpec((), "bool")


@op("isin", tensors=("x1",))
def isin(x1: TensorSpec) -> TensorSpec:
    """The shape of the first, of bools."""
    return TensorSpec(x1.shape, "bool")


@op("bitwise_and", "bitwise_or", "bitwise_xor")
def bitwise(x: Any, y: Any, lenient: bool = False) -> TensorSpec:
    """The shape of the first, without broadcasting, of two tensors."""
    only_tensor(x, "x", lenient=lenient)
    only_tensor(y, "y", lenient=lenient)
    shape = broadcast_all(spec_of(x).shape, spec_of(y).shape) if lenient else spec_of(x).shape
    return TensorSpec(shape, result_dtype(x, y))


@op("bitwise_left_shift", "bitwise_right_shift", "left_shift", "right_shift")
def shift(x: Any, y: Any, lenient: bool = False) -> TensorSpec:
    """The shape of the first, without broadcasting."""
    if isinstance(y, int):
        return TensorSpec(spec_of(x).shape, UNKNOWN if lenient else spec_of(x).dtype)
    return bitwise(x, y, lenient)


@op("where")
def where(condition: Any, x1: Any, x2: Any, lenient: bool = False) -> Any:
    """All three shapes broadcast; of a condition alone Keras tells its own shape."""
    if x1 is None and x2 is None:
        return UNKNOWN if lenient else TensorSpec(spec_of(condition).shape, UNKNOWN)
    if x1 is None or x2 is None:
        missing = "x1" if x1 is None else "x2"
        if isinstance(x1, Unknown) or isinstance(x2, Unknown):
            return UNKNOWN
        raise Fault(FaultKind.INVALID_VALUE, argument=missing, expected="a tensor", found=None)
    shapes = (spec_of(value).shape for value in (condition, x1, x2))
    return TensorSpec(broadcast_all(*shapes), result_dtype(x1, x2))


@op("activations.glu", "glu", ranked=("x",))
def glu(x: TensorSpec, axis: Any) -> TensorSpec:
    """Half of an axis, gated by the other half."""
    shape = list(known(x.shape))
    at = axis_in(axis, len(shape), shape=x.shape)
    if isinstance(at, Unknown):
        return x.with_shape((UNKNOWN,) * len(shape))
    dim = shape[at]
    if isinstance(dim, int) and dim % 2:
        raise Fault(FaultKind.INPUT_DIMENSION, input=0, expected="even", found=x.shape, axis=at)
    shape[at] = floor_divide(dim, 2)
    return x.with_shape(tuple(shape))
