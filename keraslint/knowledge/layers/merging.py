"""Layers that make one tensor of a list of them."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import compute_dtype, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, add, differ, join
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec

FUNCTIONS = {
    "add": "Add",
    "subtract": "Subtract",
    "multiply": "Multiply",
    "average": "Average",
    "maximum": "Maximum",
    "minimum": "Minimum",
    "concatenate": "Concatenate",
    "dot": "Dot",
}
"""The functions of ``keras.layers`` that build and call a layer; the first argument is the list."""

DEFAULTS: dict[str, dict[str, Any]] = {"dot": {"axes": -1}}
"""What such a function passes on where the layer itself has no default."""


class _Merge(Layer):
    """A list of tensors → one tensor; no weights."""

    def shapes(self, nest: Nest) -> list[Shape] | Unknown:
        """The shapes of the list.

        Raises:
            Fault: not a list or tuple of tensors.
        """
        if isinstance(nest, Unknown):
            return UNKNOWN
        if not isinstance(nest, (list, tuple)):
            raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected="a list of tensors", found=1)
        if not nest:
            raise Fault(FaultKind.INPUT_STRUCTURE, expected="at least 1 tensor", found=0)
        for i, item in enumerate(nest):
            if not isinstance(item, (TensorSpec, Unknown)):
                raise Fault(FaultKind.INPUT_STRUCTURE, input=i, expected="a tensor", found=item)
        return [item.shape if isinstance(item, TensorSpec) else UNKNOWN for item in nest]

    def count_inputs(self, shapes: list[Shape], n: int) -> None:
        """Check that there are ``n`` inputs."""
        if len(shapes) != n:
            raise Fault(FaultKind.INPUT_STRUCTURE, expected=f"{n} tensors", found=len(shapes))

    def output(self, call: Call) -> Nest:
        """One tensor of the merged shape."""
        shapes = self.shapes(call.first)
        shape = UNKNOWN if isinstance(shapes, Unknown) else self.merged(shapes)
        return TensorSpec(shape, compute_dtype(self.arguments))

    def merged(self, shapes: list[Shape]) -> Shape:
        """The shape of the result. Raises `Fault`."""
        raise NotImplementedError


class Add(_Merge):
    """``[(batch, …), …]`` → the shape they broadcast to, a dynamic dim staying dynamic; no weights.

    Shapes of lower rank are aligned on the right of the axes behind the batch.
    """

    names = ("Add",)
    masking = "merged"

    def merged(self, shapes: list[Shape]) -> Shape:
        """All shapes broadcast behind their common batch."""
        for i, shape in enumerate(shapes):
            if shape == ():
                raise Fault(FaultKind.INPUT_RANK, input=i, expected=1, found=shape, minimum=True)
        batch = _common_batch(shapes)
        if any(isinstance(shape, Unknown) for shape in shapes):
            return UNKNOWN
        known = [shape for shape in shapes if not isinstance(shape, Unknown)]
        n = max(len(shape) for shape in known) - 1
        rest: list[Dim] = []
        for axis in range(-n, 0):
            column = [(i, shape[axis]) for i, shape in enumerate(known) if len(shape) > -axis]
            rest.append(_broadcast(column, shapes, axis))
        return (batch, *rest)


class Subtract(Add):
    """``[(batch, …), (batch, …)]`` → as `Add`, of exactly two; no weights."""

    names = ("Subtract",)

    def merged(self, shapes: list[Shape]) -> Shape:
        """Both shapes broadcast."""
        merged = super().merged(shapes)
        self.count_inputs(shapes, 2)
        return merged


class Multiply(Add):
    """As `Add`."""

    names = ("Multiply",)


class Average(Add):
    """As `Add`."""

    names = ("Average",)


class Maximum(Add):
    """As `Add`."""

    names = ("Maximum",)


class Minimum(Add):
    """As `Add`."""

    names = ("Minimum",)


class Concatenate(_Merge):
    """``[(batch, …, a, …), (batch, …, b, …)]`` → ``(batch, …, a+b, …)``; no weights."""

    names = ("Concatenate",)
    masking = "joined"

    def merged(self, shapes: list[Shape]) -> Shape:
        """The first shape with the sum along the axis; all other dims must match."""
        axis = self.arguments["axis"]
        if isinstance(axis, (Unknown, Expr)):
            return _same_rank(shapes)
        axis = plain(axis)
        if not isinstance(axis, int):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)
        for i, shape in enumerate(shapes):
            if not isinstance(shape, Unknown) and (axis < -len(shape) or not shape):
                raise _no_axis(axis, shape, i)
        _check_matching(shapes, axis)
        return _concatenated(shapes, axis)


class Dot(_Merge):
    """``[(batch, …, n, …), (batch, …, n, …)]`` → the other axes of both; no weights."""

    names = ("Dot",)
    masking = "lost"

    def configure(self) -> None:
        """Check that ``axes`` is an integer or two of Python's own."""
        axes = self.arguments["axes"]
        if isinstance(axes, (int, Expr, Unknown)):
            return
        if not isinstance(axes, (list, tuple)):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument="axes", expected="an integer", found=axes)
        if len(axes) != 2 or any(not isinstance(axis, (int, Expr, Unknown)) for axis in axes):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="axes", expected="two integers", found=axes
            )

    def merged(self, shapes: list[Shape]) -> Shape:
        """Both shapes without their axis, the second also without its batch."""
        self.count_inputs(shapes, 2)
        x, y = shapes
        if isinstance(x, Unknown) or isinstance(y, Unknown):
            return UNKNOWN
        axes = self._axes(x, y)
        if isinstance(axes, Unknown):
            return UNKNOWN
        a, b = axes
        m, n = _at(x, a, 0), _at(y, b, 1)
        if differ(m, n) or {type(m), type(n)} == {int, type(None)}:
            raise Fault(
                FaultKind.MERGE_SHAPE,
                argument="axes",
                input=1,
                expected=x,
                found=y,
                axis=b,
                other=0,
                other_axis=a,
            )
        left, right = list(x), list(y)
        del left[a], right[b]
        if not right:
            raise Fault(FaultKind.INPUT_RANK, input=1, expected=2, found=y, minimum=True)
        dims = (*left, *right[1:])
        return dims if len(dims) != 1 else (*dims, 1)

    def _axes(self, x: tuple[Dim, ...], y: tuple[Dim, ...]) -> tuple[int, int] | Unknown:
        axes = self.arguments["axes"]
        if isinstance(axes, (tuple, list)):
            a, b = axes
        elif isinstance(axes, int) and axes < 0:
            for i, shape in enumerate((x, y)):
                if not shape:
                    raise Fault(
                        FaultKind.INPUT_RANK, input=i, expected=1, found=shape, minimum=True
                    )
            a, b = axes % len(x), axes % len(y)
        else:
            a = b = axes
        return (a, b) if isinstance(a, int) and isinstance(b, int) else UNKNOWN


