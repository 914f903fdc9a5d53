"""Literals: numbers and strings, refused where they are huge."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from keraslint.interpreter.values import Value
from keraslint.tensors.dims import UNKNOWN

MAX_DIGITS = 2_000


def constant(node: Any) -> Value:
    """The constant a literal node stands for; unknown if it is malformed or huge."""
    text: str = node.value
    try:
        if isinstance(node, cst.SimpleString):
            return _string(text)
        if len(text) > MAX_DIGITS:
            return UNKNOWN
        if isinstance(node, cst.Integer):
            return int(text.replace("_", ""), 0)
        return float(text.replace("_", "")) if isinstance(node, cst.Float) else complex(text)
    except (ValueError, SyntaxError, MemoryError):
        return UNKNOWN


def _string(text: str) -> Value:
    quote = text[0]
    if quote in "'\"" and "\\" not in text:
        width = 3 if text.startswith(quote * 3) and len(text) >= 6 else 1
        return text[width:-width]
    return ast.literal_eval(text)
