"""What IPython adds to Python, replaced by Python that leaves every row and column in place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from keraslint.sources.places import split_lines

# Cell magics that run their cell as part of the notebook's own program.
_TRANSPARENT = frozenset(
    {"capture", "debug", "lprun", "memit", "mprun", "prun", "snakeviz", "time", "timeit"}
)
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_ESCAPED = re.compile(r"[ \t]*[!%?]")
_HELP = re.compile(r"[ \t]*%{0,2}[A-Za-z_][\w.*]*(?:\[[^\]]*\])?\?{1,2}[ \t]*;?$")
_ASSIGNED = re.compile(r"([ \t]*[A-Za-z_][\w.,\[\]\"' \t]*=[ \t]*)(?:!|%(?=[A-Za-z_]))")
_TIMED = re.compile(r"([ \t]*)(%(?:time|timeit|prun)[ \t]+(?:-\w+[ \t]+(?:\d+[ \t]+)?)*)(.*)")
_COMPOUND = re.compile(r"(?:for|while|if|with|def|class|try|async|match)\b|[!%@#]|$")
# A token that decides how the next line reads; everything else is skipped one character at a time.
_TOKEN = re.compile(
    r"""(?P<comment>\#.*)|(?P<long>\"{3}|'{3})|(?P<short>"(?:[^"\\]+|\\.?)*"?|'(?:[^'\\]+|\\.?)*'?)"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])|[^\#"'()\[\]{}]+|.""",
    re.DOTALL,
)


def plain_python(cell: str) -> str:
    """The Python of a notebook's cell: as many rows, and each character in its column.

    Magics and shell lines become ``pass``, and what is assigned from one becomes a call of a
    function nobody knows. A cell magic that runs its cell (``%%time``) loses its own line; any
    other one loses the cell.
    """
    if not any(mark in cell for mark in "!%?"):
        return cell
    lines = split_lines(cell)
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines and (magic := _CELL_MAGIC.match(lines[first])):
        if magic[1] not in _TRANSPARENT:
            return _joined(map(_blank, lines))
        lines[first] = _blank(lines[first])
    return _joined(_plain_lines(lines))


def _joined(lines: Iterable[str]) -> str:
    """Lines as a text in which each of them still ends where it did."""
    text: list[str] = []
    for line in lines:
        if line.startswith("\n") and text and text[-1].endswith("\r"):
            text.append(" ")  # else both would be one line break
        text.append(line)
    return "".join(text)


def _plain_lines(lines: list[str]) -> list[str]:
    result: list[str] = []
    state = _Reading()
    escaped = False  # within an escaped line that a backslash continues
    for line in lines:
        if escaped:
            escaped = _continues(line)
            result.append(_blank(line))
        elif state.within or (replaced := _replaced(line)) is None:
            state.read(line)
            result.append(line)
        else:
            escaped = _continues(line)
            result.append(replaced + _break(line))
    return result


def _replaced(line: str) -> str | None:
    """What stands for a line that only IPython understands; None if Python does."""
    if timed := _TIMED.match(line):
        indent, magic, rest = timed[1], timed[2], timed[3].rstrip("\r\n")
        alone = _Reading()
        alone.read(rest)
        if not alone.within and not _COMPOUND.match(rest):
            return f"{indent}pass{' ' * (len(magic) - 6)}; {rest}"
    if _ESCAPED.match(line) or _HELP.match(line.rstrip(" \t\r\n")):
        return line[: len(line) - len(line.lstrip(" \t"))] + "pass"
    if assigned := _ASSIGNED.match(line):
        return f"{assigned[1]}get_ipython()"
    return None


def _continues(line: str) -> bool:
    return line.rstrip("\r\n").endswith("\\")


def _break(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


_blank = _break


class _Reading:
    """Reads lines one after another and knows whether the next begins within a statement."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""
        self._continued = False

    @property
    def within(self) -> bool:
        """Whether the next line goes on with a string, a bracket or a line ended by a backslash."""
        return bool(self._depth or self._quote or self._continued)

    def read(self, line: str) -> None:
        """Reads one line."""
        offset = self._close(line, 0) if self._quote else 0
        comment = False
        while offset < len(line):
            match = _TOKEN.match(line, offset)
            assert match is not None
            offset = match.end()
            if match.lastgroup == "long":
                self._quote = match.group()
                offset = self._close(line, offset)
            elif match.lastgroup == "open":
                self._depth += 1
            elif match.lastgroup == "close":
                self._depth = max(0, self._depth - 1)
            comment = match.lastgroup == "comment"
        self._continued = not comment and not self._quote and _continues(line)

    def _close(self, line: str, offset: int) -> int:
        """The offset behind the open string's end, or of the line's end if it goes on."""
        while offset < len(line):
            if line.startswith(self._quote, offset):
                offset += len(self._quote)
                self._quote = ""
                return offset
            offset += 2 if line[offset] == "\\" else 1
        return len(line)
