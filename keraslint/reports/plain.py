"""A finding in one line, for formats that have no room for more."""

from __future__ import annotations

from keraslint.findings import Finding
from keraslint.terminal import printable


def one_line(finding: Finding) -> str:
    """The message, what to do, and the cell, which formats about plain files cannot tell."""
    location = finding.location
    where = "" if location.cell is None else f"cell {location.cell}, line {location.row}: "
    return printable(where + "; ".join((finding.message, *finding.help)))


def row(finding: Finding) -> int:
    """The row in the file; the first one for a notebook, whose rows count within cells."""
    return finding.location.row if finding.location.cell is None else 1
