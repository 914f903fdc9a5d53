"""The Static Analysis Results Interchange Format, version 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from keraslint import __version__
from keraslint.findings import Finding, Fix, Severity
from keraslint.reports.plain import file, one_line
from keraslint.terminal import Canvas

if TYPE_CHECKING:
    from keraslint.analysis import Location

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """The whole document."""
    rules = {finding.code: finding for finding in reversed(findings)}
    codes = sorted(rules)
    run = {
        "tool": {
            "driver": {
                "name": "keraslint",
                "version": __version__,
                "rules": [_rule(rules[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(document, indent=1) + "\n"


def _rule(finding: Finding) -> dict[str, Any]:
    words = {"text": finding.name.replace("-", " ")}
    return {
        "id": finding.code,
        "name": finding.name,
        "shortDescription": words,  # GitHub wants this and the next two
        "fullDescription": words,
        "help": {"text": f"See {finding.url}"},
        "helpUri": finding.url,
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": one_line(finding)},
        "locations": [_location(finding.location)],
    }
    if finding.related:
        found["relatedLocations"] = [
            {"id": number, "message": {"text": related.message}, **_location(related.location)}
            for number, related in enumerate(finding.related)
        ]
    if finding.fix and finding.location.cell is None:
        found["fixes"] = [_fix(finding.fix)]
    return found


def _location(location: Location) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(location)}
    if location.cell is None:
        physical["region"] = _region(location)
    return {"physicalLocation": physical}


def _artifact(location: Location) -> dict[str, str]:
    return {"uri": quote(file(location.filename).encode("utf-8", "surrogateescape"))}


def _region(location: Location) -> dict[str, int]:
    return {
        "startLine": location.row,
        "startColumn": location.column,
        "endLine": location.end_row,
        "endColumn": location.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {}
    for edit in fix.edits:
        artifact = _artifact(edit.location)
        change = changes.setdefault(
            artifact["uri"], {"artifactLocation": artifact, "replacements": []}
        )
        change["replacements"].append(
            {
                "deletedRegion": _region(edit.location),
                "insertedContent": {"text": edit.content},
            }
        )
    return {"description": {"text": fix.message}, "artifactChanges": list(changes.values())}
