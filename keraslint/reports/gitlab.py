"""A Code Quality report of GitLab."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from keraslint.findings import Finding, Severity
from keraslint.reports.plain import file, one_line, row
from keraslint.terminal import Canvas

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """One JSON array; a finding keeps its fingerprint when only its line changes."""
    seen: Counter[tuple[str, str, str]] = Counter()
    items = []
    for finding in findings:
        path = file(finding.location.filename)
        identity = (path, finding.code, finding.message)
        seen[identity] += 1
        key = "\0".join((*identity, str(seen[identity])))
        last = finding.location.end_row if finding.location.cell is None else 1
        items.append(
            {
                "description": one_line(finding),
                "check_name": finding.code,
                "fingerprint": sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
                "severity": SEVERITIES[finding.severity],
                "location": {
                    "path": path,
                    "lines": {"begin": row(finding), "end": last},
                },
            }
        )
    yield json.dumps(items, indent=1) + "\n"
