"""What NumPy's and TensorFlow's functions make of shapes.

Every function takes and gives shapes whose dims may be unknown, symbolic or dynamic. It raises
`Undefined` where nothing can be said, be it that an argument is not known or that the call fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from keraslint.interpreter.values import Opaque, Sequence_, Tensor
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Expr,
    Named,
    Unknown,
    add,
    differ,
    floor_divide,
    multiply,
    product,
    total,
)
from keraslint.tensors.shapes import Shape

MAX_RANK = 64
_LENGTHS = (int, Expr, NumpyScalar)
LENGTHS = "tensorflow.lengths"


class Undefined(Exception):
    """Nothing can be said about the result."""


def integer(value: Any) -> int:
    """A plain integer.

    Raises:
        Undefined: it is none, or not known.
    """
    if isinstance(value, NumpyScalar):
        value = value.value
    if isinstance(value, int):
        return int(value)
    raise Undefined


def as_dim(value: Any) -> Dim:
    """A value as the length of an axis: a number, an expression, dynamic or unknown.

    Raises:
        Undefined: it is no length.
    """
    if isinstance(value, NumpyScalar):
        value = value.value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Named):
        return value.expr
    if isinstance(value, (Expr, Unknown)) or value is None:
        return value
    if isinstance(value, (float, str, bytes, complex, tuple, Sequence_)):
        raise Undefined
    return UNKNOWN


def is_several(value: Any) -> bool:
    """Whether a value is a sequence, or an array whose items are known."""
    if isinstance(value, Tensor):
        return isinstance(value.facts.get("values"), tuple)
    return isinstance(value, (tuple, Sequence_)) or is_lengths(value)


def is_lengths(value: Any) -> bool:
    """Whether a value is the lengths of a tensor's axes as a tensor: ``tf.shape(x)``."""
    return isinstance(value, Opaque) and value.path == LENGTHS


def items_of(value: Any) -> list[Any]:
    """The items of a tuple, a list, or an array of known numbers.

    Raises:
        Undefined: it is none, or not all of its items are known.
    """
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Sequence_) and not value.open:
        return list(value.items)
    if isinstance(value, Tensor):
        return items_of(value.facts.get("values"))
    if is_lengths(value):
        return items_of(value.attributes["dims"])
    raise Undefined


def as_shape(value: Any) -> Shape:
    """A value as the ``shape`` or ``size`` of a new array."""
    if isinstance(value, (int, NumpyScalar)):
        value = (value,)
    elif isinstance(value, Tensor) and not is_several(value):
        return _rank_only(value.spec.shape)
    elif not is_several(value) or (isinstance(value, Sequence_) and value.open):
        return UNKNOWN
    dims = tuple(as_dim(item) for item in items_of(value))
    if any(isinstance(dim, int) and dim < 0 for dim in dims):
        raise Undefined
    return dims


def _rank_only(shape: Shape) -> Shape:
    """The shape that an array of unknown numbers stands for."""
    if isinstance(shape, Unknown) or len(shape) > 1:
        return UNKNOWN
    rank = shape[0] if shape else 1
    return (UNKNOWN,) * rank if isinstance(rank, int) and rank <= MAX_RANK else UNKNOWN


def axis_index(axis: Any, rank: int) -> int:
    """An axis counted from 0.

    Raises:
        Undefined: it is not known or out of range.
    """
    n = integer(axis)
    if not -rank <= n < rank:
        raise Undefined
    return n % rank


def axes(axis: Any, rank: int) -> tuple[int, ...]:
    """One axis, several, or all for ``None``, counted from 0."""
    if axis is None:
        return tuple(range(rank))
    given = items_of(axis) if is_several(axis) else [axis]
    found = tuple(axis_index(item, rank) for item in given)
    if len(set(found)) < len(found):
        raise Undefined
    return found


def flag(value: Any) -> bool:
    """A known truth value."""
    if isinstance(value, (bool, int)):
        return bool(value)
    raise Undefined


def meet(a: Dim, b: Dim) -> Dim:
    """What is known of a dim that is both ``a`` and ``b``."""
    if differ(a, b):
        raise Undefined
    if isinstance(a, int):
        return a
    if isinstance(b, int):
        return b
    return b if isinstance(a, Unknown) else a


def broadcast(*shapes: Shape) -> Shape:
    """The shape of an elementwise operation. A dim beside a number that is not 1 is that number."""
    if any(isinstance(shape, Unknown) for shape in shapes):
        return UNKNOWN
    known = [shape for shape in shapes if not isinstance(shape, Unknown)]
    rank = max(len(shape) for shape in known)
    padded = [(1,) * (rank - len(shape)) + shape for shape in known]
    return tuple(_broadcast_dims(column) for column in zip(*padded, strict=True))


