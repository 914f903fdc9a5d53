"""`keraslint check`: what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keraslint.cli.session import Session, write

if TYPE_CHECKING:
    from keraslint.cli.parser import Options
    from keraslint.findings import Finding
    from keraslint.rules import Checker
    from keraslint.settings import Settings


def run(options: Options) -> int:
    """Check files and report the findings."""
    from keraslint.findings import Severity
    from keraslint.reports import report
    from keraslint.terminal import canvas_of

    session = Session(options)
    findings: list[Finding] = []
    failing = False
    for settings, paths in list(session.groups()):
        found = _check(session, settings, paths)
        level = Severity(options.fail_level or settings.fail_level)
        failing |= any(finding.severity.reaches(level) for finding in found)
        findings += found
    if findings:
        from keraslint.rules import merge

        findings = merge(findings)
    write(report(options.output_format or "concise")(findings, canvas_of(sys.stdout)))
    session.finish()
    if session.defective:
        return 2
    return 1 if failing and not options.exit_zero else 0


def _check(session: Session, settings: Settings, paths: Sequence[str]) -> list[Finding]:
    """The findings in the files that the paths stand for."""
    from keraslint.analysis import Analysis

    # Loading the rules takes time: only to refuse wrong selectors, and for what holds something.
    checker = _checker(session, settings) if _selects(session.options, settings) else None
    findings: list[Finding] = []
    for analysis in session.analyses(settings, paths):
        if analysis != Analysis(analysis.filename):
            checker = checker or _checker(session, settings)
            findings += checker.check(analysis)
    return findings + (checker.finish() if checker else [])


def _selects(options: Options, settings: Settings) -> bool:
    own = (options.select, options.extend_select, options.ignore)
    shared = (settings.select, settings.extend_select, settings.ignore, settings.extend_ignore)
    return any((*own, *shared, settings.per_file_ignores, settings.severity))


def _checker(session: Session, settings: Settings) -> Checker:
    """A checker with the rules that the settings and the command line together ask for.

    Raises:
        UsageError: one of them selects rules that there are not.
    """
    from keraslint.findings import Severity
    from keraslint.rules import Checker, Selection

    options = session.options
    select = _split(options.select)
    selection = Selection(
        select=settings.select if select is None else select,
        extend_select=(*settings.extend_select, *(_split(options.extend_select) or ())),
        ignore=(
            *(settings.ignore if select is None else ()),
            *settings.extend_ignore,
            *(_split(options.ignore) or ()),
        ),
        per_file_ignores=settings.per_file_ignores,
        severity={selector: Severity(level) for selector, level in settings.severity},
    )
    selection.validate()
    return Checker(selection, settings.root, session.shield)


def _split(given: Sequence[str] | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())
