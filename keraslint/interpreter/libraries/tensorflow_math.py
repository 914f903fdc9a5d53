"""TensorFlow functions that compute: element by element, along axes, products, losses."""

from __future__ import annotations

from keraslint.interpreter.arrays import array_operate
from keraslint.interpreter.libraries import array_products as products
from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim, flag
from keraslint.interpreter.libraries.tensorflow_values import operand, tensor, tf
from keraslint.interpreter.values import Tensor, Value
from keraslint.tensors.dims import Dim, Unknown
from keraslint.tensors.shapes import Shape


def _both(names: str) -> str:
    """The names of functions that stand both in ``tf`` and in ``tf.math``."""
    return " ".join(f"{name} math.{name}" for name in names.split())


def certain(value: Value) -> Tensor:
    """A value as a tensor.

    Raises:
        Undefined: nothing is known of it.
    """
    found = operand(value)
    if isinstance(found.spec.shape, Unknown) and isinstance(found.spec.dtype, Unknown):
        raise Undefined
    return found


@tf(
    _both(
        "abs negative sign square sqrt exp sin cos tan asin acos atan sinh cosh tanh asinh"
        " acosh atanh round floor sigmoid cumsum"
    )
    + " math.log math.log1p math.expm1 math.rsqrt math.reciprocal math.ceil math.rint math.erf"
    " math.softplus math.lgamma math.digamma math.sigmoid math.log_sigmoid math.l2_normalize"
    " linalg.l2_normalize math.cumprod math.softmax nn.relu nn.relu6 nn.leaky_relu nn.elu"
    " nn.selu nn.gelu nn.silu nn.swish nn.sigmoid nn.tanh nn.softmax nn.log_softmax"
    " nn.softplus nn.softsign nn.l2_normalize nn.dropout nn.bias_add"
    " nn.local_response_normalization nn.lrn clip_by_norm linalg.band_part linalg.inv"
    " nn.batch_normalization"
)
def _same(x: Value = None, *more: Value, **named: Value) -> Value:
    names = ("features", "logits", "input", "value", "tensor", "t", "a")
    found = x if x is not None else next((named[name] for name in names if name in named), None)
    if found is None:
        raise Undefined
    model = operand(found)
    return tensor(model.spec.shape, model.spec.dtype)


@tf("math.is_nan math.is_inf math.is_finite math.logical_not logical_not")
def _test(x: Value, name: Value = None) -> Value:
    return tensor(operand(x).spec.shape, "bool")


@tf("clip_by_value")
def _clip_by_value(
    t: Value, clip_value_min: Value, clip_value_max: Value, name: Value = None
) -> Value:
    model = operand(t)
    return tensor(model.spec.shape, model.spec.dtype)


def _operator(names: str, operator: str) -> None:
    @tf(names)
    def apply(x: Value, y: Value, name: Value = None) -> Value:
        result = array_operate(operator, *converted(x, y))
        if not isinstance(result, Tensor):
            raise Undefined
        return result


def converted(x: Value, y: Value) -> tuple[Tensor, Tensor]:
    """Two operands of which numbers and arrays take the dtype of the tensor beside them."""
    left, right = certain(x), certain(y)
    first, second = left.spec, right.spec
    if not isinstance(x, Tensor) and isinstance(y, Tensor):
        return tensor(first.shape, second.dtype), right
    if not isinstance(y, Tensor):
        return left, tensor(second.shape, first.dtype)
    return left, right


for _names, _sign in (
    ("add subtract multiply minimum maximum pow", "+"),
    ("divide truediv", "/"),
    ("floordiv mod floormod", "//"),
    (
        "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor",
        "==",
    ),
):
    _operator(_both(_names), _sign)
_operator(
    "math.squared_difference math.divide_no_nan math.multiply_no_nan math.xdivy math.atan2 realdiv",
    "+",
)


@tf("add_n math.add_n")
def _add_n(inputs: Value, name: Value = None) -> Value:
    parts = [operand(item) for item in shapes.items_of(inputs)]
    shape: Shape = parts[0].spec.shape if parts else ()
    return tensor(shape, parts[0].spec.dtype if parts else "float32")


def _reduction(names: str, dtype: str | None = None) -> None:
    @tf(_both(names))
    def apply(
        input_tensor: Value, axis: Value = None, keepdims: Value = False, name: Value = None
    ) -> Value:
        model = operand(input_tensor)
        return tensor(shapes.reduce(model.spec.shape, axis, keepdims), dtype or model.spec.dtype)


_reduction(
    "reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_std reduce_variance"
    " reduce_logsumexp reduce_euclidean_norm"
)
_reduction("reduce_any reduce_all", "bool")


@tf(_both("argmax argmin"))
def _argmax(
    input: Value, axis: Value = None, output_type: Value = "int64", name: Value = None
) -> Value:
    axis = 0 if axis is None else axis
    return tensor(shapes.reduce(operand(input).spec.shape, axis), named_dtype(output_type))


