"""Rows and columns as editors count them: from 0, and columns in units of an encoding."""

from __future__ import annotations

from lsprotocol import types

from keraslint.analysis import Location
from keraslint.editor.drafts import Draft
from keraslint.sources import Place, split_lines

_UNITS = {
    types.PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    types.PositionEncodingKind.Utf16: lambda text: len(text) + sum(c > "\uffff" for c in text),
    types.PositionEncodingKind.Utf32: len,
}


class Columns:
    """Translates the places in one text."""

    def __init__(self, text: str, encoding: types.PositionEncodingKind) -> None:
        self._lines = [line.rstrip("\r\n") for line in split_lines(text)]
        self._units = _UNITS[encoding]

    def position(self, row: int, column: int) -> types.Position:
        """The position of a row and column, as near as the text has one."""
        if row > len(self._lines):
            return types.Position(max(row - 1, 0), 0)
        return types.Position(row - 1, self._units(self._lines[row - 1][: max(column - 1, 0)]))

    def place(self, position: types.Position) -> tuple[int, int]:
        """The row and column of a position; within a character, those of its beginning."""
        if position.line >= len(self._lines):
            return position.line + 1, 1
        line = self._lines[position.line]
        units = 0
        for index, character in enumerate(line):
            units += self._units(character)
            if units > position.character:
                return position.line + 1, index + 1
        return position.line + 1, len(line) + 1

    def line(self, row: int) -> str:
        """A row's text."""
        return self._lines[row - 1] if row <= len(self._lines) else ""


class Layout:
    """Translates the places in a draft."""

    def __init__(self, draft: Draft, encoding: types.PositionEncodingKind) -> None:
        self.draft = draft
        self.encoding = encoding
        self._columns = {sheet.uri: Columns(sheet.text, encoding) for sheet in draft.sheets}

    def range(self, location: Location) -> tuple[str, types.Range]:
        """The sheet and the range of a location in the draft."""
        uri = self.draft.sheet(location.cell).uri
        start = self._columns[uri].position(location.row, location.column)
        end = self._columns[uri].position(location.end_row, location.end_column)
        return uri, types.Range(start, end)

    def place(self, uri: str, position: types.Position) -> Place:
        """The place of a position in one of its sheets."""
        return Place(self.draft.cell(uri), *self._columns[uri].place(position))

    def line(self, uri: str, row: int) -> str:
        """A row's text."""
        return self._columns[uri].line(row)


def holds(location: Location, place: Place) -> bool:
    """Whether a place is at a location, or right behind it."""
    if location.cell != place.cell:
        return False
    start = (location.row, location.column)
    return start <= place[1:] <= (location.end_row, location.end_column)


def touches(location: Location, start: Place, end: Place) -> bool:
    """Whether a location and a stretch have a place in common."""
    if location.cell != start.cell:
        return False
    first, last = (location.row, location.column), (location.end_row, location.end_column)
    return first <= end[1:] and start[1:] <= last
