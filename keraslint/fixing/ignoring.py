"""Writing comments that allow what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keraslint.analysis import Location
from keraslint.findings import Edit, Finding
from keraslint.sources import Position, Span, split_lines
from keraslint.syntax import find_comments, suppressions

if TYPE_CHECKING:
    from keraslint.syntax import Comments, ParsedModule, Suppression

UNAVOIDABLE = frozenset(("KL001", "KL002", "KL003"))


def ignores(parsed: ParsedModule, findings: Iterable[Finding]) -> list[Edit]:
    """The edits that add comments to a program which allow the findings in it."""
    comments = find_comments(parsed.module)
    wanted: dict[int, set[str]] = {}
    for finding in findings:
        if finding.code not in UNAVOIDABLE:
            row = _row_for_comment(comments, finding.location.span_in(parsed.source).start.row)
            wanted.setdefault(row, set()).add(finding.code)
    lines = split_lines(comments.text)
    there = {
        suppression.span.start.row: suppression
        for suppression in suppressions(parsed.module, comments.text)
        if suppression.rules and suppression.rows is not None
    }
    edits = []
    for row, codes in sorted(wanted.items()):
        span, content = _edit(lines[row - 1], row, sorted(codes), there.get(row))
        edits.append(Edit(content, Location.of(parsed.source, span)))
    return edits


def _row_for_comment(comments: Comments, row: int) -> int:
    """The first row from this one on that can have a comment."""
    ends = [last for first, last in comments.joined if first <= row < last]
    return _row_for_comment(comments, max(ends)) if ends else row


def _edit(line: str, row: int, codes: list[str], there: Suppression | None) -> tuple[Span, str]:
    text = line.rstrip()
    if there is not None:
        start, end = there.span
        directive = text[start.column - 1 : end.column - 1]
        if directive.endswith("]"):
            at = Position(row, end.column - 1)
            return Span(at, at), f", {', '.join(codes)}"
    at = Position(row, len(text) + 1)
    return Span(at, at), f"  # keraslint: ignore[{', '.join(codes)}]"
