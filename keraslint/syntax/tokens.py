"""The tokens of Python that tell how it nests, found without parsing it.

Whatever the text, this takes a time that grows with its length, and no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

_COMMON = r"""
    (?P<newline>\r\n?|\n)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<string>
        \"{3} (?:[^"\\]+ | \\[\s\S] | "{1,2}(?!"))* (?:\"{3} | \Z)
        | '{3} (?:[^'\\]+ | \\[\s\S] | '{1,2}(?!'))* (?:'{3} | \Z)
        | " (?:[^"\\\r\n]+ | \\(?:\r\n|[\s\S]))* "?
        | ' (?:[^'\\\r\n]+ | \\(?:\r\n|[\s\S]))* '?
      )
    | (?P<comment>\#[^\r\n]*)
    | (?P<continued>\\(?:\r\n?|\n)?)
"""
# What begins no token is skipped at once, else the pattern would be tried at each character.
_BEFORE, _END = r"""[^()\[\]{}"'#\\\r\n]*(?:""", r"|\Z)"
_COLON = "| (?P<colon>:)"
_OPERATORS = r"""
    | (?P<comma>,)
    | (?P<semicolon>;)
    | (?P<operator>
        \b (?:lambda|not|if|for|and|or|in|is|await) \b
        | \. (?=\s*(?:\\\s*)?[^\W\d])
        | [-+*/%@&|^~<>=]
      )
"""
_PLAIN = re.compile(_BEFORE + _COMMON + _END, re.VERBOSE)
_ALL, _PLAIN_INSIDE, _ALL_INSIDE = (
    re.compile(_COMMON + more, re.VERBOSE) for more in (_OPERATORS, _COLON, _COLON + _OPERATORS)
)
_PREFIX = re.compile(r"(?:\b|(?<=\d))[rR]?[fFtT][rR]?$")
# Within a formatted string: what ends it, begins or ends an expression, or stands for itself.
_PIECE = re.compile(r"\\[\s\S] | \{\{ | \"{3} | '{3} | [\"'{}\r\n]", re.VERBOSE)

Token = tuple[str, int, int]
_LETTERS = frozenset("fFtTrR")
_SILENT = frozenset(("comment", "continued", "colon"))


def tokens(
    text: str, start: int = 0, end: int | None = None, *, operators: bool = False
) -> Iterator[Token]:
    """The tokens in a stretch of a program: their kinds, and where they begin and end.

    The kinds are ``open`` and ``close`` for brackets, also those of expressions in formatted
    strings, ``string``, and ``newline``; with ``operators`` also ``operator``, ``comma`` and
    ``semicolon``.
    """
    outside, inside = (_ALL, _ALL_INSIDE) if operators else (_PLAIN, _PLAIN_INSIDE)
    end = len(text) if end is None else end
    # What stands around: formatted strings by their quotes (none for a format specification), and
    # expressions in them by the number of brackets open there.
    around: list[str | int] = []
    while start < end:
        if around and isinstance(around[-1], str):
            start = yield from _literal(text, start, end, around)
        else:
            pattern = inside if around else outside
            start = yield from _code(text, pattern.finditer(text, start, end), end, around)


def _code(
    text: str, matches: Iterator[re.Match[str]], end: int, around: list[str | int]
) -> Generator[Token, None, int]:
    """The tokens up to where a formatted string begins or goes on."""
    for match in matches:
        kind = match.lastgroup
        if kind is None or (kind in _SILENT and not around):
            continue
        start = match.start(kind)
        if kind == "string" and _is_formatted(text, start):
            quote = text[start]
            quote = quote * 3 if text.startswith(quote * 3, start) else quote
            yield kind, start, match.end()
            around.append(quote)
            return start + len(quote)
        if around and kind in {"open", "close", "colon"}:
            depth = around[-1]
            assert isinstance(depth, int)
            if kind == "colon" and not depth:
                around.append("")
                return match.end()
            if kind == "close" and not depth:
                around.pop()
                yield kind, start, match.end()
                return match.end()
            around[-1] = depth + {"open": 1, "close": -1, "colon": 0}[kind]
        if kind not in _SILENT:
            yield kind, start, match.end()
    return end


def _is_formatted(text: str, quote: int) -> bool:
    before = text[max(quote - 3, 0) : quote]
    return before[-1:] in _LETTERS and bool(_PREFIX.search(before))


def _literal(
    text: str, start: int, end: int, around: list[str | int]
) -> Generator[Token, None, int]:
    """The tokens up to where an expression in a formatted string begins, or the string ends."""
    quote = around[-1]
    assert isinstance(quote, str)
    for match in _PIECE.finditer(text, start, end):
        piece, offset = match.group(), match.start()
        if piece == "{" or (piece == "{{" and not quote):
            around.append(0)
            yield "open", offset, offset + 1
            return offset + 1
        if piece == "}" and not quote:
            del around[-2:]
            yield "close", offset, offset + 1
            return offset + 1
        if quote and piece.startswith(quote):
            around.pop()
            return offset + len(quote)
        if piece in {"\r", "\n"} and len(quote) == 1:
            around.clear()
            return offset
    return end
