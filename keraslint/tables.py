"""Tables for terminals, as wide as they need to be and no wider than they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keraslint.terminal import Canvas, display_width

LEAST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and whether its cells stand on the right."""

    heading: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """What a table is drawn with: of each line the left, middle and right, and the stroke."""

    top: Sequence[str]
    head: Sequence[str]
    below: Sequence[str]
    body: Sequence[str]
    between: Sequence[str]
    bottom: Sequence[str]

    @staticmethod
    def of(*kinds: str) -> Lines:
        """The lines that the characters of six strings make."""
        return Lines(*map(tuple, kinds))


BOX = Lines.of("┏┳┓━", "┃┃┃", "┡╇┩━", "│││", "├┼┤─", "└┴┘─")
ASCII = Lines.of("+++-", "|||", "+++=", "|||", "+++-", "+++-")


def draw(columns: Sequence[Column], rows: Sequence[Sequence[str]], canvas: Canvas) -> Iterator[str]:
    """The lines of a table; a cell may have several lines of its own."""
    lines = BOX if canvas.unicode else ASCII
    widths = _widths(columns, rows, canvas.width)
    yield _rule(lines.top, widths)
    yield from _row([column.heading for column in columns], columns, widths, lines.head, canvas)
    yield _rule(lines.below, widths)
    for index, row in enumerate(rows):
        if index:
            yield _rule(lines.between, widths)
        yield from _row(row, columns, widths, lines.body)
    yield _rule(lines.bottom, widths)


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], limit: int | None
) -> list[int]:
    cells = [[column.heading for column in columns], *rows]
    widths = [
        max(display_width(line) for row in cells for line in row[index].split("\n"))
        for index in range(len(columns))
    ]
    if limit is not None:
        excess = sum(widths) + 3 * len(widths) + 1 - limit
        while excess > 0 and max(widths) > LEAST:
            widths[widths.index(max(widths))] -= 1
            excess -= 1
    return widths


def _rule(strokes: Sequence[str], widths: Sequence[int]) -> str:
    left, middle, right, stroke = strokes
    return left + middle.join(stroke * (width + 2) for width in widths) + right


def _row(
    cells: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    bars: Sequence[str],
    heading: Canvas | None = None,
) -> Iterator[str]:
    left, middle, right = bars
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        parts = []
        for lines, width, column in zip(wrapped, widths, columns, strict=True):
            text = lines[number] if number < len(lines) else ""
            gap = " " * (width - display_width(text))
            shown = heading.paint(text, "bold") if heading else text
            parts.append(f" {gap}{shown} " if column.right else f" {shown}{gap} ")
        yield left + middle.join(parts) + right


def _wrap(cell: str, width: int) -> list[str]:
    """The lines of a cell, broken behind a comma or blank where one is near the end."""
    lines = []
    for line in cell.split("\n"):
        while display_width(line) > width:
            end = len(line)
            while display_width(line[:end]) > width:
                end -= 1
            end = max(end, 1)
            blank = line.rfind(" ", 1, end + 1)
            cut = blank if blank > end // 2 else end
            lines.append(line[:cut].rstrip())
            line = line[cut:].lstrip()
        lines.append(line)
    return lines
