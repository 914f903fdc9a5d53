"""A program and where each of its lines comes from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from keraslint.sources.places import Place, Position


class Block(NamedTuple):
    """Rows of a program that stand together in the original: a notebook's cell, a code block.

    ``start`` is its first row in the program and ``rows`` their number; ``row`` is the first one's
    row in the original (in the cell, for a notebook), and ``column`` the number of columns that
    stand before each of them there.
    """

    start: int
    rows: int
    row: int = 1
    column: int = 0
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One program.

    Attributes:
        path: The path as given.
        text: The program's text: valid for Python as far as its author wrote valid code.
        original: The text of the whole file; the same as ``text`` for a Python file.
        encoding: How the file's bytes are made from its text.
        bom: Whether a byte order mark stands before them.
        blocks: The parts of the original that ``text`` consists of, in order; empty for a Python
            file, whose text is the original.
        index: Which of the programs of a document this is.
    """

    path: str
    text: str
    original: str
    encoding: str = "utf-8"
    bom: bool = False
    blocks: tuple[Block, ...] = ()
    index: int = 0

    @property
    def is_excerpt(self) -> bool:
        """Whether it stands in a document, so that there may be more code than it shows."""
        return bool(self.blocks) and self.blocks[0].cell is None

    def holds(self, row: int) -> bool:
        """Whether a row of a document (or any row of another file) belongs to this program."""
        if not self.is_excerpt:
            return True
        return any(block.row <= row < block.row + block.rows for block in self.blocks)

    def block_at(self, row: int) -> Block:
        """The block that a row of the original belongs to, or the last one above it."""
        above = [block for block in self.blocks if block.row <= row]
        return above[-1] if above else self.blocks[0]

    def place(self, position: Position) -> Place:
        """Where a point of the program stands in the original."""
        if not self.blocks:
            return Place(None, *position)
        index = bisect_right(self.blocks, position.row, key=lambda block: block.start) - 1
        block = self.blocks[max(index, 0)]
        row = position.row - block.start + block.row
        return Place(block.cell, row, position.column + block.column)

    def encode(self, text: str) -> bytes:
        """The bytes of a file with this text, encoded as this one is.

        Raises:
            UnicodeEncodeError: The encoding has no way to write a character of ``text``.
        """
        data = text.encode(self.encoding)
        return b"\xef\xbb\xbf" + data if self.bom else data
