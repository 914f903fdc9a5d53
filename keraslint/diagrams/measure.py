"""How much room text takes, on whatever machine it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from keraslint.terminal import display_width, printable

BREAKS = re.compile(
    r"(?<=[_.])|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
    r"|(?<=[\u3001-\u9fff\uff08-\uff1b])(?![\u3001\u3002\uff09\uff0c\uff1a\uff1b])"
)
"""Where a name may be broken, and text without spaces: not before Chinese punctuation."""
EM = 62
"""Hundredths of an em for a column of the monospaced label font: no common one is wider."""

DOT = " · "
"""Stands between things in a line; where the line is broken there, none is needed."""


def width(text: str, size: int) -> int:
    """An upper estimate of the width of a text, in whole units."""
    return -(-display_width(text) * size * EM // 100)


def room(available: int, size: int) -> int:
    """How many columns fit."""
    return max(available * 100 // (size * EM), 1)


def fit(text: str, available: int, size: int) -> str:
    """The text, shortened with an ellipsis if it is too wide; nothing in it steers a display."""
    text = printable(text)
    if width(text, size) <= available:
        return text
    columns = room(available, size)
    while text and display_width(text) > columns - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def widest(lines: Sequence[str], size: int) -> int:
    """The width of the widest of some lines."""
    return max((width(line, size) for line in lines), default=0)


def wrap(text: str, available: int, size: int, most: int = 2, separator: str = " ") -> list[str]:
    """The text in at most ``most`` lines, broken behind separators, and names where they can be."""
    lines: list[str] = [""]
    for word in text.split(separator):
        for i, piece in enumerate(pieces(word, available, size)):
            between = separator if i == 0 else ""
            longer = f"{lines[-1]}{between}{piece}" if lines[-1] else piece
            if lines[-1] and len(lines) < most and width(longer, size) > available:
                mark = between.rstrip().removesuffix(DOT.rstrip())
                if width(lines[-1] + mark, size) <= available:
                    lines[-1] += mark
                lines.append(piece)
            else:
                lines[-1] = longer
    return [fit(line, available, size) for line in lines]


def pieces(word: str, available: int, size: int) -> list[str]:
    """A name that is too wide in pieces that fit, if it has words: ``batch_`` ``normalization``."""
    if width(word, size) <= available:
        return [word]
    found = [""]
    for part in BREAKS.split(word):
        if found[-1] and width(found[-1] + part, size) > available:
            found.append(part)
        else:
            found[-1] += part
    return found
