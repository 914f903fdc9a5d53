"""A finding in one line, and its file, for programs that show findings elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

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


def file(filename: str) -> str:
    """A path as those programs know it: from the folder that the command runs in, if it is there.

    Nothing stands before it, for they compare it with the paths of a repository.
    """
    if Path(filename).is_absolute():
        inside = os.path.relpath(filename)
        return filename if inside.startswith("..") else inside.replace(os.sep, "/")
    return os.path.normpath(filename).replace(os.sep, "/")
