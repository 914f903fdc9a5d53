"""Where nodes stand in their module.

libcst's own position provider computes the place of every node of a module. Only a few are ever
shown, so this one notes a running offset for those alone while the module writes its code, which
is several times faster and gives the same places. It rests on the hooks by which libcst's nodes
write themselves (``CodegenState``); the tests compare it with the provider.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

import libcst as cst

from keraslint.sources import LineIndex, Span
from keraslint.syntax.offsets import OffsetState, write
from keraslint.syntax.recursion import with_room


def positions(module: cst.Module, nodes: Iterable[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    """The spans of some nodes of a module.

    A span covers what belongs to the node's syntax: a call from the first character of what is
    called to behind its closing parenthesis, without parentheses, whitespace and comments around.

    Args:
        module: The module.
        nodes: Nodes of the module. One that does not belong to it is left out of the answer.
    """
    wanted = set(nodes)
    if not wanted:
        return {}
    return with_room(lambda: _positions(module, wanted))


def _positions(module: cst.Module, wanted: set[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    writer = _Writer(module, wanted)
    index = LineIndex(write(module, writer))
    return {
        node: Span(index.position(start), index.position(end))
        for node, (start, end) in writer.found.items()
        if node in wanted
    }


class _Writer(OffsetState):
    """Notes where the wanted nodes begin and end in the code that it receives."""

    def __init__(self, module: cst.Module, wanted: set[cst.CSTNode]) -> None:
        super().__init__(module)
        self.found: dict[cst.CSTNode, tuple[int, int]] = {}
        self._wanted = set(wanted)
        self._starts: list[int] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        if node in self._wanted:
            self._starts.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        if node in self._wanted:
            start = self._starts.pop()
            self.found.setdefault(node, (start, self.offset))

    def record_syntactic_position(
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> Any:  # a context manager, but not a generator's as libcst has it: those are slow
        if node not in self._wanted:
            return _NOTHING
        self._wanted.update(edge for edge in (start_node, end_node) if edge is not None)
        return _Recording(self, node, start_node, end_node)


_NOTHING = nullcontext()


class _Recording:
    """Spans the code written meanwhile, or from where one child begins or to where one ends."""

    def __init__(
        self,
        writer: _Writer,
        node: cst.CSTNode,
        start_node: cst.CSTNode | None,
        end_node: cst.CSTNode | None,
    ) -> None:
        self._writer = writer
        self._node = node
        self._edges = (start_node, end_node)
        self._start = 0

    def __enter__(self) -> None:
        self._start = self._writer.offset

    def __exit__(self, error: type[BaseException] | None, *details: object) -> None:
        if error is not None:
            return
        found = self._writer.found
        first, last = self._edges
        start = self._start if first is None else found[first][0]
        end = self._writer.offset if last is None else found[last][1]
        found[self._node] = (start, end)
