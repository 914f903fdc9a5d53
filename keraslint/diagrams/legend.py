"""The legend below a picture, and the heading above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keraslint.diagrams import measure
from keraslint.diagrams.display import Item, Line, Rect, Text

SIZE, ROW, SWATCH = 9, 17, 12
TITLE_SIZE, SUBTITLE_SIZE = 13, 10


@dataclass(frozen=True, slots=True)
class Entry:
    """What a role in the picture means; a line if it is one, otherwise a box."""

    role: str
    text: str
    line: bool = False


def legend(entries: Sequence[Entry], x: int, y: int, room: int) -> tuple[list[Item], int]:
    """The entries in rows of at most that width, and how tall they are together."""
    items: list[Item] = []
    left, top = x, y
    for entry in entries:
        text = measure.fit(entry.text, room - SWATCH - 6, SIZE)
        long = SWATCH + 6 + measure.width(text, SIZE)
        if left > x and left + long > x + room:
            left, top = x, top + ROW
        items += _entry(entry.role, text, entry.line, left, top)
        left += long + 18
    return items, (top - y + ROW if entries else 0)


def _entry(role: str, text: str, line: bool, x: int, y: int) -> Iterator[Item]:
    if line:
        yield Line(((x, y + 6), (x + SWATCH, y + 6)), role)
    else:
        yield Rect(x, y, SWATCH, SWATCH, role)
    yield Text(x + SWATCH + 6, y + 9, text, "note", SIZE)


def heading(title: str, subtitle: str, x: int, room: int) -> tuple[list[Item], int]:
    """The title and what explains it, and how tall they are together."""
    y = 12 + TITLE_SIZE
    items: list[Item] = []
    for line in measure.wrap(title, room, TITLE_SIZE):
        items.append(Text(x, y, line, "title", TITLE_SIZE))
        y += TITLE_SIZE + 4
    for line in measure.wrap(subtitle, room, SUBTITLE_SIZE, most=3) if subtitle else ():
        items.append(Text(x, y, line, "note", SUBTITLE_SIZE))
        y += SUBTITLE_SIZE + 4
    return items, y
