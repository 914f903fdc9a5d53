"""TensorFlow functions that move elements into other shapes, join, split and pick them."""

from __future__ import annotations

from keraslint.interpreter.libraries import array_shapes as shapes
from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_indexing import sliced
from keraslint.interpreter.libraries.array_shapes import (
    Undefined,
    as_dim,
    as_shape,
    integer,
    items_of,
)
from keraslint.interpreter.libraries.tensorflow_values import lengths, operand, operands, tensor, tf
from keraslint.interpreter.values import List, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, floor_divide, multiply, product
from keraslint.tensors.shapes import Shape


def moved(value: Value, shape: Shape) -> Tensor:
    """The elements of a value in another shape."""
    return tensor(shape, operand(value).spec.dtype)


@tf("reshape")
def _reshape(tensor: Value, shape: Value, name: Value = None) -> Value:
    return moved(tensor, shapes.reshape(operand(tensor).spec.shape, shape))


@tf("transpose")
def _transpose(a: Value, perm: Value = None, conjugate: Value = False, name: Value = None) -> Value:
    return moved(a, shapes.transpose(operand(a).spec.shape, perm))


@tf("expand_dims")
def _expand_dims(input: Value, axis: Value = UNKNOWN, name: Value = None) -> Value:
    return moved(input, shapes.expand_dims(operand(input).spec.shape, integer(axis)))


@tf("squeeze")
def _squeeze(input: Value, axis: Value = None, name: Value = None) -> Value:
    return moved(input, shapes.squeeze(operand(input).spec.shape, axis))


@tf("concat")
def _concat(values: Value, axis: Value, name: Value = None) -> Value:
    joined = _joined_lengths(values, axis)
    if joined is not None:
        return lengths(joined)
    if isinstance(values, Tensor):
        return operand(values)
    parts = operands(values)
    return tensor(shapes.concatenate([part.spec.shape for part in parts], axis), _dtype(parts))


def _dtype(parts: list[Tensor]) -> str | Unknown:
    own = {part.spec.dtype for part in parts}
    return own.pop() if len(own) == 1 else UNKNOWN


def _joined_lengths(values: Value, axis: Value) -> tuple[Dim, ...] | None:
    """The lengths in several lists of lengths such as ``tf.shape(x)``, one after the other."""
    if isinstance(values, Tensor) or axis not in (0, -1):
        return None
    parts = items_of(values)
    if not any(shapes.is_lengths(part) for part in parts):
        return None
    return tuple(as_dim(item) for part in parts for item in items_of(part))


@tf("stack")
def _stack(values: Value, axis: Value = 0, name: Value = None) -> Value:
    if isinstance(values, Tensor):
        return operand(values)
    items = items_of(values)
    if axis == 0 and _are_lengths(items):
        return lengths(items)
    parts = operands(values)
    return tensor(shapes.stack([part.spec.shape for part in parts], axis), _dtype(parts))


def _are_lengths(items: list[Value]) -> bool:
    """Whether items are numbers, some of which may be known: all are if one is."""
    certain = any(item is None or isinstance(item, int) for item in items)
    return certain and all(item is None or isinstance(item, (int, Expr, Unknown)) for item in items)


@tf("unstack")
def _unstack(value: Value, num: Value = None, axis: Value = 0, name: Value = None) -> Value:
    if shapes.is_lengths(value):
        return List(items_of(value))
    shape = operand(value).spec.shape
    if isinstance(shape, Unknown):
        return List([moved(value, UNKNOWN)] * integer(num))
    at = shapes.axis_index(axis, len(shape))
    count = integer(shape[at] if num is None else num)
    if not 0 <= count <= 256:
        raise Undefined
    return List([moved(value, (*shape[:at], *shape[at + 1 :])) for _ in range(count)])


@tf("split")
def _split(
    value: Value, num_or_size_splits: Value, axis: Value = 0, num: Value = None, name: Value = None
) -> Value:
    shape = operand(value).spec.shape
    if not shapes.is_several(num_or_size_splits):
        parts = shapes.split(shape, num_or_size_splits, axis)
        return List([moved(value, part) for part in parts])
    sizes = [as_dim(item) for item in items_of(num_or_size_splits)]
    if isinstance(shape, Unknown):
        return List([moved(value, UNKNOWN) for _ in sizes])
    at = shapes.axis_index(axis, len(shape))
    known = [UNKNOWN if size == -1 else size for size in sizes]
    return List([moved(value, (*shape[:at], size, *shape[at + 1 :])) for size in known])


@tf("tile")
def _tile(input: Value, multiples: Value, name: Value = None) -> Value:
    return moved(input, shapes.tile(operand(input).spec.shape, multiples))


@tf("repeat")
def _repeat(input: Value, repeats: Value, axis: Value = None, name: Value = None) -> Value:
    return moved(input, shapes.repeat(operand(input).spec.shape, repeats, axis))


@tf("pad")
def _pad(
    tensor: Value,
    paddings: Value,
    mode: Value = "CONSTANT",
    constant_values: Value = 0,
    name: Value = None,
) -> Value:
    if not shapes.is_several(paddings):
        shape = operand(tensor).spec.shape
        return moved(tensor, UNKNOWN if isinstance(shape, Unknown) else (UNKNOWN,) * len(shape))
    return moved(tensor, shapes.pad(operand(tensor).spec.shape, paddings))


@tf("reverse roll sort")
def _same(
    tensor: Value = None, *more: Value, input: Value = None, values: Value = None, **_: Value
) -> Value:
    found = next(x for x in (tensor, input, values, UNKNOWN) if x is not None)
    return moved(found, operand(found).spec.shape)