def _broadcast_dims(column: Sequence[Dim]) -> Dim:
    others = [dim for dim in column if dim != 1]
    numbers = [dim for dim in others if isinstance(dim, int)]
    if numbers:
        if len(set(numbers)) > 1:
            raise Undefined
        return numbers[0]
    first = others[0] if others else 1
    return first if all(type(d) is type(first) and d == first for d in others) else UNKNOWN


def reduce(shape: Shape, axis: Any, keepdims: Any = False) -> Shape:
    """A reduction over one, several or all axes."""
    keep = flag(keepdims)
    if isinstance(shape, Unknown):
        return () if axis is None and not keep else UNKNOWN
    if not shape and axis in (0, -1):
        return ()
    gone = axes(axis, len(shape))
    if keep:
        return tuple(1 if i in gone else dim for i, dim in enumerate(shape))
    return tuple(dim for i, dim in enumerate(shape) if i not in gone)


def expand_dims(shape: Shape, axis: Any) -> Shape:
    """New axes of length 1."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    count = len(items_of(axis)) if is_several(axis) else 1
    new = axes(axis if axis is not None else UNKNOWN, len(shape) + count)
    rest = iter(shape)
    return tuple(1 if i in new else next(rest) for i in range(len(shape) + count))


def squeeze(shape: Shape, axis: Any = None) -> Shape:
    """Axes of length 1 away: all there are, or those given."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    if axis is None:
        return tuple(d for d in shape if d != 1) if _plain(shape) else UNKNOWN
    gone = axes(axis, len(shape))
    if any(differ(shape[i], 1) for i in gone):
        raise Undefined
    return tuple(dim for i, dim in enumerate(shape) if i not in gone)


def _plain(shape: Iterable[Dim]) -> bool:
    return all(isinstance(dim, int) for dim in shape)


def transpose(shape: Shape, order: Any = None) -> Shape:
    """Axes in another order: reversed, or as given."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    if order is None:
        return shape[::-1]
    new = axes(order, len(shape))
    if len(new) != len(shape):
        raise Undefined
    return tuple(shape[i] for i in new)


def swapaxes(shape: Shape, first: Any, second: Any) -> Shape:
    """Two axes exchanged."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    i, j = axis_index(first, len(shape)), axis_index(second, len(shape))
    dims = list(shape)
    dims[i], dims[j] = dims[j], dims[i]
    return tuple(dims)


def moveaxis(shape: Shape, source: Any, destination: Any) -> Shape:
    """Axes at new positions, the others in their order."""
    if isinstance(shape, Unknown) or source is None or destination is None:
        return UNKNOWN
    old, new = axes(source, len(shape)), axes(destination, len(shape))
    if len(old) != len(new):
        raise Undefined
    order = [i for i in range(len(shape)) if i not in old]
    for target, origin in sorted(zip(new, old, strict=True)):
        order.insert(target, origin)
    return tuple(shape[i] for i in order)


def concatenate(shapes: Sequence[Shape], axis: Any = 0) -> Shape:
    """Arrays one after the other along an axis, flattened for ``None``."""
    if not shapes:
        raise Undefined
    if axis is None:
        return (total(UNKNOWN if isinstance(s, Unknown) else product(s) for s in shapes),)
    known = [shape for shape in shapes if not isinstance(shape, Unknown)]
    if not known:
        return UNKNOWN
    rank = len(known[0])
    if rank == 0 or any(len(shape) != rank for shape in known):
        raise Undefined
    at = axis_index(axis, rank)
    dims = list(known[0])
    for shape in known[1:]:
        dims = [
            meet(a, b) if i != at else a for i, (a, b) in enumerate(zip(dims, shape, strict=True))
        ]
    complete = len(known) == len(shapes)
    dims[at] = total(shape[at] for shape in known) if complete else UNKNOWN
    return tuple(dims)


def stack(shapes: Sequence[Shape], axis: Any = 0) -> Shape:
    """Arrays of one shape along a new axis."""
    known = [shape for shape in shapes if not isinstance(shape, Unknown)]
    if not shapes:
        raise Undefined
    if not known:
        return UNKNOWN
    dims = list(known[0])
    for shape in known[1:]:
        if len(shape) != len(dims):
            raise Undefined
        dims = [meet(a, b) for a, b in zip(dims, shape, strict=True)]
    at = axis_index(axis, len(dims) + 1)
    return (*dims[:at], len(shapes), *dims[at:])


