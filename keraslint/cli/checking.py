"""What `keraslint check` finds, however it is then shown."""

from __future__ import annotations

import os

from keraslint.cli.session import DEFECT, STDIN, Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from keraslint.cache.outcome import Outcome
    from keraslint.cli.options import Options
    from keraslint.cli.work import Work
    from keraslint.findings import Finding
    from keraslint.rules import Checker
    from keraslint.settings import Settings
    from keraslint.sources import Source

UNUSED_SUPPRESSION = "KL003"


class Checked:
    """What a check found.

    Attributes:
        findings: by path and position, each once.
        failing: those that make the command fail.
        programs: the programs that there are findings in, with their settings.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.failing: set[Finding] = set()
        self.programs: list[tuple[Settings, Source]] = []


def check(session: Session) -> Checked:
    """Check the paths of the command line.

    Raises:
        UsageError: the settings cannot be used, or select rules that there are not.
    """
    checked = Checked()
    for settings, paths in list(session.groups()):
        found = _check(session, settings, paths, checked)
        if not found:
            continue
        from keraslint.findings import Severity

        level = Severity(session.options.fail_level or settings.fail_level)
        checked.failing.update(f for f in found if f.severity.reaches(level))
        checked.findings += found
    if checked.findings:
        from keraslint.findings import merge

        checked.findings = merge(checked.findings)
    return checked


def check_program(
    session: Session, settings: Settings, source: Source, before: Sequence[Finding]
) -> list[Finding] | None:
    """The findings in one program alone; `None` if keraslint fails over it.

    Args:
        session: the run that this is part of.
        settings: those of the program.
        source: the program.
        before: what was found in it so far. Only all programs together show which comments are of
            no use, so those count that were found then.
    """
    from keraslint.rules import merge

    analysis = session.analyse(settings, source)
    if any(problem.kind == DEFECT for problem in analysis.problems):
        return None
    checker = checker_for(session, settings)
    found = merge([*checker.check(analysis), *checker.finish()])
    known = {finding.message for finding in before if finding.code == UNUSED_SUPPRESSION}
    return [
        finding
        for finding in findings_in(found, source)
        if finding.code != UNUSED_SUPPRESSION or finding.message in known
    ]


def findings_in(findings: Sequence[Finding], source: Source) -> list[Finding]:
    """The findings that stand in one program."""
    real = os.path.realpath(source.path)
    return [
        finding
        for finding in findings
        if os.path.realpath(finding.location.filename) == real
        and source.holds(finding.location.row)
    ]


def is_stdin(session: Session, source: Source) -> bool:
    """Whether a program comes from stdin."""
    return STDIN in session.options.paths and source.path == session.shown(STDIN)


def _check(
    session: Session, settings: Settings, paths: Sequence[str], checked: Checked
) -> list[Finding]:
    """The findings in the files that the paths stand for."""
    from keraslint.cli.work import Work

    work = Work(session, settings)
    # Loading the rules takes time: only to refuse wrong selectors, and where comments are counted.
    checker = None
    if _selects(session.options, settings) and not work.is_known:
        checker = checker_for(session, settings)
    outcomes = work.outcomes(paths)
    if _changes(session.options):
        outcomes = [_with_programs(session, settings, work, one, checked) for one in outcomes]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    marks = [mark for outcome in outcomes for mark in outcome.marks]
    if marks:
        checker = checker or checker_for(session, settings)
        given = {session.shown(STDIN): session.read_stdin()} if STDIN in paths else {}
        findings += checker.finish(marks, given)
    return findings


def _with_programs(
    session: Session, settings: Settings, work: Work, outcome: Outcome, checked: Checked
) -> Outcome:
    """The outcome of a file as it is now, whose programs are noted."""
    from keraslint.files.evidence import digest
    from keraslint.sources import UnreadableError, read_bytes, read_programs

    path = outcome.path
    try:
        stdin = STDIN in session.options.paths and path == session.shown(STDIN)
        data = session.read_stdin() if stdin else read_bytes(path)
        programs = read_programs(path, data)
    except UnreadableError:
        return outcome
    checked.programs += [(settings, program) for program in programs]
    return outcome if digest(data) == outcome.digest else work.again(path, data)


def _changes(options: Options) -> bool:
    """Whether the command changes programs, or shows how it would."""
    return options.fix or options.fix_only or options.diff or options.add_ignore


def _selects(options: Options, settings: Settings) -> bool:
    own = (options.select, options.extend_select, options.ignore)
    shared = (settings.select, settings.extend_select, settings.ignore, settings.extend_ignore)
    return any((*own, *shared, settings.per_file_ignores, settings.severity))


def checker_for(session: Session, settings: Settings) -> Checker:
    """A checker with the rules that the settings and the command line together ask for.

    Raises:
        UsageError: one of them selects rules that there are not.
    """
    from dataclasses import replace

    from keraslint import project
    from keraslint.rules import Checker

    options = session.options
    selection = project.validated(settings, options.config)
    if options.select is not None:
        selection = replace(selection, select=_split(options.select), ignore=settings.extend_ignore)
    selection = replace(
        selection,
        extend_select=(*selection.extend_select, *_split(options.extend_select)),
        ignore=(*selection.ignore, *_split(options.ignore)),
    )
    selection.validate()
    return Checker(selection, settings.root, session.shield)


def _split(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for text in given or () for word in text.split(",") if word.strip())
