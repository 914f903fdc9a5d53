"""What Keras refuses: a kind and the facts around it. Rules turn these into words."""

from __future__ import annotations

from enum import Enum


class FaultKind(Enum):
    """Why Keras raises. Each kind is reported by one rule of the same name."""

    INPUT_RANK = "input-rank"
    EMPTY_OUTPUT = "empty-output"
    MERGE_SHAPE = "merge-shape-mismatch"
    RESHAPE_SIZE = "reshape-size"
    UNDEFINED_DIMENSION = "undefined-dimension"
    INPUT_DIMENSION = "input-dimension-mismatch"
    AXIS_RANGE = "axis-out-of-range"
    GROUPS = "groups-divisibility"
    INPUT_DTYPE = "input-dtype"
    GRAPH_DISCONNECTED = "graph-disconnected"
    INPUT_STRUCTURE = "input-structure"
    UNKNOWN_ARGUMENT = "unknown-argument"
    MISSING_ARGUMENT = "missing-argument"
    EXTRA_POSITIONAL = "extra-positional"
    INVALID_VALUE = "invalid-value"
    KERNEL_DIMENSIONALITY = "kernel-dimensionality"
    STRIDES_WITH_DILATION = "strides-with-dilation"
    ARGUMENT_TYPE = "argument-type"
    DUPLICATE_NAME = "duplicate-layer-name"
    LAYER_NOT_CALLED = "layer-not-called"
    CALL_WITHOUT_INPUTS = "call-without-inputs"
    REMOVED_METHOD = "removed-method"
    NOT_A_KERAS_TENSOR_FUNCTION = "not-a-keras-tensor-function"


class Fault(Exception):
    """One refusal.

    Attributes:
        kind: why.
        argument: the name of the argument to blame, if one is.
        input: the index of the call input to blame, if one is.
        expected: what Keras takes; a number, a tuple of choices, a shape, a word — by kind.
        found: what it got.
        axis: the axis concerned, where one is.
        facts: further values that the message of this kind needs.
    """

    def __init__(
        self,
        kind: FaultKind,
        *,
        argument: str | None = None,
        input: int | None = None,
        expected: object = None,
        found: object = None,
        axis: int | None = None,
        **facts: object,
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.argument = argument
        self.input = input
        self.expected = expected
        self.found = found
        self.axis = axis
        self.facts = facts

    def __repr__(self) -> str:
        shown = {"argument": self.argument, "input": self.input, "expected": self.expected}
        shown |= {"found": self.found, "axis": self.axis, **self.facts}
        inner = ", ".join(f"{key}={value!r}" for key, value in shown.items() if value is not None)
        return f"Fault({self.kind.value}, {inner})"
