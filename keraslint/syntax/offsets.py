"""How far the code goes that a module's nodes have written so far."""

from __future__ import annotations

import libcst as cst
from libcst._nodes.internal import CodegenState


class OffsetState(CodegenState):
    """What a module writes its code to; knows the offset reached, and is told of each node."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.offset = 0

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)


def write(module: cst.Module, state: CodegenState) -> str:
    """Has a module write its code to a state, and returns that code."""
    module._codegen(state)
    return "".join(state.tokens)
