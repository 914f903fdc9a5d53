"""Values as TensorFlow's tensors, and the functions that make them."""

from __future__ import annotations

from collections.abc import Sequence

from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import Undefined, as_dim, as_shape, is_lengths
from keraslint.interpreter.libraries.array_values import as_array, constants, literal_facts
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.objects import library_object, methods_of
from keraslint.interpreter.libraries.symbolic import on_symbolic
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Opaque, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec

tf = library_functions("tensorflow.", on_symbolic)

_PYTHON = {"float64": "float32", "int64": "int32"}


def tensor(
    shape: Shape, dtype: str | Unknown = "float32", facts: dict[str, Value] | None = None
) -> Tensor:
    """A tensor of TensorFlow's own."""
    return Tensor(TensorSpec(shape, dtype), "traced", facts=facts)


def operand(value: Value, dtype: Value = None) -> Tensor:
    """A value as TensorFlow converts it, of unknown shape if nothing is known of it.

    ``None`` is the length of a dynamic axis, a number.
    """
    if value is None:
        return tensor((), "int32")
    found = as_array(value)
    if found is None:
        return tensor(UNKNOWN, UNKNOWN if dtype is None else named_dtype(dtype))
    own = found.spec.dtype
    if found is not value and isinstance(own, str) and not _holds_tensors(value):
        own = _PYTHON.get(own, own)
    wanted = own if dtype is None else named_dtype(dtype)
    return tensor(
        found.spec.shape, wanted, found.facts if found is value or wanted == own else None
    )


def _holds_tensors(value: Value) -> bool:
    items = value.items if isinstance(value, Sequence_) else value
    return isinstance(items, (list, tuple)) and any(
        isinstance(item, Tensor) or _holds_tensors(item) for item in items
    )


def lengths(dims: Sequence[Dim], dtype: str | Unknown = "int32") -> Opaque:
    """A tensor of the lengths of axes, of which some may be known."""
    numbers = tensor((len(dims),), dtype)
    attributes = {"dims": tuple(dims), "values": numbers, "shape": numbers.spec.shape}
    return library_object(shapes.LENGTHS, attributes)


@methods_of(shapes.LENGTHS)("__getitem__")
def _length_at(frame: Frame, self: Opaque, key: Value) -> Value:
    dims = shapes.items_of(self)
    if isinstance(key, int) and -len(dims) <= key < len(dims):
        return dims[key]
    bounds = (key.start, key.stop, key.step) if isinstance(key, slice) else (UNKNOWN,)
    plain = all(bound is None or isinstance(bound, int) for bound in bounds)
    return lengths(dims[key], self.attributes["values"].spec.dtype) if plain else UNKNOWN


def operands(values: Value) -> list[Tensor]:
    """The tensors of a list of tensors, or the rows of one.

    Raises:
        Undefined: it is not known which there are.
    """
    if isinstance(values, Tensor):
        shape = values.spec.shape
        length = shape[0] if not isinstance(shape, Unknown) and shape else None
        if not isinstance(length, int) or not 0 < length <= 256:
            raise Undefined
        return [
            tensor(shape[1:] if not isinstance(shape, Unknown) else UNKNOWN, values.spec.dtype)
        ] * length
    return [operand(item) for item in shapes.items_of(values)]


@tf("zeros ones")
def _new(shape: Value, dtype: Value = "float32", name: Value = None, **_: Value) -> Value:
    return tensor(as_shape(shape), named_dtype(dtype))


@tf("fill")
def _fill(dims: Value, value: Value, name: Value = None, **_: Value) -> Value:
    return tensor(as_shape(dims), operand(value).spec.dtype)


@tf("zeros_like ones_like")
def _like(input: Value, dtype: Value = None, name: Value = None, **_: Value) -> Value:
    model = operand(input)
    return tensor(model.spec.shape, model.spec.dtype if dtype is None else named_dtype(dtype))


@tf("constant")
def _constant(value: Value, dtype: Value = None, shape: Value = None, name: Value = None) -> Value:
    model = operand(value, dtype)
    return model if shape is None else tensor(as_shape(shape), model.spec.dtype)


@tf("convert_to_tensor identity stop_gradient")
def _convert(value: Value = None, dtype: Value = None, *, input: Value = None, **_: Value) -> Value:
    return operand(input if value is None else value, dtype)


@tf("Variable")
def _variable(
    initial_value: Value = UNKNOWN, trainable: Value = None, *, dtype: Value = None, **_: Value
) -> Value:
    model = operand(initial_value, dtype)
    return tensor(model.spec.shape, model.spec.dtype)