def reshape(shape: Shape, target: Any) -> Shape:
    """The same elements in another shape, in which one -1 stands for the rest.

    The rest is dynamic if any dim of a tensor is, as TensorFlow has it.
    """
    if isinstance(target, _LENGTHS):
        target = (target,)
    if isinstance(target, Tensor) and not is_several(target):
        return _rank_only(target.spec.shape)
    if not is_several(target) or (isinstance(target, Sequence_) and target.open):
        return UNKNOWN
    dims = tuple(as_dim(item) for item in items_of(target))
    numbers = [dim for dim in dims if isinstance(dim, int)]
    if any(dim < -1 for dim in numbers) or numbers.count(-1) > 1:
        raise Undefined
    elements = UNKNOWN if isinstance(shape, Unknown) else product(shape)
    given = product(dim for dim in dims if dim != -1)
    if -1 not in numbers:
        if differ(elements, given):
            raise Undefined
        return dims
    if isinstance(elements, int) and isinstance(given, int) and (not given or elements % given):
        raise Undefined
    rest = floor_divide(elements, given) if given != 0 else UNKNOWN
    if None in dims or (not isinstance(shape, Unknown) and None in shape):
        rest = None
    return tuple(rest if dim == -1 else dim for dim in dims)


def flatten(shape: Shape) -> Shape:
    """One axis of all elements."""
    return (UNKNOWN if isinstance(shape, Unknown) else product(shape),)


def tile(shape: Shape, reps: Any) -> Shape:
    """The array repeated as a whole along each axis, axes matched from the right."""
    if isinstance(shape, Unknown) or not (is_several(reps) or isinstance(reps, _LENGTHS)):
        return UNKNOWN
    times = [as_dim(n) for n in (items_of(reps) if is_several(reps) else [reps])]
    rank = max(len(shape), len(times))
    dims = (1,) * (rank - len(shape)) + shape
    padding: list[Dim] = [1] * (rank - len(times))
    times = padding + times
    return tuple(multiply(a, b) for a, b in zip(dims, times, strict=True))


def repeat(shape: Shape, repeats: Any, axis: Any = None) -> Shape:
    """Each item repeated along an axis, or of the flattened array."""
    if axis is None:
        shape, axis = flatten(shape), 0
    if isinstance(shape, Unknown):
        return UNKNOWN
    at = axis_index(axis, len(shape))
    if isinstance(repeats, _LENGTHS):
        length = multiply(shape[at], as_dim(repeats))
    elif is_several(repeats) and len(items_of(repeats)) > 1:
        length = total(as_dim(item) for item in items_of(repeats))
    else:
        length = UNKNOWN
    return (*shape[:at], length, *shape[at + 1 :])


def pad(shape: Shape, widths: Any) -> Shape:
    """Wider axes: one number, one pair for all, or one pair per axis."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    if isinstance(widths, _LENGTHS):
        return tuple(add(dim, multiply(as_dim(widths), 2)) for dim in shape)
    if not is_several(widths):
        return (UNKNOWN,) * len(shape)
    pairs = [item if isinstance(item, (tuple, Sequence_)) else None for item in items_of(widths)]
    if all(pair is None for pair in pairs):
        return _pad_flat(shape, [as_dim(item) for item in items_of(widths)])
    if len(pairs) not in (1, len(shape)) or None in pairs:
        raise Undefined
    added = [_both_sides([as_dim(n) for n in items_of(pair)]) for pair in pairs]
    added = added * len(shape) if len(added) == 1 else added
    return tuple(add(dim, more) for dim, more in zip(shape, added, strict=True))


def _pad_flat(shape: tuple[Dim, ...], numbers: list[Dim]) -> Shape:
    more = _both_sides(numbers)
    return tuple(add(dim, more) for dim in shape)


def _both_sides(numbers: list[Dim]) -> Dim:
    if len(numbers) not in (1, 2):
        raise Undefined
    return add(numbers[0], numbers[-1])


def split(shape: Shape, sections: Any, axis: Any = 0, *, uneven: bool = False) -> list[Shape]:
    """Equal parts of an axis, or the parts between given positions."""
    if is_several(sections):
        return _split_at(shape, [as_dim(item) for item in items_of(sections)], axis)
    n = integer(sections)
    if not 0 < n <= 256:
        raise Undefined
    if isinstance(shape, Unknown):
        return [UNKNOWN] * n
    at = axis_index(axis, len(shape))
    length = shape[at]
    if isinstance(length, int) and length % n:
        if not uneven:
            raise Undefined
        parts: list[Dim] = [length // n + (i < length % n) for i in range(n)]
    else:
        parts = [floor_divide(length, n) if isinstance(length, int) or not uneven else UNKNOWN] * n
    return [(*shape[:at], part, *shape[at + 1 :]) for part in parts]


def _split_at(shape: Shape, points: list[Dim], axis: Any) -> list[Shape]:
    count = len(points) + 1
    if isinstance(shape, Unknown):
        return [UNKNOWN] * count
    at = axis_index(axis, len(shape))
    length = shape[at]
    parts: list[Dim] = [UNKNOWN] * count
    if isinstance(length, int) and _plain(points):
        starts: list[Any] = [0, *points]
        ends: list[Any] = [*points, None]
        spans = zip(starts, ends, strict=True)
        parts = [len(range(length)[start:end]) for start, end in spans]
    return [(*shape[:at], part, *shape[at + 1 :]) for part in parts]
