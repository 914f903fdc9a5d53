"""What ``reshape`` makes of a shape; shared by the layer and the function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keraslint.knowledge.arguments import plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ, floor_divide, product
from keraslint.tensors.shapes import Shape


def target_dims(target: Sequence[Any], argument: str) -> tuple[Dim, ...]:
    """The target of a reshape: integers, at most one of them -1.

    Raises:
        Fault: a dim below -1, or more than one -1.
    """
    dims = tuple(_dim(item) for item in target)
    known = [dim for dim in dims if isinstance(dim, int)]
    if any(dim < -1 for dim in known):
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected=">= -1", found=target)
    if known.count(-1) > 1:
        raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected="one -1", found=target)
    return dims


def _dim(item: Any) -> Dim:
    item = plain(item)
    if isinstance(item, int):
        return int(item)
    return item if isinstance(item, (Expr, Unknown)) else None


def reshaped(shape: Shape, target: tuple[Dim, ...], argument: str) -> tuple[Dim, ...]:
    """``shape`` as ``target``, in which -1 stands for the rest.

    As in Keras, nothing is checked and -1 is dynamic if any dim is dynamic.

    Raises:
        Fault: the two can not have the same number of elements.
    """
    if None in target or (not isinstance(shape, Unknown) and None in shape):
        return tuple(None if dim == -1 else dim for dim in target)
    elements = UNKNOWN if isinstance(shape, Unknown) else product(shape)
    given = product(dim for dim in target if dim != -1)
    fault = Fault(
        FaultKind.RESHAPE_SIZE,
        argument=argument,
        input=0,
        expected=elements,
        found=target,
        input_shape=shape,
    )
    if -1 not in target:
        if differ(elements, given):
            raise fault
        return target
    dynamic = isinstance(shape, Unknown) or UNKNOWN in shape
    if given == 0 and not dynamic:
        raise fault
    if isinstance(elements, int) and isinstance(given, int) and given and elements % given:
        raise fault
    rest = floor_divide(elements, given)
    return tuple(rest if dim == -1 else dim for dim in target)
