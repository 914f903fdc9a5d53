"""One JSON object a line, for tools that read as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from keraslint.findings import Finding
from keraslint.reports.records import record
from keraslint.terminal import Canvas


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """A line for each finding."""
    for finding in findings:
        yield json.dumps(record(finding)) + "\n"
