"""A finding as the fields that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.findings import Finding, Fix

if TYPE_CHECKING:
    from keraslint.analysis import Location


def record(finding: Finding) -> dict[str, Any]:
    """A finding with the names and meanings that stay the same from release to release."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": list(finding.help),
        "filename": finding.location.filename,
        "cell": finding.location.cell,
        **span(finding.location),
        "entry": finding.entry,
        "fix": fix_record(finding.fix) if finding.fix else None,
        "related": [
            {
                "message": related.message,
                "filename": related.location.filename,
                "cell": related.location.cell,
                **span(related.location),
            }
            for related in finding.related
        ],
        "url": finding.url,
    }


def fix_record(fix: Fix) -> dict[str, Any]:
    """How a finding can be mended."""
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [
            {
                "content": edit.content,
                "filename": edit.location.filename,
                "cell": edit.location.cell,
                **span(edit.location),
            }
            for edit in fix.edits
        ],
    }


def span(location: Location) -> dict[str, dict[str, int]]:
    """Both ends of a location."""
    return {
        "location": {"row": location.row, "column": location.column},
        "end_location": {"row": location.end_row, "column": location.end_column},
    }
