"""Functions of other libraries on the symbolic tensors of a functional model."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Tensor, Value
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import TensorSpec

HARMLESS = frozenset(
    (
        "tensorflow.is_tensor",
        "tensorflow.print",
        "tensorflow.function",
        "tensorflow.type_spec_from_value",
        "numpy.shape",
        "numpy.ndim",
        "numpy.iterable",
        "numpy.isscalar",
        "numpy.random.seed",
        "tensorflow.random.set_seed",
    )
)
"""Functions that look at a symbolic tensor without computing with it."""


def on_symbolic(frame: Frame, path: str, arguments: Arguments, node: Any) -> Value:
    """What ``path`` gives for a symbolic tensor: Keras 3 refuses it."""
    from keraslint.interpreter.keras.convert import tensors_in
    from keraslint.interpreter.keras.reporting import call_place, note_fault

    if path in HARMLESS:
        return UNKNOWN
    tensors = tuple(t for value in arguments.positional for t in tensors_in(value))
    fault = Fault(FaultKind.NOT_A_KERAS_TENSOR_FUNCTION, found=path)
    note_fault(frame, fault, path, call_place(frame, node), tensors=tensors)
    return Tensor(TensorSpec(UNKNOWN, UNKNOWN), "keras")
