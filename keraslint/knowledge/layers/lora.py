"""Low-rank adapters, which some layers take instead of training their kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keraslint.knowledge.arguments import as_dim, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Weight
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape


def lora_rank(arguments: Mapping[str, Any], constraint: str) -> Dim:
    """The rank of the adapter, `None` without one.

    Raises:
        Fault: it is not a positive integer, or the kernel has a constraint.
    """
    rank = plain(arguments.get("lora_rank"))
    if not isinstance(rank, Unknown) and not rank:
        return None
    if isinstance(rank, (float, str, tuple, list)):
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="lora_rank", expected="an integer", found=rank
        )
    if isinstance(rank, int) and rank < 0:
        raise Fault(FaultKind.INVALID_VALUE, argument="lora_rank", expected=">= 1", found=rank)
    given = arguments.get(constraint)
    if isinstance(rank, int) and not isinstance(given, Unknown) and given is not None:
        raise Fault(FaultKind.INVALID_VALUE, argument=constraint, expected=None, found=given)
    dim = as_dim(rank)
    return UNKNOWN if dim is None else dim


def adapted(kernel: Weight, rank: Dim) -> tuple[Weight, ...]:
    """The kernel, frozen beside its adapter if there is one."""
    if rank is None:
        return (kernel,)
    if isinstance(rank, Unknown) or isinstance(kernel.shape, Unknown):
        return (Weight(UNKNOWN, kernel.trainable, kernel.name),)
    down: Shape = (*kernel.shape[:-1], rank)
    up: Shape = (rank, kernel.shape[-1])
    return (
        Weight(kernel.shape, False, kernel.name),
        Weight(down, name="lora_kernel_a"),
        Weight(up, name="lora_kernel_b"),
    )
