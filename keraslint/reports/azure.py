"""Log commands of Azure Pipelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.findings import Finding, Severity
from keraslint.reports.plain import file, one_line, row
from keraslint.terminal import Canvas, printable


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """A command for each finding."""
    for finding in findings:
        properties = {
            "type": "error" if finding.severity is Severity.ERROR else "warning",
            "sourcepath": printable(file(finding.location.filename)),
            "linenumber": str(row(finding)),
            "columnnumber": str(finding.location.column),
            "code": finding.code,
        }
        shown = "".join(f"{key}={_property(value)};" for key, value in properties.items())
        yield f"##vso[task.logissue {shown}]{_data(one_line(finding))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")
