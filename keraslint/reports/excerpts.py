"""The lines of source around a location."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from keraslint.sources import UnreadableError, load, split_lines
from keraslint.terminal import display_width

if TYPE_CHECKING:
    from keraslint.analysis import Location

TAB = "    "
UNSHOWN = "\N{REPLACEMENT CHARACTER}"


class Line(NamedTuple):
    """A line of source, and what to mark in it: both as they look on a terminal."""

    row: int
    text: str
    lead: int = 0
    marked: int = 0


def excerpt(location: Location, before: int = 1, most: int = 4) -> list[Line]:
    """The marked lines of a location, and some ahead of them; empty if the file cannot be read."""
    lines = _lines(location.filename, location.cell)
    if not 1 <= location.row <= len(lines):
        return []
    shown = [Line(row, _shown(lines[row - 1])) for row in _rows_before(lines, location.row, before)]
    last = min(location.end_row, len(lines), location.row + most - 1)
    for row in range(location.row, last + 1):
        text = lines[row - 1]
        start = location.column - 1 if row == location.row else len(text) - len(text.lstrip())
        end = location.end_column - 1 if row == location.end_row else len(text)
        lead = display_width(_shown(text[:start]))
        marked = max(display_width(_shown(text[start:end])), 1)
        shown.append(Line(row, _shown(text), lead, marked))
    return shown


def text_of(location: Location, row: int) -> str:
    """A row of the file or cell that a location is in; empty if it cannot be read."""
    lines = _lines(location.filename, location.cell)
    return lines[row - 1] if 1 <= row <= len(lines) else ""


def forget() -> None:
    """Read files anew from now on: they may have changed."""
    _lines.cache_clear()


def _rows_before(lines: list[str], row: int, count: int) -> list[int]:
    return [near for near in range(max(row - count, 1), row) if lines[near - 1].strip()]


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else UNSHOWN for c in text.replace("\t", TAB))


@lru_cache(maxsize=8)
def _lines(filename: str, cell: int | None) -> list[str]:
    try:
        source = load(filename)
    except UnreadableError:
        return []
    text = source.original
    if cell is not None:
        from keraslint.sources.notebooks import locate_cells

        cells = locate_cells(text)
        text = cells[cell - 1].text if cell <= len(cells) else ""
    return [line.rstrip("\r\n") for line in split_lines(text)]
