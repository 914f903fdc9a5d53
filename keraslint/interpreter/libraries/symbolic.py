"""Functions of other libraries on the symbolic tensors of a functional model."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, Value
from keraslint.tensors.dims import UNKNOWN


def on_symbolic(frame: Frame, path: str, arguments: Arguments, node: Any) -> Value:
    """What ``path`` gives for a symbolic tensor: Keras 3 refuses it, nothing is known of the rest."""
    return UNKNOWN