@tf("broadcast_to")
def _broadcast_to(input: Value, shape: Value, name: Value = None) -> Value:
    return moved(input, as_shape(shape))


@tf("shape")
def _shape(input: Value, out_type: Value = "int32", name: Value = None) -> Value:
    shape = operand(input).spec.shape
    if isinstance(shape, Unknown):
        return tensor((UNKNOWN,), named_dtype(out_type))
    return lengths(shape, named_dtype(out_type))


@tf("rank")
def _rank(input: Value, name: Value = None) -> Value:
    shape = operand(input).spec.shape
    return UNKNOWN if isinstance(shape, Unknown) else len(shape)


@tf("size")
def _size(input: Value, **_: Value) -> Value:
    shape = operand(input).spec.shape
    return UNKNOWN if isinstance(shape, Unknown) else product(shape)


@tf("gather")
def _gather(
    params: Value,
    indices: Value,
    validate_indices: Value = None,
    axis: Value = None,
    batch_dims: Value = 0,
    name: Value = None,
) -> Value:
    shape, where, lead = (
        operand(params).spec.shape,
        operand(indices).spec.shape,
        integer(batch_dims),
    )
    if isinstance(shape, Unknown) or isinstance(where, Unknown):
        return moved(params, UNKNOWN)
    at = shapes.axis_index(lead if axis is None else axis, len(shape))
    if not 0 <= lead <= min(at, len(where)):
        raise Undefined
    return moved(params, (*shape[:at], *where[lead:], *shape[at + 1 :]))


@tf("nn.embedding_lookup")
def _embedding_lookup(params: Value, ids: Value, **_: Value) -> Value:
    return _gather(params, ids)


@tf("gather_nd")
def _gather_nd(
    params: Value, indices: Value, batch_dims: Value = 0, name: Value = None, **_: Value
) -> Value:
    shape, where, lead = (
        operand(params).spec.shape,
        operand(indices).spec.shape,
        integer(batch_dims),
    )
    if isinstance(shape, Unknown) or isinstance(where, Unknown):
        return moved(params, UNKNOWN)
    depth = integer(where[-1] if where else UNKNOWN)
    if depth + lead > len(shape):
        raise Undefined
    return moved(params, (*where[:-1], *shape[lead + depth :]))


@tf("where")
def _where(condition: Value, x: Value = None, y: Value = None, name: Value = None) -> Value:
    test = operand(condition).spec.shape
    if x is None and y is None:
        return tensor((UNKNOWN, UNKNOWN if isinstance(test, Unknown) else len(test)), "int64")
    left, right = operand(x), operand(y)
    shape = shapes.broadcast(test, left.spec.shape, right.spec.shape)
    return tensor(shape, left.spec.dtype if isinstance(x, Tensor) else right.spec.dtype)


@tf("boolean_mask")
def _boolean_mask(tensor: Value, mask: Value, axis: Value = None, name: Value = None) -> Value:
    shape, test = operand(tensor).spec.shape, operand(mask).spec.shape
    if isinstance(shape, Unknown) or isinstance(test, Unknown) or not test:
        return moved(tensor, UNKNOWN)
    at = 0 if axis is None else shapes.axis_index(axis, len(shape))
    return moved(tensor, (*shape[:at], UNKNOWN, *shape[at + len(test) :]))


@tf("slice")
def _slice(input_: Value, begin: Value, size: Value, name: Value = None) -> Value:
    shape = operand(input_).spec.shape
    if not shapes.is_several(size):
        return moved(input_, UNKNOWN if isinstance(shape, Unknown) else (UNKNOWN,) * len(shape))
    sizes = [as_dim(item) for item in items_of(size)]
    starts = items_of(begin) if shapes.is_several(begin) else [UNKNOWN] * len(sizes)
    dims = [UNKNOWN if size == -1 else size for size in sizes]
    if not isinstance(shape, Unknown) and len(shape) == len(sizes) == len(starts):
        for at, start in enumerate(starts):
            if sizes[at] == -1 and isinstance(start, int):
                dims[at] = sliced(shape[at], slice(start, None))
    return moved(input_, tuple(dims))


@tf("meshgrid")
def _meshgrid(*args: Value, indexing: Value = "xy", **_: Value) -> Value:
    lengths: list[Dim] = []
    for arg in args:
        shape = operand(arg).spec.shape
        lengths.append(UNKNOWN if isinstance(shape, Unknown) or len(shape) != 1 else shape[0])
    if indexing == "xy":
        lengths[:2] = lengths[1::-1] if len(lengths) > 1 else lengths
    elif indexing != "ij":
        lengths = [UNKNOWN] * len(lengths)
    return List([moved(arg, tuple(lengths)) for arg in args])


@tf("nn.space_to_depth")
def _space_to_depth(
    input: Value, block_size: Value, data_format: Value = "NHWC", name: Value = None
) -> Value:
    return _blocks(input, integer(block_size), data_format, deeper=True)


@tf("nn.depth_to_space")
def _depth_to_space(
    input: Value, block_size: Value, data_format: Value = "NHWC", name: Value = None
) -> Value:
    return _blocks(input, integer(block_size), data_format, deeper=False)


def _blocks(value: Value, size: int, data_format: Value, *, deeper: bool) -> Value:
    shape = operand(value).spec.shape
    if isinstance(shape, Unknown) or len(shape) != 4 or data_format != "NHWC" or size < 1:
        raise Undefined
    batch, height, width, channels = shape
    if deeper:
        rows, columns = floor_divide(height, size), floor_divide(width, size)
        return moved(value, (batch, rows, columns, multiply(channels, size * size)))
    rows, columns = multiply(height, size), multiply(width, size)
    return moved(value, (batch, rows, columns, floor_divide(channels, size * size)))
