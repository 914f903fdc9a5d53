"""The pretrained models of ``keras.applications``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.values import Arguments, Value
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


def call_application(frame: Frame, path: str, arguments: Arguments, node: Any) -> Value:
    """Build one of them; unknown for now beyond helpers."""
    return UNKNOWN