def _at(shape: tuple[Dim, ...], axis: int, i: int) -> Dim:
    if not -len(shape) <= axis < len(shape):
        fault = _no_axis(axis, shape, i)
        fault.argument = "axes"
        raise fault
    return shape[axis]


def _no_axis(axis: int, shape: tuple[Dim, ...], i: int) -> Fault:
    return Fault(
        FaultKind.AXIS_RANGE, argument="axis", input=i, expected=len(shape), found=axis, shape=shape
    )


def _mismatch(shapes: list[Shape], i: int, other: int, axis: int | None) -> Fault:
    return Fault(
        FaultKind.MERGE_SHAPE,
        input=i,
        expected=shapes[other],
        found=shapes[i],
        axis=axis,
        other=other,
    )


def _common_batch(shapes: list[Shape]) -> Dim:
    batches = [UNKNOWN if isinstance(shape, Unknown) else shape[0] for shape in shapes]
    fixed = [(i, batch) for i, batch in enumerate(batches) if isinstance(batch, (int, Expr))]
    for i, batch in fixed[1:]:
        for other, first in fixed[:i]:
            if other < i and differ(first, batch):
                raise _mismatch(shapes, i, other, 0)
    numbers = [batch for _, batch in fixed if isinstance(batch, int)]
    if numbers:
        return numbers[0]
    if fixed:
        return fixed[0][1] if len({batch for _, batch in fixed}) == 1 else UNKNOWN
    return None if all(batch is None for batch in batches) else UNKNOWN


def _broadcast(column: list[tuple[int, Dim]], shapes: list[Shape], axis: int) -> Dim:
    """One axis of all inputs that have it: a dynamic dim wins, then any dim but 1."""
    i, result = column[0]
    for j, dim in column[1:]:
        if result is None or dim is None:
            result = None
        elif result == 1:
            i, result = j, dim
        elif dim != 1:
            if isinstance(result, int) and isinstance(dim, int) and result != dim:
                raise _mismatch(shapes, j, i, axis)
            result = _either(result, dim)
    return result


def _either(a: Dim, b: Dim) -> Dim:
    """Two dims of which one may be 1: a known number beside a symbol is that number."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return UNKNOWN
    if isinstance(a, int):
        return a
    return b if isinstance(b, int) else join(a, b)


def _same_rank(shapes: list[Shape]) -> Shape:
    ranks = {len(shape) for shape in shapes if not isinstance(shape, Unknown)}
    return (UNKNOWN,) * ranks.pop() if len(ranks) == 1 else UNKNOWN


def _check_matching(shapes: list[Shape], axis: int) -> None:
    """Compare the other axes; a tensor without the axis is compared as it is."""
    reduced: list[list[tuple[int, Dim]] | None] = []
    for shape in shapes:
        dims = None if isinstance(shape, Unknown) else list(enumerate(shape))
        if dims is not None and len(dims) > axis:
            del dims[axis]
        reduced.append(dims)
    for i, dims in enumerate(reduced):
        for other in range(i):
            before = reduced[other]
            if dims is None or before is None:
                continue
            if len(dims) != len(before):
                raise _mismatch(shapes, i, other, None)
            for (_, m), (at, n) in zip(before, dims, strict=True):
                if m is not None and n is not None and differ(m, n):
                    raise _mismatch(shapes, i, other, at)


def _concatenated(shapes: list[Shape], axis: int) -> Shape:
    first = shapes[0]
    if isinstance(first, Unknown):
        return UNKNOWN
    if axis >= len(first) and len(shapes) > 1:
        raise _no_axis(axis, first, 0)
    dims = list(first)
    for i, shape in enumerate(shapes[1:], start=1):
        if dims[axis] is None:
            break
        if isinstance(shape, Unknown):
            dims[axis] = UNKNOWN
        elif axis < len(shape):
            dims[axis] = None if shape[axis] is None else add(dims[axis], shape[axis])
        elif isinstance(dims[axis], int):
            raise _no_axis(axis, shape, i)
    return tuple(dims)
