"""What was found in one file, and its form on its way between processes and runs."""

from __future__ import annotations

from keraslint.files.evidence import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from keraslint.findings import Finding
    from keraslint.locations import Location
    from keraslint.rules.allowances import Mark


class Outcome:
    """What was found in one file.

    Attributes:
        path: the file, as it was given.
        digest: of its content; `None` if it cannot be read.
        findings: in the file, and in others that it leads to.
        marks: its suppressions, and those of other files that allowed something.
        defects: where keraslint failed, one line each.
        evidence: what else the findings rest on.
    """

    __slots__ = ("defects", "digest", "evidence", "findings", "marks", "path")

    def __init__(
        self,
        path: str,
        digest: str | None,
        findings: list[Finding] | None = None,
        marks: list[Mark] | None = None,
    ) -> None:
        self.path = path
        self.digest = digest
        self.findings = findings or []
        self.marks = marks or []
        self.defects: list[str] = []
        self.evidence = Evidence()


def pack(outcome: Outcome) -> list[Any]:
    """The findings and marks, as JSON knows them; the file's own path is left out."""
    own = outcome.path
    findings = [_pack_finding(finding, own) for finding in outcome.findings]
    marks = [[_name(path, own), *rest] for path, *rest in outcome.marks]
    return [findings, marks]


def unpack(path: str, digest: str | None, packed: list[Any]) -> Outcome:
    """The outcome again, of a file that may be called by another path now."""
    findings, marks = packed
    return Outcome(
        path,
        digest,
        [_unpack_finding(found, path) for found in findings],
        [(name or path, program, number, tuple(codes)) for name, program, number, codes in marks],
    )


def _name(filename: str, own: str) -> str:
    return "" if filename == own else filename


def _pack_location(location: Location, own: str) -> list[Any]:
    return [
        _name(location.filename, own),
        location.row,
        location.column,
        location.end_row,
        location.end_column,
        location.cell,
    ]


def _pack_finding(finding: Finding, own: str) -> list[Any]:
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        finding.severity.value,
        finding.message,
        _pack_location(finding.location, own),
        finding.help,
        finding.entry,
        fix
        and [
            fix.message,
            [[edit.content, _pack_location(edit.location, own)] for edit in fix.edits],
            fix.applicability,
        ],
        finding.url,
        [[each.message, _pack_location(each.location, own)] for each in finding.related],
    ]


def _unpack_location(packed: list[Any], own: str) -> Location:
    from keraslint.locations import Location

    name, *rest = packed
    return Location(name or own, *rest)


def _unpack_finding(packed: list[Any], own: str) -> Finding:
    from keraslint.findings import Edit, Finding, Fix, Related, Severity

    code, name, severity, message, location, helps, entry, fix, url, related = packed
    if fix is not None:
        told, edits, applicability = fix
        places = tuple(Edit(content, _unpack_location(where, own)) for content, where in edits)
        fix = Fix(told, places, applicability)
    return Finding(
        code,
        name,
        Severity(severity),
        message,
        _unpack_location(location, own),
        tuple(helps),
        entry,
        fix,
        url,
        tuple(Related(told, _unpack_location(where, own)) for told, where in related),
    )
