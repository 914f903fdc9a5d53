"""Stretches of the files that findings, models and layers stand in."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from keraslint.sources import Source, Span


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch of source text; rows and columns from 1, the end exclusive.

    ``cell`` is the code cell (from 1) in a notebook, and rows count within it.
    """

    filename: str
    row: int
    column: int
    end_row: int
    end_column: int
    cell: int | None = None

    @staticmethod
    def of(source: Source, span: Span) -> Location:
        """Where a span of a program stands in the file that it comes from."""
        start, end = source.place(span.start), source.place(span.end)
        return Location(source.path, start.row, start.column, end.row, end.column, start.cell)

    def span_in(self, source: Source) -> Span:
        """The span of the program in a file that stands here."""
        from keraslint.sources import Position, Span

        rows, columns = 0, 0
        for block in source.blocks:
            if block.cell == self.cell and block.row <= self.row < block.row + block.rows:
                rows, columns = block.start - block.row, block.column
        start = Position(self.row + rows, self.column - columns)
        return Span(start, Position(self.end_row + rows, self.end_column - columns))
