"""What comments in the code allow, and whether anything came of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from keraslint.sources import UnreadableError, read_bytes, read_source

if TYPE_CHECKING:
    from keraslint.analysis import Analysis
    from keraslint.findings import Finding
    from keraslint.sources import Source
    from keraslint.syntax import ParsedModule
    from keraslint.syntax.suppressions import Suppression


Mark = tuple[str, int, int, tuple[str, ...]]
"""A file, which of its programs, which of that one's suppressions, and the codes it allowed."""


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

    def marks(self) -> Iterator[Mark]:
        """Where the suppressions are, and what they allowed."""
        for files in self.files.values():
            for file in files:
                if file.source is not None:
                    for number, codes in enumerate(file.used):
                        yield file.source.path, file.source.index, number, tuple(sorted(codes))

    def restore(self, marks: Iterable[Mark], given: Mapping[str, bytes]) -> None:
        """Read the suppressions again that there are marks of.

        Args:
            marks: from any number of `Allowances`.
            given: what files hold that cannot be read.
        """
        for path, index, number, codes in marks:
            known = self.files.setdefault(os.path.realpath(path), [])
            file = next((f for f in known if f.source and f.source.index == index), None)
            if file is None:
                file = _read(path, index, given.get(path))
                known.append(file)
            if number < len(file.used):
                file.used[number].update(codes)

    def all(self) -> Iterator[tuple[Source, Suppression, set[str]]]:
        """Every suppression, and the codes of what it allowed."""
        for file in chain.from_iterable(self.files.values()):
            if file.source is not None:
                for suppression, used in zip(file.suppressions, file.used, strict=True):
                    yield file.source, suppression, used


def _read(filename: str, index: int = 0, data: bytes | None = None) -> FileAllowances:
    from keraslint.syntax import parse

    try:
        content = read_bytes(filename) if data is None else data
        return FileAllowances.of(parse(read_source(filename, content, index)))
    except UnreadableError:
        return FileAllowances()
