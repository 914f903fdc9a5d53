"""The Reviewdog Diagnostic Format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from keraslint.findings import Finding
from keraslint.reports.excerpts import text_of
from keraslint.reports.plain import file, one_line
from keraslint.terminal import Canvas

if TYPE_CHECKING:
    from keraslint.analysis import Location


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """The whole document."""
    document = {
        "source": {"name": "keraslint"},
        "diagnostics": [_diagnostic(finding) for finding in findings],
    }
    yield json.dumps(document, indent=1) + "\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": one_line(finding),
        "location": _location(finding.location),
        "severity": finding.severity.name,
        "code": {"value": finding.code, "url": finding.url},
    }
    if finding.fix and finding.location.cell is None:
        found["suggestions"] = [
            {"range": _range(edit.location), "text": edit.content} for edit in finding.fix.edits
        ]
    return found


def _location(location: Location) -> dict[str, Any]:
    found: dict[str, Any] = {"path": file(location.filename)}
    if location.cell is None:
        found["range"] = _range(location)
    return found


def _range(location: Location) -> dict[str, Any]:
    return {
        "start": _point(location, location.row, location.column),
        "end": _point(location, location.end_row, location.end_column),
    }


def _point(location: Location, row: int, column: int) -> dict[str, int]:
    """A point whose column counts bytes of UTF-8, as the format wants it."""
    before = text_of(location, row)[: column - 1]
    extra = len(before.encode("utf-8", "surrogateescape")) - len(before)
    return {"line": row, "column": column + extra}
