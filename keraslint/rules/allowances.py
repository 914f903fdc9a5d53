"""What comments in the code allow, and whether anything came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
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
    """The suppressions of a file, or of a block of code in a document.

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
        if not self.source.holds(finding.location.row):
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

    files: dict[str, list[FileAllowances]] = field(default_factory=dict)

    def add(self, analysis: Analysis) -> None:
        """Take in the comments of an analysed file."""
        if analysis.syntax is None:
            return
        known = self.files.setdefault(os.path.realpath(analysis.filename), [])
        index = analysis.syntax.source.index
        if not any(file.source is not None and file.source.index == index for file in known):
            known.append(FileAllowances.of(analysis.syntax))

    def allow(self, finding: Finding) -> bool:
        """Whether a comment in the finding's file allows it."""
        path = os.path.realpath(finding.location.filename)
        if path not in self.files:
            self.files[path] = [_read(finding.location.filename)]
        return any(file.allows(finding) for file in self.files[path])

    def all(self) -> Iterator[tuple[Source, Suppression, set[str]]]:
        """Every suppression, and the codes of what it allowed."""
        for file in chain.from_iterable(self.files.values()):
            if file.source is not None:
                for suppression, used in zip(file.suppressions, file.used, strict=True):
                    yield file.source, suppression, used


def _read(filename: str) -> FileAllowances:
    from keraslint.syntax import parse

    try:
        return FileAllowances.of(parse(load(filename)))
    except UnreadableError:
        return FileAllowances()