@tf("cast saturate_cast bitcast")
def _cast(x: Value, dtype: Value, name: Value = None) -> Value:
    model = operand(x)
    wanted = named_dtype(dtype)
    return (
        lengths(shapes.items_of(x), wanted) if is_lengths(x) else tensor(model.spec.shape, wanted)
    )


@tf("range")
def _range(
    start: Value, limit: Value = UNKNOWN, delta: Value = 1, dtype: Value = None, **_: Value
) -> Value:
    if isinstance(limit, Unknown):
        return _counted(start, dtype)
    ends = [constants(value) for value in (start, limit, delta)]
    found = (
        "int32"
        if all(isinstance(value, (int, Expr)) for value in (start, limit, delta))
        else UNKNOWN
    )
    kind = found if dtype is None else named_dtype(dtype)
    if not all(isinstance(end, int) for end in ends) or not ends[2]:
        return tensor((UNKNOWN,), kind)
    numbers = range(*ends)
    return tensor(
        (len(numbers),), kind, literal_facts(tuple(numbers)) if len(numbers) < 65 else None
    )


def _counted(limit: Value, dtype: Value) -> Tensor:
    whole = isinstance(limit, (int, Expr)) or limit is None
    kind = "int32" if whole else UNKNOWN
    length: Dim = as_dim(limit) if whole else UNKNOWN
    return tensor((length,), kind if dtype is None else named_dtype(dtype))


@tf("linspace")
def _linspace(start: Value, stop: Value, num: Value, name: Value = None, axis: Value = 0) -> Value:
    first = operand(start)
    if first.spec.shape != ():
        raise Undefined
    return tensor((as_dim(num),), UNKNOWN)


@tf("eye")
def _eye(
    num_rows: Value,
    num_columns: Value = None,
    batch_shape: Value = None,
    dtype: Value = "float32",
    name: Value = None,
) -> Value:
    lead = () if batch_shape is None else as_shape(batch_shape)
    if isinstance(lead, Unknown):
        return tensor(UNKNOWN, named_dtype(dtype))
    rows = as_dim(num_rows)
    columns = rows if num_columns is None else as_dim(num_columns)
    return tensor((*lead, rows, columns), named_dtype(dtype))


@tf("one_hot")
def _one_hot(
    indices: Value,
    depth: Value,
    on_value: Value = None,
    off_value: Value = None,
    axis: Value = None,
    dtype: Value = None,
    name: Value = None,
) -> Value:
    shape = operand(indices).spec.shape
    kind = named_dtype(dtype) if dtype is not None else "float32" if on_value is None else UNKNOWN
    if isinstance(shape, Unknown):
        return tensor(UNKNOWN, kind)
    at = len(shape) if axis is None else shapes.axis_index(axis, len(shape) + 1)
    facts: dict[str, Value] = {"one_hot": as_dim(depth)} if at == len(shape) else {}
    return tensor((*shape[:at], as_dim(depth), *shape[at:]), kind, facts)


@tf(
    "random.normal random.uniform random.truncated_normal random.stateless_normal"
    " random.stateless_uniform"
)
def _random(shape: Value, *more: Value, dtype: Value = None, **_: Value) -> Value:
    kind = "float32" if dtype is None and not more[2:] else named_dtype(dtype)
    return tensor(as_shape(shape), kind)


@tf("random.shuffle random.experimental.stateless_shuffle")
def _shuffle(value: Value, *more: Value, **_: Value) -> Value:
    model = operand(value)
    return tensor(model.spec.shape, model.spec.dtype)


@tf("random.categorical")
def _categorical(
    logits: Value, num_samples: Value, dtype: Value = "int64", *more: Value, **_: Value
) -> Value:
    shape = operand(logits).spec.shape
    rows = UNKNOWN if isinstance(shape, Unknown) or not shape else shape[0]
    return tensor((rows, as_dim(num_samples)), named_dtype(dtype))


@tf("TensorShape")
def _tensor_shape(dims: Value) -> Value:
    if dims is None:
        return UNKNOWN
    return as_shape(dims)


@tf("ensure_shape")
def _ensure_shape(x: Value, shape: Value, name: Value = None) -> Value:
    from keraslint.interpreter.arrays import refine

    model = operand(x)
    mine, wanted = model.spec.shape, as_shape(shape)
    if isinstance(wanted, Unknown):
        return model
    if isinstance(mine, Unknown):
        return tensor(wanted, model.spec.dtype)
    if len(mine) != len(wanted) or any(differ(a, b) for a, b in zip(mine, wanted, strict=True)):
        raise Undefined
    return refine(model, tuple(b if a is None else a for a, b in zip(mine, wanted, strict=True)))
