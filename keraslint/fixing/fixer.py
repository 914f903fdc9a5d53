"""Fixing one program, pass by pass, until nothing is left that may be fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from keraslint.findings import Finding, Severity
from keraslint.fixing.edits import apply, compatible, stays_in
from keraslint.sources import Source

MAX_PASSES = 100
MAX_IN_A_ROW = 20
"""How many fixes may follow from one, such as along a stack of layers."""

Check = Callable[[Source], "Sequence[Finding] | None"]
"""What is found in a program; `None` if that cannot be told."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What came of fixing a program.

    Attributes:
        source: the program now.
        findings: what is still found in it.
        fixed: the findings whose fixes were made.
        refused: those whose fixes were tried, and would have done harm.
    """

    source: Source
    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Fixer:
    """Makes the fixes of findings, and takes back those that do harm.

    A fix is taken back if the program does not parse any more, or if something is found then that
    was not found before, unless the fixes of what was found leave nothing of it. Only a safe fix of
    an error may bring other findings to light: the program ended with that error, and nobody could
    see what is wrong behind it.

    Attributes:
        check: finds what is wrong with a program.
        unsafe: whether to make unsafe fixes, too.
    """

    check: Check
    unsafe: bool = False
    _refused: set[Hashable] = field(default_factory=set)

    def fix(self, source: Source, findings: Sequence[Finding]) -> Fixed:
        """Fix a program, given what was found in it."""
        fixed: list[Finding] = []
        self._refused.clear()
        at_once: int | None = None
        for _ in range(MAX_PASSES):
            batch = self._batch(source, findings)[:at_once]
            if not batch:
                break
            after = self._attempt(source, findings, batch)
            if after is not None:
                source, findings, made = after
                fixed += made
                at_once = None
            elif len(batch) > 1:
                at_once = len(batch) // 2
            else:
                self._refused.add(_identity(source, batch[0]))
                at_once = None
        refused = [f for f in findings if f.fix and _identity(source, f) in self._refused]
        return Fixed(source, tuple(findings), tuple(fixed), tuple(refused))

    def _batch(self, source: Source, findings: Iterable[Finding]) -> list[Finding]:
        return compatible(
            finding
            for finding in findings
            if finding.fix is not None
            and (self.unsafe or finding.fix.applicability == "safe")
            and stays_in(finding.fix, source.path)
            and _identity(source, finding) not in self._refused
        )

    def _attempt(
        self, source: Source, before: Sequence[Finding], batch: Sequence[Finding]
    ) -> tuple[Source, Sequence[Finding], list[Finding]] | None:
        """The program after some fixes, what is found in it, and what was fixed."""
        findings, made = before, list[Finding]()
        for _ in range(MAX_IN_A_ROW):
            after = apply(source, [finding.fix for finding in batch if finding.fix is not None])
            if after is None or after.text == source.text:
                return None
            fixes = {finding.fix for finding in batch}
            made += [finding for finding in findings if finding.fix in fixes]
            found = self.check(after)
            if found is None:
                return None
            source, findings = after, found
            new = Counter(map(_what, findings)) - Counter(map(_what, before))
            if not new or _may_uncover(batch, new):
                return source, findings, made
            batch = self._batch(source, [f for f in findings if _what(f) in new])
            if not batch:
                return None
        return None


BREAKING = frozenset({"KL001"})


def _may_uncover(batch: Iterable[Finding], new: Iterable[tuple[str, str]]) -> bool:
    safe = all(
        finding.fix is not None
        and finding.fix.applicability == "safe"
        and finding.severity is Severity.ERROR
        for finding in batch
    )
    return safe and not any(code in BREAKING for code, _ in new)


def _what(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _identity(source: Source, finding: Finding) -> Hashable:
    """A finding, told from others even if lines before it come and go."""
    assert finding.fix is not None
    location = finding.location
    lines = source.original.splitlines()
    line = lines[location.row - 1] if location.cell is None and location.row <= len(lines) else ""
    contents = tuple(edit.content for edit in finding.fix.edits)
    return (*_what(finding), location.cell, location.column, contents, line)
