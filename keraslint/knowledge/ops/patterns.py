"""Axes regrouped by a pattern such as ``b (h w) c -> b h w c``."""

from __future__ import annotations

import re
from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import Dims, dim_of, known
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, floor_divide, product
from keraslint.tensors.specs import TensorSpec

_GROUP = re.compile(r"\(([^()]*)\)|(\w+)")


@op("rearrange", ranked=("tensor",))
def rearrange(
    tensor: TensorSpec, pattern: Any, axes_lengths: Any, lenient: bool = False
) -> TensorSpec:
    """The dims in the groups of the right side; what the left side does not say is left open."""
    if not isinstance(pattern, str) or isinstance(axes_lengths, Unknown):
        return tensor.with_shape(UNKNOWN)
    left, arrow, right = pattern.partition("->")
    before, behind = _groups(left), _groups(right)
    shape = known(tensor.shape)
    if not arrow or "..." in pattern:
        return tensor.with_shape(UNKNOWN)
    sizes = {name: dim_of(value) for name, value in axes_lengths.items()}
    solved = _solved(before, shape, sizes)
    names = [name for group in behind for name in group]
    if any(name not in solved for name in names):
        expected = tuple(solved)
        raise Fault(FaultKind.INVALID_VALUE, argument="pattern", expected=expected, found=pattern)
    dims = tuple(product(solved[name] for name in group) for group in behind)
    if None in dims and not lenient:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=shape.index(None))
    if len(before) != len(shape):
        return tensor.with_shape(UNKNOWN if lenient else dims)
    return tensor.with_shape(dims)


def _groups(side: str) -> list[list[str]]:
    return [(inner or name).split() for inner, name in _GROUP.findall(side)]


def _solved(groups: list[list[str]], shape: Dims, sizes: dict[str, Dim]) -> dict[str, Dim]:
    """The size of every name on the left side."""
    for group, dim in zip(groups, shape, strict=False):
        missing = [name for name in group if name not in sizes or len(group) == 1]
        if len(missing) == 1:
            rest = product(sizes[name] for name in group if name != missing[0])
            sizes[missing[0]] = dim if rest == 1 else floor_divide(dim, rest)
    return sizes
