"""Comments that allow what a rule would report.

- ``# noqa`` and ``# noqa: KL101, KL102``, as flake8 and ruff read them, for a finding that begins
  or ends on the comment's row;
- ``# keraslint: ignore`` and ``# keraslint: ignore[KL101, input-rank]``, for the same rows, or the
  next row of code if the comment has a row to itself;
- ``# keraslint: file-ignore``, with or without rules in brackets, and ``# flake8: noqa``, for the
  whole file.

Rules are named by code, by the beginning of a code (``KL1``), or by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import libcst as cst

from keraslint.sources import Position, Span, split_lines
from keraslint.syntax.comments import Comment, find_comments

_MENTIONED = re.compile(r"noqa|keraslint:", re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"""
    \#\s* (?P<flake8>flake8:\s*)? noqa\b
    (?: \s*:\s* (?P<noqa>[A-Z]+[0-9]+ (?:[\s,]+[A-Z]+[0-9]+)*) )? (?![\w:-])
    | \#\s* keraslint:\s* (?P<file>file-)? ignore (?: \s*\[ (?P<rules>[^\]]*) \] )? (?![\w-])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATOR = re.compile(r"[\s,]+")
_CODE = re.compile(r"KL\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One directive in a comment.

    Attributes:
        span: The directive.
        rows: The rows whose findings it allows; None for the whole file.
        rules: The rules it names, of keraslint's only; None if it names none and so means all.
        shared: Whether it may as well speak to other tools, so that nobody can say it is unused.
    """

    span: Span
    rows: range | None
    rules: tuple[str, ...] | None
    shared: bool
    _text: str  # the directive's
    _line: str  # that it stands in

    def covers(self, code: str, name: str, span: Span) -> bool:
        """Whether it allows the finding of a rule, by its code and name, at a span."""
        return self._reaches(span) and (
            self.rules is None or any(_names(rule, code, name) for rule in self.rules)
        )

    def without(self, rules: Collection[str]) -> tuple[Span, str]:
        """How to take rules out of the directive, as a span to be replaced and its new content.

        The whole directive goes if no rule remains, and with it the whitespace before it, or its
        row if it had that to itself.

        Args:
            rules: Some of ``self.rules``; of a directive without rules, anything.
        """
        kept = _without_rules(self._text, rules) if self.rules is not None else ""
        if kept:
            return self.span, kept
        start, end = self.span
        before, after = self._line[: start.column - 1], self._line[end.column - 1 :]
        rest = after.strip()
        if rest:
            end = Position(end.row, len(self._line.rstrip("\r\n")) + 1)
            return Span(start, end), rest if rest.startswith("#") else f"# {rest}"
        if not before.strip():
            return Span(Position(start.row, 1), Position(start.row + 1, 1)), ""
        start = Position(start.row, len(before.rstrip()) + 1)
        return Span(start, Position(end.row, len(self._line.rstrip("\r\n")) + 1)), ""

    def _reaches(self, span: Span) -> bool:
        return self.rows is None or span.start.row in self.rows or span.end.row in self.rows


def suppressions(module: cst.Module, text: str) -> list[Suppression]:
    """The directives in a module's comments, in order; ``text`` is the module's code."""
    if not _MENTIONED.search(text) or not any(map(_is_ours, _DIRECTIVE.finditer(text))):
        return []
    found = find_comments(module)
    lines = split_lines(found.text)
    return [
        suppression
        for comment in found.comments
        for suppression in _directives(comment, lines, found.first_row(comment.span.start.row))
    ]


def _directives(comment: Comment, lines: list[str], first: int) -> Iterator[Suppression]:
    row, column = comment.span.start
    line = lines[row - 1]
    for match in _DIRECTIVE.finditer(comment.text):
        if not _is_ours(match):
            continue
        listed = match["noqa"] if match["rules"] is None else match["rules"]
        rules = None if listed is None else tuple(_ours(listed, any_name=match["noqa"] is None))
        own = match["noqa"] is None and "keraslint" in match[0].lower()
        rows: range | None = range(first, row + 1)
        if match["file"] or match["flake8"]:
            rows = None
        elif own and not line[: column - 1].strip():
            rows = range(row, _next_code_row(lines, row) + 1)
        span = Span(Position(row, column + match.start()), Position(row, column + match.end()))
        yield Suppression(span, rows, rules, not own and rules is None, match[0], line)


def _is_ours(match: re.Match[str]) -> bool:
    """Whether a directive speaks to keraslint at all."""
    return not match["noqa"] or bool(_ours(match["noqa"], any_name=False))


def _ours(listed: str, *, any_name: bool) -> list[str]:
    names = [name for name in _SEPARATOR.split(listed) if name]
    return names if any_name else [name for name in names if _CODE.fullmatch(name)]


def _names(rule: str, code: str, name: str) -> bool:
    if _CODE.fullmatch(rule):
        return code.startswith(rule.upper())
    return rule == name


def _next_code_row(lines: list[str], row: int) -> int:
    for following, line in enumerate(lines[row:], row + 1):
        if (stripped := line.strip()) and not stripped.startswith("#"):
            return following
    return row


def _without_rules(directive: str, rules: Collection[str]) -> str:
    """The directive without some of its rules; empty if it would have none."""
    match = _DIRECTIVE.fullmatch(directive)
    assert match is not None
    group = "noqa" if match["rules"] is None else "rules"
    names = [name for name in _SEPARATOR.split(match[group]) if name]
    kept = [name for name in names if name not in rules]
    if not kept:
        return ""
    return directive[: match.start(group)] + ", ".join(kept) + directive[match.end(group) :]
