"""Einstein summation."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    broadcast_all,
    known,
    rank_fault,
    result_dtype,
    spec_of,
)
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.specs import TensorSpec

ELLIPSIS = "..."


@op("einsum")
def einsum(subscripts: Any, operands: Any) -> TensorSpec:
    """The letters of the output, each in the size that the operands give it.

    A letter that no operand has gets size 1; contradictory sizes of contracted letters pass.
    """
    if not isinstance(subscripts, str) or isinstance(operands, Unknown):
        return TensorSpec(UNKNOWN, UNKNOWN)
    given, *rest = subscripts.split("->")
    terms = given.split(",")
    specs = [spec_of(operand) for operand in operands]
    if len(rest) > 1 or len(terms) != len(specs):
        raise Fault(
            FaultKind.INVALID_VALUE, argument="subscripts", expected=len(specs), found=subscripts
        )
    dtype = result_dtype(*operands)
    dtype = "int32" if dtype == "int8" else dtype
    output = rest[0] if rest else ELLIPSIS + _once(given)
    if any(isinstance(spec.shape, Unknown) for spec in specs):
        return TensorSpec(UNKNOWN, dtype)
    shapes = [
        _in_output(term, output, known(spec.shape), i)
        for i, (term, spec) in enumerate(zip(terms, specs, strict=True))
    ]
    return TensorSpec(broadcast_all(*shapes), dtype)


def _once(letters: str) -> str:
    """The letters that occur once, in order of the alphabet."""
    return "".join(sorted(c for c in set(letters) if c.isalpha() and letters.count(c) == 1))


def _in_output(term: str, output: str, shape: Dims, index: int) -> Dims:
    """The dims of one operand in the places of the output, 1 where it has none."""
    before, _, behind = term.replace(" ", "").partition(ELLIPSIS)
    middle: Dims = ()
    if ELLIPSIS in term:
        if len(before) + len(behind) > len(shape):
            raise rank_fault(shape, len(before) + len(behind), minimum=True, input=index)
        middle = shape[len(before) : len(shape) - len(behind)]
    elif len(before) != len(shape):
        raise rank_fault(shape, len(before), input=index)
    sizes: dict[str, Dim] = {}
    for letter, dim in zip(before, shape, strict=False):
        sizes.setdefault(letter, dim)
    for letter, dim in zip(reversed(behind), reversed(shape), strict=False):
        sizes.setdefault(letter, dim)
    left, dots, right = output.replace(" ", "").partition(ELLIPSIS)
    dims = [sizes.get(letter, 1) for letter in left]
    if dots:
        dims += middle
    return tuple(dims + [sizes.get(letter, 1) for letter in right])
