"""How often each rule found something, instead of what it found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from keraslint.findings import Finding


def as_text(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for each rule, the most frequent first; a star where fixes are offered."""
    for row in rows(findings):
        star = "*" if row["fixable"] else " "
        yield f"{row['count']:>5}  {row['code']}  [{star}] {row['name']}\n"


def as_json(findings: Sequence[Finding]) -> Iterator[str]:
    """A JSON array with an object for each rule."""
    yield json.dumps(list(rows(findings)), indent=1) + "\n"


def rows(findings: Sequence[Finding]) -> list[dict[str, str | int]]:
    """Code, name, how many findings there are, and how many of them have a fix."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.name), []).append(finding)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [
        {
            "code": code,
            "name": name,
            "count": len(found),
            "fixable": sum(finding.fix is not None for finding in found),
        }
        for (code, name), found in ordered
    ]
