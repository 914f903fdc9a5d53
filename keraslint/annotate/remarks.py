"""Comments that state output shapes, and the spots they speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keraslint.annotate.spots import Spot, lines_of, spots
from keraslint.annotate.stated import Stated, contradicts, corrected, stated, text_of
from keraslint.sources import Position, Source, Span
from keraslint.syntax import Comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keraslint.analysis import Analysis


_MAYBE_COMMENT = re.compile(r"#[^\r\n]*")
_BEGIN = re.compile(r"(?<!#)#")
_LONG = 500
_HINT = re.compile(r"shape|形状|dim|[-=]>|→|⇒|#[ \t]*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that states the output shape of a spot.

    Attributes:
        comment: the comment.
        stated: the shape in it.
        spot: what it stands behind or below.
        other: the spot right below it, if it may as well speak of that.
    """

    comment: Comment
    stated: Stated
    spot: Spot
    other: Spot | None = None

    @property
    def span(self) -> Span:
        """Where the shape stands in the program."""
        row, column = self.comment.span.start
        return Span(
            Position(row, column + self.stated.start), Position(row, column + self.stated.end)
        )


@dataclass(slots=True)
class Notes:
    """The spots of a program, and the remarks about each of them.

    Attributes:
        lines: the lines of the program.
        spots: all spots, in order.
        remarks: all remarks, in order.
    """

    lines: list[str]
    spots: list[Spot]
    remarks: list[Remark]


def remarks(analysis: Analysis) -> list[Remark]:
    """What comments in the analysed file say about output shapes."""
    if analysis.syntax is None or not _may_state(analysis.syntax.source.text):
        return []
    return notes(analysis).remarks


def _may_state(text: str) -> bool:
    """Whether any comment can state a shape, as far as that is seen without parsing."""
    return any(
        "," in rest and ("(" in rest or "[" in rest) and _HINT.search(rest) and _may_be_one(rest)
        for rest in _MAYBE_COMMENT.findall(text)
    )


def _may_be_one(rest: str) -> bool:
    """Whether what follows a ``#``, or another one behind it, states a shape as a comment."""
    return len(rest) > _LONG or any(stated(rest[at.start() :]) for at in _BEGIN.finditer(rest))


def notes(analysis: Analysis) -> Notes:
    """The spots of the analysed file, and what comments say about them."""
    found = spots(analysis) if analysis.syntax is not None else []
    if not found:
        return Notes([], [], [])
    lines = lines_of(analysis)
    reader = _Reader(analysis.syntax.source, lines, dict(_comments(lines, found)), found)
    return Notes(lines, found, [remark for spot in found for remark in reader.about(spot)])


def _comments(lines: list[str], spots: list[Spot]) -> Iterator[tuple[int, Comment]]:
    """The comments behind spots and below them, by row: nothing else can begin with ``#`` there."""
    for spot in spots:
        row, column = spot.span.end
        for place, start in ((row, column - 1), (row + 1, 0)):
            line = lines[place - 1].rstrip("\r\n") if place <= len(lines) else ""
            code, mark, said = line[start:].partition("#")
            if mark and (place == row or not code.strip()):
                begin = start + len(code) + 1
                span = Span(Position(place, begin), Position(place, len(line) + 1))
                yield place, Comment(span, mark + said)


def speaks_of_other(remark: Remark) -> bool:
    """Whether a remark fits the spot below it, and not the one that it stands below."""
    other = remark.other
    return other is not None and not _may_fit(remark, remark.spot) and _may_fit(remark, other)


def correction(remark: Remark) -> str | None:
    """What a remark should say; `None` if it may be right."""
    dims = remark.stated.dims
    only = remark.spot.output
    if only is None or _may_fit(remark, remark.spot):
        return None
    if remark.other is not None and _may_fit(remark, remark.other):
        return None
    if len(dims) > 1:
        return text_of(only)
    return corrected(dims[0], only[0]) if isinstance(only[0], tuple) else None


def _may_fit(remark: Remark, spot: Spot) -> bool:
    dims = remark.stated.dims
    for output in spot.outputs:
        if output is None or len(output) != len(dims):
            return True
        if not any(contradicts(d, shape) for d, shape in zip(dims, output, strict=True)):
            return True
    return not spot.outputs


@dataclass(slots=True)
class _Reader:
    source: Source
    lines: list[str]
    comments: dict[int, Comment]
    spots: list[Spot]

    def about(self, spot: Spot) -> list[Remark]:
        behind = self.comments.get(spot.row)
        found = []
        if behind is not None and (shape := stated(behind.text)):
            found.append(Remark(behind, shape, spot))
        below = self._below(spot)
        if below is not None and (shape := stated(below.text)):
            found.append(Remark(below, shape, spot, self._rival(below)))
        return found

    def _below(self, spot: Spot) -> Comment | None:
        """The comment that has the row below a spot to itself."""
        row = spot.row + 1
        comment = self.comments.get(row)
        if comment is None or self.lines[row - 1][: comment.span.start.column - 1].strip():
            return None
        here, there = (self.source.place(Position(r, 1)) for r in (spot.row, row))
        return comment if (here.cell, here.row + 1) == (there.cell, there.row) else None

    def _rival(self, comment: Comment) -> Spot | None:
        """The spot right below a comment, unless comments here evidently follow their spots."""
        first = following = self._at(comment.span.start.row + 1)
        while following is not None:
            below = self._below(following)
            if below is None or stated(below.text) is None:
                return first
            following = self._at(below.span.start.row + 1)
        return None

    def _at(self, row: int) -> Spot | None:
        return next((spot for spot in self.spots if spot.span.start.row == row), None)
