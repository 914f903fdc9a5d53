"""Lines as Pylint writes them, which many tools read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.findings import Finding
from keraslint.reports.plain import one_line, row
from keraslint.terminal import Canvas, printable


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """A line for each finding."""
    for finding in findings:
        where = f"{printable(finding.location.filename)}:{row(finding)}"
        code = f"[{finding.code}({finding.name}), {printable(finding.entry)}]"
        yield f"{where}: {code} {one_line(finding)}\n"
