"""The shape of ``array[key]``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.libraries.array_shapes import Undefined, broadcast
from keraslint.interpreter.values import External, Sequence_, Tensor
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.shapes import Shape


def index(shape: Shape, key: Any) -> Shape:
    """The shape of an array of ``shape`` at ``key``, a value or a tuple of values."""
    if isinstance(shape, Unknown):
        return UNKNOWN
    given = list(key) if isinstance(key, tuple) else [key]
    items = _expand_ellipsis([None if _is_newaxis(item) else item for item in given], len(shape))
    fancy = any(isinstance(item, (Tensor, tuple, Sequence_)) for item in items)
    dims = list(shape)
    kept: list[Dim] = []
    advanced: list[Shape] = []
    starts: list[int] = []
    adjacent = False
    for item in items:
        if item is ...:
            adjacent = False
        elif item is None or isinstance(item, slice):
            kept.append(1 if item is None else sliced(dims.pop(0), item))
            adjacent = False
        else:
            taken, selected = _advanced(item, dims)
            del dims[:taken]
            if fancy:
                advanced.append(selected)
                starts.extend([] if adjacent else [len(kept)])
                adjacent = True
    kept.extend(dims)
    spread = broadcast(*advanced) if advanced else ()
    if isinstance(spread, Unknown):
        return UNKNOWN
    where = starts[0] if len(starts) == 1 else 0
    return (*kept[:where], *spread, *kept[where:])


def _is_newaxis(item: Any) -> bool:
    return isinstance(item, External) and item.name == "newaxis"


def _expand_ellipsis(items: list[Any], rank: int) -> list[Any]:
    if any(isinstance(item, Unknown) for item in items):
        raise Undefined
    used = sum(_axes_taken(item) for item in items)
    if used > rank:
        raise Undefined
    if not any(item is ... for item in items):
        return items
    at = next(i for i, item in enumerate(items) if item is ...)
    rest = items[at + 1 :]
    if any(item is ... for item in rest):
        raise Undefined
    return [*items[: at + 1], *[slice(None)] * (rank - used), *rest]


def _axes_taken(item: Any) -> int:
    if item is None or item is ...:
        return 0
    if isinstance(item, Tensor) and item.spec.dtype == "bool":
        if isinstance(item.spec.shape, Unknown):
            raise Undefined
        return len(item.spec.shape)
    return 1


def _advanced(item: Any, dims: list[Dim]) -> tuple[int, Shape]:
    if isinstance(item, bool):
        raise Undefined
    if isinstance(item, Expr):
        return 1, ()
    if isinstance(item, (int, NumpyScalar)):
        _check_range(item.value if isinstance(item, NumpyScalar) else item, dims[0])
        return 1, ()
    if isinstance(item, (tuple, Sequence_)):
        from keraslint.interpreter.libraries.array_values import as_array

        array = as_array(item)
        if array is None:
            raise Undefined
        item = array
    if not isinstance(item, Tensor) or isinstance(item.spec.shape, Unknown):
        raise Undefined
    shape = item.spec.shape
    if item.spec.dtype == "bool":
        return len(shape), (UNKNOWN,)
    if isinstance(item.spec.dtype, Unknown):
        if len(shape) != 1:
            raise Undefined
        return 1, (UNKNOWN,)
    return 1, shape


def _check_range(position: Any, dim: Dim) -> None:
    if not isinstance(position, int) or (isinstance(dim, int) and not -dim <= position < dim):
        raise Undefined


def sliced(dim: Dim, key: slice) -> Dim:
    """The length of ``axis[start:stop:step]``."""
    start, stop, step = (_bound(part) for part in (key.start, key.stop, key.step))
    if step == 0:
        raise Undefined
    if stop is None and step in (None, 1, -1) and (start is None or (start == 0 and step != -1)):
        return dim
    bounds = (start, stop, step)
    if not all(part is None or isinstance(part, int) for part in bounds):
        return UNKNOWN
    if isinstance(dim, int):
        return len(range(dim)[slice(*bounds)])
    return None if dim is None else UNKNOWN


def _bound(part: Any) -> Any:
    if isinstance(part, NumpyScalar):
        part = part.value
    if isinstance(part, (float, str, tuple)):
        raise Undefined
    return part
