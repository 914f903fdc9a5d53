"""The graph that symbolic tensors remember: one node per application of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keraslint.analysis import Frame, Place
    from keraslint.interpreter.values import Tensor
    from keraslint.tensors.dims import Unknown


class Operation:
    """An operation on symbolic tensors that is no layer: ``x + y``, ``keras.ops.relu(x)``.

    ``replay`` computes its outputs for other inputs: nests of `TensorSpec` in, a nest out.
    """

    __slots__ = ("class_name", "name", "place", "provenance", "replay")

    def __init__(
        self,
        name: str | Unknown,
        class_name: str,
        place: Place | None,
        provenance: tuple[Frame, ...],
        replay: Any,
    ) -> None:
        self.name = name
        self.class_name = class_name
        self.place = place
        self.provenance = provenance
        self.replay = replay


class Node:
    """One application: which operation, on which tensors, giving which.

    Attributes:
        masks: the masks that it takes besides.
    """

    __slots__ = ("arguments", "inputs", "keywords", "masks", "operation", "outputs", "place")

    def __init__(
        self,
        operation: Any,
        inputs: tuple[Tensor, ...],
        place: Place | None,
        arguments: Any = None,
        keywords: Any = None,
    ) -> None:
        self.operation = operation
        self.inputs = inputs
        self.place = place
        self.arguments = arguments
        self.keywords = keywords or {}
        self.outputs: tuple[Tensor, ...] = ()
        self.masks: tuple[Tensor, ...] = ()

    @property
    def parents(self) -> tuple[Tensor, ...]:
        """All tensors that it is computed from."""
        return (*self.inputs, *self.masks)

    @property
    def is_input(self) -> bool:
        """Whether this is an `Input` rather than a computation."""
        return not self.inputs and getattr(self.operation, "is_input", False)