@tf("math.count_nonzero")
def _count_nonzero(
    input: Value,
    axis: Value = None,
    keepdims: Value = None,
    dtype: Value = "int64",
    name: Value = None,
) -> Value:
    keep = False if keepdims is None else keepdims
    return tensor(shapes.reduce(operand(input).spec.shape, axis, keep), named_dtype(dtype))


@tf("norm linalg.norm")
def _norm(
    tensor: Value,
    ord: Value = "euclidean",
    axis: Value = None,
    keepdims: Value = None,
    name: Value = None,
) -> Value:
    return _count_nonzero(tensor, axis, keepdims, operand(tensor).spec.dtype)


@tf("argsort")
def _argsort(values: Value, *more: Value, **_: Value) -> Value:
    return tensor(operand(values).spec.shape, "int32")


@tf("nn.moments")
def _moments(
    x: Value, axes: Value, shift: Value = None, keepdims: Value = False, name: Value = None
) -> Value:
    model = operand(x)
    shape = shapes.reduce(model.spec.shape, axes, keepdims)
    return tensor(shape, model.spec.dtype), tensor(shape, model.spec.dtype)


def _flipped(shape: Shape, wanted: Value) -> Shape:
    if not flag(wanted) or isinstance(shape, Unknown):
        return shape
    return shapes.swapaxes(shape, -1, -2)


@tf("matmul linalg.matmul")
def _matmul(
    a: Value,
    b: Value,
    transpose_a: Value = False,
    transpose_b: Value = False,
    adjoint_a: Value = False,
    adjoint_b: Value = False,
    **_: Value,
) -> Value:
    left, right = operand(a), operand(b)
    first = _flipped(left.spec.shape, flag(transpose_a) or flag(adjoint_a))
    second = _flipped(right.spec.shape, flag(transpose_b) or flag(adjoint_b))
    return tensor(products.matmul(first, second), left.spec.dtype)


@tf("linalg.matvec")
def _matvec(a: Value, b: Value, transpose_a: Value = False, **_: Value) -> Value:
    left, right = operand(a), operand(b)
    column = shapes.expand_dims(right.spec.shape, -1)
    shape = products.matmul(_flipped(left.spec.shape, transpose_a), column)
    return tensor(shape if isinstance(shape, Unknown) else shape[:-1], left.spec.dtype)


@tf("tensordot")
def _tensordot(a: Value, b: Value, axes: Value, name: Value = None) -> Value:
    left, right = operand(a), operand(b)
    return tensor(products.tensordot(left.spec.shape, right.spec.shape, axes), left.spec.dtype)


@tf("einsum")
def _einsum(equation: Value, *inputs: Value, **_: Value) -> Value:
    models = [operand(item) for item in inputs]
    shape = products.einsum(equation, [model.spec.shape for model in models])
    return tensor(shape, models[0].spec.dtype if models else "float32")


@tf("math.top_k nn.top_k")
def _top_k(input: Value, k: Value = 1, sorted: Value = True, **_: Value) -> Value:
    model = operand(input)
    if isinstance(model.spec.shape, Unknown):
        return tensor(model.spec.shape, model.spec.dtype), tensor(model.spec.shape, "int32")
    shape = (*model.spec.shape[:-1], as_dim(k))
    return tensor(shape, model.spec.dtype), tensor(shape, "int32")


@tf("nn.softmax_cross_entropy_with_logits")
def _cross_entropy(labels: Value, logits: Value, axis: Value = -1, name: Value = None) -> Value:
    model = operand(logits)
    return tensor(shapes.reduce(model.spec.shape, axis), model.spec.dtype)


@tf("nn.sparse_softmax_cross_entropy_with_logits")
def _sparse_cross_entropy(labels: Value, logits: Value, name: Value = None) -> Value:
    return _cross_entropy(labels, logits)


@tf("nn.sigmoid_cross_entropy_with_logits")
def _sigmoid_cross_entropy(labels: Value = None, logits: Value = None, name: Value = None) -> Value:
    return _same(logits)


@tf("sequence_mask")
def _sequence_mask(
    lengths: Value, maxlen: Value = None, dtype: Value = "bool", name: Value = None
) -> Value:
    shape = operand(lengths).spec.shape
    last: Dim = None if maxlen is None else as_dim(maxlen)
    return tensor(shape if isinstance(shape, Unknown) else (*shape, last), named_dtype(dtype))


@tf("unique")
def _unique(x: Value, out_idx: Value = "int32", name: Value = None) -> Value:
    model = operand(x)
    return tensor((None,), model.spec.dtype), tensor(model.spec.shape, named_dtype(out_idx))


@tf("linalg.diag")
def _diag(diagonal: Value, name: Value = None) -> Value:
    model = operand(diagonal)
    shape = model.spec.shape
    return tensor(shape if isinstance(shape, Unknown) else (*shape, *shape[-1:]), model.spec.dtype)
