"""The comments of a module, and which of its rows belong to one line for whoever reads comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

import libcst as cst

from keraslint.sources import LineIndex, Span
from keraslint.syntax.offsets import OffsetState, write
from keraslint.syntax.recursion import with_room


class Comment(NamedTuple):
    """A comment, from its ``#`` to the end of its line."""

    span: Span
    text: str


class Comments(NamedTuple):
    """All comments of a module, in order.

    Attributes:
        comments: The comments.
        text: The module's code.
        joined: Pairs of a first and a last row between which a line goes on, and so no comment can
            stand: those of a string over several rows, and those that end in a backslash.
    """

    comments: list[Comment]
    text: str
    joined: list[tuple[int, int]]

    def first_row(self, row: int) -> int:
        """The first of the joined rows that end with a row; that row itself if it is alone."""
        ends = [last for _, last in self.joined]
        index = bisect_left(ends, row)
        while index < len(ends) and ends[index] == row:
            row = self.joined[index][0]
            index = bisect_left(ends, row)
        return row


def find_comments(module: cst.Module) -> Comments:
    """The comments of a module."""
    return with_room(lambda: _find(module))


def _find(module: cst.Module) -> Comments:
    writer = _Writer(module)
    text = write(module, writer)
    index = LineIndex(text)
    comments = []
    joined = []
    for node, start, end in writer.found:
        span = Span(index.position(start), index.position(end))
        if isinstance(node, cst.Comment):
            comments.append(Comment(span, node.value))
        elif span.start.row < span.end.row:
            joined.append((span.start.row, span.end.row))
    ended = {comment.span.end.row for comment in comments}
    for match in _CONTINUED.finditer(text):
        row = index.position(match.start()).row
        if row not in ended:
            joined.append((row, row + 1))
    joined.sort(key=lambda rows: (rows[1], rows[0]))
    return Comments(comments, text, joined)


_NOTED = frozenset({cst.Comment, cst.SimpleString, cst.FormattedString, cst.TemplatedString})
_CONTINUED = re.compile(r"\\(?=\r|\n)")


class _Writer(OffsetState):
    """Notes where comments stand, and what may reach over the end of a row."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module)
        self.found: list[tuple[cst.CSTNode, int, int]] = []
        self._starts: list[int] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        if type(node) in _NOTED:
            self._starts.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        if type(node) in _NOTED:
            self.found.append((node, self._starts.pop(), self.offset))
