"""From analyses to findings: every selected rule, each finding once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from keraslint.findings import Finding
from keraslint.knowledge.earlier import NEWEST, refuses
from keraslint.rules.allowances import Allowances, Mark
from keraslint.rules.registry import Selection, strength
from keraslint.rules.rule import Rule
from keraslint.rules.targets import Targets
from keraslint.rules.unused import UnusedSuppression

if TYPE_CHECKING:
    from keraslint.analysis import Analysis
    from keraslint.defects import Shield


class Checker:
    """Applies a selection of rules to analyses, one after the other."""

    def __init__(self, selection: Selection, root: str | Path, shield: Shield) -> None:
        """Prepare for a project.

        Args:
            selection: which rules to use.
            root: the folder that the patterns of the selection are relative to.
            shield: where to note defects of rules.
        """
        self.selection = selection
        self.root = root
        self.shield = shield
        self.rules = [rule() for rule in selection.rules()]
        self.allowances = Allowances()
        self.targets = Targets(selection.target_keras)

    def check(self, analysis: Analysis) -> list[Finding]:
        """The findings of an analysis."""
        findings: list[Finding] = []
        with self.shield.over(f"reading the comments of {analysis.filename}"):
            self.allowances.add(analysis)
        excerpt = analysis.syntax is not None and analysis.syntax.source.is_excerpt
        target = self.targets.of(analysis)
        if target < NEWEST:
            faults = [
                record for record in analysis.faults if refuses(record.fault, record.layer, target)
            ]
            analysis = replace(analysis, faults=faults)
        for rule in self.rules:
            if target < rule.least_keras or (excerpt and not rule.in_excerpts):
                continue
            with self.shield.over(f"checking {analysis.filename} for {rule.name}"):
                found = self._found(rule, analysis)
                findings.extend(f for f in found if not self.allowances.allow(f))
        return findings

    def marks(self) -> list[Mark]:
        """What `finish` must know, if other checkers had part of the files; empty if nothing."""
        counts = any(isinstance(rule, UnusedSuppression) for rule in self.rules)
        return list(self.allowances.marks()) if counts else []

    def forget(self) -> None:
        """Begin anew: no comment has allowed anything."""
        self.allowances = Allowances()

    def finish(
        self, marks: Iterable[Mark] = (), given: Mapping[str, bytes] = MappingProxyType({})
    ) -> list[Finding]:
        """The findings that only all analyses together show: suppressions that were of no use.

        Args:
            marks: of checkers that had part of the files.
            given: what files hold that cannot be read.
        """
        self.allowances.restore(marks, given)
        findings: list[Finding] = []
        for rule in self.rules:
            if isinstance(rule, UnusedSuppression):
                with self.shield.over("looking for unused suppressions"):
                    found = rule.check_comments(self.allowances.all(), map(type, self.rules))
                    findings.extend(self._kept(rule, found))
        return findings

    def _found(self, rule: Rule, analysis: Analysis) -> list[Finding]:
        from keraslint.syntax import with_room

        return with_room(lambda: [*self._kept(rule, rule.check(analysis))])

    def _kept(self, rule: Rule, findings: Iterable[Finding]) -> Iterator[Finding]:
        severity = self.selection.severity_of(type(rule))
        for finding in findings:
            if not self._ignores(rule, finding.location.filename):
                yield replace(finding, severity=severity) if severity else finding

    def _ignores(self, rule: Rule, filename: str) -> bool:
        return any(
            any(strength(selector, type(rule)) is not None for selector in selectors)
            and self._matches(filename, pattern)
            for pattern, selectors in self.selection.per_file_ignores
        )

    def _matches(self, filename: str, pattern: str) -> bool:
        path = os.path.relpath(filename, self.root).replace(os.sep, "/")
        return fnmatch(path, pattern) or fnmatch(Path(filename).name, pattern)
