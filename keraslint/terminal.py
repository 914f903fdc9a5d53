"""Text for terminals: colour where it is wanted, and nothing that could control them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
STYLES = {"bold": "1", "dim": "2"}
CODES = COLOURS | STYLES


class Canvas:
    """What the text is written for.

    Attributes:
        colour: whether it shows colours.
        width: its columns; `None` for a file or pipe, which have as many as it takes.
        unicode: whether it can show box-drawing characters and arrows.
    """

    __slots__ = ("colour", "unicode", "width")

    def __init__(
        self, colour: bool = False, width: int | None = None, unicode: bool = True
    ) -> None:
        self.colour = colour
        self.width = width
        self.unicode = unicode

    def paint(self, text: str, *styles: str) -> str:
        """The text in some of `CODES`, if there are colours."""
        if not self.colour or not styles or not text:
            return text
        return f"\x1b[{';'.join(CODES[style] for style in styles)}m{text}\x1b[0m"


def canvas_of(stream: IO[str], environ: Mapping[str, str] = os.environ) -> Canvas:
    """What a stream can show. ``NO_COLOR`` and ``FORCE_COLOR`` decide about colour, if set."""
    terminal = stream.isatty()
    if environ.get("NO_COLOR"):
        colour = False
    elif environ.get("FORCE_COLOR"):
        colour = True
    else:
        colour = terminal and environ.get("TERM") != "dumb"
    return Canvas(colour, _columns() if terminal else None, _can_encode(stream))


def printable(text: str) -> str:
    """The text with everything escaped that would not show or would steer the terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def display_width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _can_encode(stream: IO[str]) -> bool:
    try:
        "┏→".encode(getattr(stream, "encoding", None) or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
