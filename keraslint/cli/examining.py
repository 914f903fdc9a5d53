"""What there is to say of one file, worked out now."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from keraslint.cache.outcome import Outcome
from keraslint.cli.session import DEFECT, Session
from keraslint.files.evidence import digest
from keraslint.project import source_folders
from keraslint.sources import UnreadableError, read_bytes, read_source

if TYPE_CHECKING:
    from keraslint.analysis import Problem
    from keraslint.cli.options import Options
    from keraslint.rules import Checker
    from keraslint.settings import Settings


class Examiner:
    """Analyses files and checks them, one after the other."""

    def __init__(self, options: Options, settings: Settings) -> None:
        self._session = Session(options)
        self._settings = settings
        self._checker: Checker | None = None

    def examine(self, path: str, data: bytes | None = None) -> Outcome:
        """What is found in a file, or in what it is said to hold."""
        outcome = self._examine(path, data)
        _settle()
        return outcome

    def _examine(self, path: str, data: bytes | None) -> Outcome:
        from keraslint.engine import analyse_programs, unreadable

        shield = self._session.shield
        shield.defects.clear()
        outcome = Outcome(path, None)
        with shield.over(f"looking at {path}"):
            try:
                data = read_bytes(path) if data is None else data
                outcome.digest = digest(data)
                if b"keras" in data and path.endswith(".py"):
                    _parse_ahead(path, data)
                folders = source_folders(self._settings)
                analyses = analyse_programs(path, data, src=folders, always=True)
            except UnreadableError as error:
                analyses = iter([unreadable(error)])
            checker = self._fresh_checker()
            for analysis in analyses:
                outcome.findings += checker.check(analysis)
                outcome.evidence.add(analysis.evidence)
                outcome.defects += [_told(p) for p in analysis.problems if p.kind == DEFECT]
            outcome.marks = checker.marks()
        outcome.defects += map(str, shield.defects)
        return outcome

    def _fresh_checker(self) -> Checker:
        """The checker, to which no file is known yet."""
        from keraslint.cli.checking import checker_for

        if self._checker is None:
            self._checker = checker_for(self._session, self._settings)
        self._checker.forget()
        return self._checker


def _parse_ahead(path: str, data: bytes) -> None:
    """Parse a file before anything is made of it, and never look for garbage in its tree.

    Most objects that a file brings are the nodes of its tree, and they hold each other in no
    circles.
    """
    from keraslint.interpreter.programs import parse_once

    parse_once(read_source(path, data))
    gc.freeze()


def _settle() -> None:
    """Clear away what one file left, and never look again through what all files share."""
    gc.collect()
    gc.freeze()


def _told(problem: Problem) -> str:
    location = problem.location
    return f"{location.filename}:{location.row}: {problem.message}"
