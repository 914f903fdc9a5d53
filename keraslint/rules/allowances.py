"""What comments in the code allow, and whether anything came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keraslint.sources import UnreadableError, load

if TYPE_CHECKING:
    from keraslint.analysis import Analysis
    from keraslint.findings import Finding
    from keraslint.sources import Source
    from keraslint.syntax import ParsedModule
    from keraslint.syntax.suppressions import Suppression


@dataclass(slots=True)
class FileAllowances:
    """The suppressions of a file.

    Attributes:
        source: the program they stand in; `None` if it could not be read.
        used: for each suppression, the codes of the findings that it allowed.
    """

    source: Source | None = None
    suppressions: list[Suppression] = field(default_factory=list)
    used: list[set[str]] = field(default_factory=list)

    @staticmethod
    def of(parsed: ParsedModule) -> FileAllowances:
        """The suppressions of a parsed program."""
        from keraslint.syntax.suppressions import suppressions

        found = suppressions(parsed.module, parsed.source.text)
        return FileAllowances(parsed.source, found, [set() for _ in found])

    def allows(self, finding: Finding) -> bool:
        """Whether a comment allows a finding; it is noted that it did."""
        if self.source is None or not self.suppressions:
            return False
        span = finding.location.span_in(self.source)
        found = False
        for suppression, used in zip(self.suppressions, self.used, strict=True):
            if suppression.covers(finding.code, finding.name, span):
                used.add(finding.code)
                found = True
        return found


@dataclass(slots=True)
class Allowances:
    """The suppressions of all files of a run."""

    files: dict[str, FileAllowances] = field(default_factory=dict)

    def add(self, analysis: Analysis) -> None:
        """Take in the comments of an analysed file."""
        path = os.path.realpath(analysis.filename)
        if analysis.syntax is not None and path not in self.files:
            self.files[path] = FileAllowances.of(analysis.syntax)

    def allow(self, finding: Finding) -> bool:
        """Whether a comment in the finding's file allows it."""
        path = os.path.realpath(finding.location.filename)
        if path not in self.files:
            self.files[path] = _read(finding.location.filename)
        return self.files[path].allows(finding)

    def all(self) -> Iterator[tuple[Source, Suppression, set[str]]]:
        """Every suppression, and the codes of what it allowed."""
        for file in self.files.values():
            if file.source is not None:
                for suppression, used in zip(file.suppressions, file.used, strict=True):
                    yield file.source, suppression, used


def _read(filename: str) -> FileAllowances:
    from keraslint.syntax import parse

    try:
        return FileAllowances.of(parse(load(filename)))
    except UnreadableError:
        return FileAllowances()
