"""Making one program of the pieces of code that a notebook or a document holds."""

from __future__ import annotations

from keraslint.sources.source import Block


class Program:
    """Pieces of code, one below the other, each remembered as a block."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._blocks: list[Block] = []

    @property
    def text(self) -> str:
        """The code of all pieces."""
        return "".join(self._lines)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Where the pieces come from, in order."""
        return tuple(self._blocks)

    def add(
        self, lines: list[str], *, row: int = 1, column: int = 0, cell: int | None = None
    ) -> None:
        """Appends a piece, without the indentation of its first line if all lines have it.

        Args:
            lines: Its lines.
            row: The row of the first one in the original.
            column: The number of columns that stand before each line in the original.
            cell: The notebook's cell that it comes from.
        """
        if not lines:
            return
        dedented, indent = _dedented(lines)
        start = len(self._lines) + 1
        self._blocks.append(Block(start, len(lines), row, column + indent, cell))
        self._lines += dedented
        if not dedented[-1].endswith(("\n", "\r")):
            self._lines[-1] += "\n"


def _dedented(lines: list[str]) -> tuple[list[str], int]:
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    if not indent or not all(line.startswith(indent) or not line.strip() for line in lines):
        return lines, 0
    return [line.removeprefix(indent) for line in lines], len(indent)
