"""Which edits can be made together, and what a program is after them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from keraslint.findings import Edit, Finding, Fix
from keraslint.sources import Edit as SourceEdit
from keraslint.sources import Place, Source, UnreadableError, holds_still, read_source, rewrite
from keraslint.syntax import parse, with_room


def compatible(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes can be made at once; of those that exclude each other, the first.

    Two fixes that agree on an edit, such as an import that both need, share it.
    """
    chosen: list[Finding] = []
    taken: set[Edit] = set()
    for finding in findings:
        assert finding.fix is not None
        new = [edit for edit in finding.fix.edits if edit not in taken]
        if not any(_conflict(edit, other) for edit in new for other in taken):
            chosen.append(finding)
            taken.update(new)
    return chosen


def apply(source: Source, fixes: Iterable[Fix]) -> Source | None:
    """The program after some fixes; `None` if they cannot be made.

    That is so if the file's encoding has no way to write them or to read them again, if they would
    leave their block of code in a document, and if libcst does not give back the program as it is
    (a form feed before a statement is lost): then places in it are not certain.
    """
    parsed = parse(source)
    if not parsed.problems:
        code = with_room(lambda: parsed.module.code)
        if code.rstrip() != source.text.rstrip():  # blanks at the end are lost, and nobody's place
            return None
    edits = {_source_edit(edit) for fix in fixes for edit in fix.edits}
    text = rewrite(source, edits)
    try:
        after = read_source(source.path, source.encode(text), source.index)
    except (UnicodeEncodeError, UnreadableError):
        return None
    return after if not source.is_excerpt or holds_still(source, edits, after) else None


def stays_in(fix: Fix, path: str) -> bool:
    """Whether a fix edits no other file than the one at a path."""
    files = {edit.location.filename for edit in fix.edits}
    return all(name == path or os.path.realpath(name) == os.path.realpath(path) for name in files)


def _source_edit(edit: Edit) -> SourceEdit:
    start, end = _ends(edit)
    return SourceEdit(start, end, edit.content)


def _ends(edit: Edit) -> tuple[Place, Place]:
    location = edit.location
    start = Place(location.cell, location.row, location.column)
    return start, Place(location.cell, location.end_row, location.end_column)


def _conflict(one: Edit, other: Edit) -> bool:
    """Whether the order of two edits would matter."""
    start, end = _ends(one)
    begin, finish = _ends(other)
    if start[0] != begin[0]:
        return False
    return start == begin or (start < finish and begin < end)
