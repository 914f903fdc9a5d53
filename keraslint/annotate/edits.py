"""Writing, correcting and removing comments with output shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.analysis import Location
from keraslint.annotate.remarks import Notes, correction, notes, speaks_of_other
from keraslint.annotate.spots import Spot, end_of_row
from keraslint.annotate.stated import text_of
from keraslint.findings import Edit
from keraslint.sources import Position, Span

if TYPE_CHECKING:
    from keraslint.analysis import Analysis

LABEL = "Output Shape:"
_OURS = re.compile(rf"# {LABEL} (?=[(\[])")
INPUTS = ("keras.layers.InputLayer", "keras.layers.Input", "keras.Input")


def updates(analysis: Analysis, style: str = "auto") -> list[Edit]:
    """The edits after which every layer has its output shape beside it, and no comment is wrong.

    Args:
        analysis: the analysed file.
        style: where new comments go: ``below``, ``behind``, or ``auto``, which puts them below
            statements and behind items of lists.
    """
    known = notes(analysis)
    edits = [edit for _, edit in _missing(analysis, known, style)]
    for remark in known.remarks:
        right = correction(remark)
        if right is not None:
            edits.append(Edit(right, _location(analysis, remark.span)))
    return edits


def missing(analysis: Analysis, style: str = "auto") -> list[tuple[Spot, Edit]]:
    """The spots that lack a comment, each with the edit that gives it one."""
    return list(_missing(analysis, notes(analysis), style))


def removals(analysis: Analysis) -> list[Edit]:
    """The edits that remove the comments that `updates` writes."""
    known = notes(analysis)
    edits = []
    for remark in known.remarks:
        ours = _OURS.search(remark.comment.text)
        if ours is None or ours.end() != remark.stated.start:
            continue
        row, column = remark.comment.span.start
        line = known.lines[row - 1]
        start = Position(row, column + ours.start())
        if line[: start.column - 1].strip():
            kept = line[: start.column - 1].rstrip()
            span = Span(Position(row, len(kept) + 1), remark.span.end)
        elif line[remark.span.end.column - 1 :].strip():
            continue
        else:
            span = Span(end_of_row(known.lines, row - 1), end_of_row(known.lines, row))
        edits.append(Edit("", _location(analysis, span)))
    return edits


def _missing(analysis: Analysis, known: Notes, style: str) -> Iterator[tuple[Spot, Edit]]:
    if not known.spots:
        return
    if any(block.cell is None for block in analysis.syntax.source.blocks):
        return  # a document's code may need prompts or indentation
    told = {remark.spot for remark in known.remarks}
    told |= {remark.other for remark in known.remarks if remark.other and speaks_of_other(remark)}
    for spot in known.spots:
        shapes = spot.output
        if shapes is None or spot in told or spot.site is None or spot.site.layer in INPUTS:
            continue
        text = f"# {LABEL} {text_of(shapes)}"
        end = end_of_row(known.lines, spot.row)
        if style == "behind" or (spot.item and style == "auto"):
            end = Position(spot.row, len(known.lines[spot.row - 1].rstrip()) + 1)
            content = f"  {text}"
        else:
            line = known.lines[spot.span.start.row - 1]
            content = f"\n{line[: spot.span.start.column - 1]}{text}"
        yield spot, Edit(content, _location(analysis, Span(end, end)))


def _location(analysis: Analysis, span: Span) -> Location:
    return Location.of(analysis.syntax.source, span)
