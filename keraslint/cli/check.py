"""`keraslint check`: what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keraslint.cli.parser import Options
    from keraslint.findings import Finding
    from keraslint.rules import Selection
    from keraslint.settings import Settings


def run(options: Options) -> int:
    """Check files and report the findings."""
    from keraslint.cli.session import Session, write
    from keraslint.findings import Severity
    from keraslint.reports import report
    from keraslint.rules import Checker, merge
    from keraslint.terminal import canvas_of

    session = Session(options)
    findings: list[Finding] = []
    failing = False
    for settings, paths in list(session.groups()):
        selection = _selection(options, settings)
        selection.validate()
        checker = Checker(selection, settings.root, session.shield)
        found = [
            f for analysis in session.analyses(settings, paths) for f in checker.check(analysis)
        ]
        found += checker.finish()
        level = Severity(options.fail_level or settings.fail_level)
        failing |= any(finding.severity.reaches(level) for finding in found)
        findings += found
    write(report(options.output_format or "concise")(merge(findings), canvas_of(sys.stdout)))
    session.finish()
    if session.defective:
        return 2
    return 1 if failing and not options.exit_zero else 0


def _selection(options: Options, settings: Settings) -> Selection:
    """The rules that the settings and the command line together ask for."""
    from keraslint.findings import Severity
    from keraslint.rules import Selection

    select = _split(options.select)
    return Selection(
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


def _split(given: Sequence[str] | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())
