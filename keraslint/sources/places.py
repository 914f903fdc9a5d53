"""Rows and columns: in a program, and in the file the program comes from.

Rows and columns start at 1, columns count Unicode code points, and an end is exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_BREAK = re.compile(r"\r\n?|\n")


class Position(NamedTuple):
    """A point in a program."""

    row: int
    column: int


class Span(NamedTuple):
    """A stretch of a program, from its first character to behind its last."""

    start: Position
    end: Position


class Place(NamedTuple):
    """A point in a file; ``cell`` is the index of the notebook's code cell, and None elsewhere."""

    cell: int | None
    row: int
    column: int


class LineIndex:
    """Translates between the offsets of a text and its rows and columns.

    Lines end where they end for Python: behind LF, CR LF or CR, and nowhere else.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._starts.extend(match.end() for match in _LINE_BREAK.finditer(text))
        self._length = len(text)

    @property
    def rows(self) -> int:
        """The number of rows, an empty one after a final line break included."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The row and column of an offset, kept within the text."""
        offset = min(offset, self._length)
        row = bisect_right(self._starts, offset)
        return Position(row, offset - self._starts[row - 1] + 1)

    def offset(self, row: int, column: int) -> int:
        """The offset of a row and column, kept within the text."""
        if row > len(self._starts):
            return self._length
        return min(self._starts[row - 1] + column - 1, self._length)


def split_lines(text: str) -> list[str]:
    """The lines of a text, line breaks kept; never an empty last one."""
    lines = []
    start = 0
    for match in _LINE_BREAK.finditer(text):
        lines.append(text[start : match.end()])
        start = match.end()
    if start < len(text):
        lines.append(text[start:])
    return lines


def line_break(text: str) -> str:
    """The first line break in a text, LF if it has none."""
    match = _LINE_BREAK.search(text)
    return match.group() if match else "\n"
