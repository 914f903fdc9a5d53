"""One JSON array of all findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from keraslint.findings import Finding
from keraslint.reports.records import record
from keraslint.terminal import Canvas


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """The array, an item a line."""
    items = [json.dumps(record(finding)) for finding in findings]
    yield "[" + ",\n ".join(items) + "]\n"
