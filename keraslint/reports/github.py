"""Annotations of GitHub Actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.findings import Finding, Severity
from keraslint.reports.plain import file, one_line
from keraslint.terminal import Canvas, printable

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """A workflow command for each finding."""
    for finding in findings:
        location = finding.location
        properties = {
            "title": f"{finding.code} {finding.name}",
            "file": printable(file(location.filename)),
        }
        if location.cell is None:
            properties["line"] = str(location.row)
            properties["endLine"] = str(location.end_row)
            if location.row == location.end_row:
                properties["col"] = str(location.column)
                properties["endColumn"] = str(location.end_column)
        shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        yield f"::{COMMANDS[finding.severity]} {shown}::{_data(one_line(finding))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
