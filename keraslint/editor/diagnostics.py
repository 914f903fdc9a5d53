"""Findings as editors show them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from lsprotocol import types

from keraslint.analysis import Location
from keraslint.editor.columns import Columns, Layout
from keraslint.findings import Finding, Severity
from keraslint.sources import UnreadableError, load

SOURCE = "keraslint"
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
TAGS = {
    "KL003": types.DiagnosticTag.Unnecessary,
    "KL410": types.DiagnosticTag.Unnecessary,
    "KL411": types.DiagnosticTag.Unnecessary,
    "KL505": types.DiagnosticTag.Deprecated,
    "KL509": types.DiagnosticTag.Deprecated,
}


def diagnostics(layout: Layout, findings: Iterable[Finding]) -> dict[str, list[types.Diagnostic]]:
    """The findings of a draft by sheet; every sheet is there, so that old ones go."""
    made: dict[str, list[types.Diagnostic]] = {sheet.uri: [] for sheet in layout.draft.sheets}
    for finding in findings:
        uri, _ = layout.range(finding.location)
        made[uri].append(diagnostic(layout, finding))
    return made


def diagnostic(layout: Layout, finding: Finding) -> types.Diagnostic:
    """One finding."""
    _, where = layout.range(finding.location)
    tag = TAGS.get(finding.code)
    return types.Diagnostic(
        range=where,
        message="\n".join((finding.message, *finding.help)),
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(finding.url) if finding.url else None,
        source=SOURCE,
        tags=[tag] if tag else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                _elsewhere(layout, related.location), related.message
            )
            for related in finding.related
        ]
        or None,
    )


def _elsewhere(layout: Layout, location: Location) -> types.Location:
    """A location that may be in another file."""
    if layout.draft.is_at(location.filename):
        return types.Location(*layout.range(location))
    path = os.path.realpath(location.filename)
    columns = _columns(path, _stamp(path), layout.encoding)
    start = columns.position(location.row, location.column)
    end = columns.position(location.end_row, location.end_column)
    return types.Location(Path(path).as_uri(), types.Range(start, end))


@lru_cache(maxsize=8)
def _columns(path: str, _stamp: float, encoding: types.PositionEncodingKind) -> Columns:
    try:
        return Columns(load(path).original, encoding)
    except UnreadableError:
        return Columns("", encoding)


def _stamp(path: str) -> float:
    try:
        return Path(path).stat().st_mtime
    except OSError:
        return 0.0
