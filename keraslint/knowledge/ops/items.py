"""What ``x[key]`` is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.values import Dims, rank_fault, spec_of
from keraslint.knowledge.values import ArrayValue, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.specs import TensorSpec


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice whose ends may be symbols or unknown."""

    start: Any = None
    stop: Any = None
    step: Any = None


def item(x: TensorSpec, key: Any, *, lenient: bool = False) -> TensorSpec:
    """The part of a tensor that a key selects.

    Args:
        x: the tensor.
        key: an integer, `Slice` or ``slice``, ``None``, ``Ellipsis``, a list, tensor or array, or a
            tuple of these.
        lenient: the tensor is no symbolic one of a functional model: keys that are no tuple may be
            anything, and lists or tensors may select.

    Raises:
        Fault: a key that symbolic tensors do not take, too many keys, or an index out of range.
    """
    if isinstance(key, Unknown):
        return x.with_shape(UNKNOWN)
    keys = _keys(key, lenient)
    dots = [i for i, part in enumerate(keys) if part is Ellipsis]
    if len(dots) > 1:
        raise _unsupported(key, "one ellipsis")
    if not lenient:
        for part in keys:
            if not _is_plain(part):
                raise _unsupported(key, "integers, slices, None and ...")
    if isinstance(x.shape, Unknown) or any(isinstance(part, Unknown) for part in keys):
        return x.with_shape(UNKNOWN)
    if any(not _is_plain(part) or isinstance(part, bool) for part in keys) and lenient:
        return x.with_shape(_advanced(x.shape, keys))
    at = dots[0] if dots else len(keys)
    before, behind = keys[:at], keys[at + 1 :]
    used = sum(part is not None for part in (*before, *behind))
    if used > len(x.shape):
        raise rank_fault(x.shape, used, minimum=True)
    left = sum(part is not None for part in before)
    right = len(x.shape) - sum(part is not None for part in behind)
    dims = [*_selected(x.shape[:left], before, x.shape, 0), *x.shape[left:right]]
    return x.with_shape((*dims, *_selected(x.shape[right:], behind, x.shape, right)))


def _keys(key: Any, lenient: bool) -> tuple[Any, ...]:
    if isinstance(key, tuple):
        return key
    if lenient or isinstance(key, int):
        return (key,)
    if isinstance(key, list):
        return tuple(key)
    if isinstance(key, (Expr, TensorSpec)) and not isinstance(key, TensorSpec):
        return (key,)
    raise _unsupported(key, "an integer or a tuple")


def _unsupported(key: Any, expected: str) -> Fault:
    return Fault(FaultKind.ARGUMENT_TYPE, argument="key", expected=expected, found=key)


def _is_plain(part: Any) -> bool:
    if part is None or part is Ellipsis:
        return True
    return isinstance(part, (int, Expr, Unknown, slice, Slice))


def _selected(dims: Dims, keys: tuple[Any, ...], shape: Dims, axis: int) -> list[Dim]:
    """The dims that plain keys leave of as many dims as there are keys but ``None``."""
    result: list[Dim] = []
    rest = iter(dims)
    for key in keys:
        if key is None:
            result.append(1)
            continue
        dim = next(rest)
        if isinstance(key, int):
            if isinstance(dim, int) and not -dim <= key < dim:
                raise Fault(
                    FaultKind.AXIS_RANGE,
                    argument="key",
                    input=0,
                    expected=dim,
                    found=int(key),
                    axis=axis,
                    shape=shape,
                    index=True,
                )
        elif isinstance(key, (slice, Slice)):
            result.append(_sliced(dim, key))
        axis += 1
    return result


def _sliced(dim: Dim, key: Slice | slice) -> Dim:
    ends = (key.start, key.stop, key.step)
    if dim is None or all(end is None for end in ends):
        return dim
    if key.stop is None and (
        (key.start in (None, 0) and key.step == 1) or (key.start is None and key.step == -1)
    ):
        return dim
    if isinstance(dim, int) and all(end is None or isinstance(end, int) for end in ends):
        return len(range(*slice(*ends).indices(dim))) if key.step != 0 else UNKNOWN
    return UNKNOWN


def _advanced(shape: Dims, keys: tuple[Any, ...]) -> Any:
    """The shape if one list, tensor or array selects along the first axis."""
    if len(keys) != 1:
        return UNKNOWN
    key = keys[0]
    if isinstance(key, NumpyScalar):
        return shape[1:] if shape else UNKNOWN
    if isinstance(key, (list, range)):
        plain = all(isinstance(i, int) and not isinstance(i, bool) for i in key)
        return (len(key), *shape[1:]) if plain and shape else UNKNOWN
    if isinstance(key, (TensorSpec, ArrayValue)):
        places = spec_of(key)
        integers = isinstance(places.dtype, str) and places.dtype.startswith(("int", "uint"))
        if integers and isinstance(places.shape, tuple) and shape:
            return (*places.shape, *shape[1:])
    return UNKNOWN
