"""`keraslint annotate`: write the shapes into the code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from keraslint.cli.changing import change
from keraslint.cli.session import STDIN, Session, say, write, write_bytes
from keraslint.cli.views import tell_problems
from keraslint.terminal import printable

if TYPE_CHECKING:
    from keraslint.analysis import Analysis
    from keraslint.cli.options import Options
    from keraslint.settings import Settings
    from keraslint.sources import Source


def run(options: Options) -> int:
    """Write comments with output shapes into files, or tell which of them lack some."""
    session = Session(options)
    changed = 0
    failed = False
    for settings, paths in list(session.groups()):
        for analysis in session.analyses(settings, paths):
            failed |= bool(tell_problems([analysis]))
            if analysis.syntax is None:
                continue
            after = _annotated(session, settings, analysis)
            if after.original != analysis.syntax.source.original:
                changed += 1
                failed |= not _put(session, settings, analysis, after)
    if STDIN in options.paths and not _only_looks(options):
        write_bytes(session.read_stdin())
    if not options.quiet:
        done = "would change" if _only_looks(options) else "changed"
        say(f"{done} {changed} file{'' if changed == 1 else 's'}")
    session.finish()
    if session.defective:
        return 2
    return 1 if failed or (changed and _only_looks(options)) else 0


def _only_looks(options: Options) -> bool:
    return options.check or options.diff


def _annotated(session: Session, settings: Settings, analysis: Analysis) -> Source:
    """The program with its comments as they should be."""
    from keraslint.annotate import removals, updates
    from keraslint.findings import Fix
    from keraslint.fixing import apply

    options = session.options
    source: Source = analysis.syntax.source
    with session.shield.over(f"annotating {source.path}"):
        style = options.style or settings.shape_comments
        edits = removals(analysis) if options.remove else updates(analysis, style)
        return apply(source, [Fix("", tuple(edits))]) or source
    return source


def _put(session: Session, settings: Settings, analysis: Analysis, after: Source) -> bool:
    """Show or write a changed program; whether that worked."""
    from keraslint.cli.checking import is_stdin
    from keraslint.fixing import diff

    before: Source = analysis.syntax.source
    if session.options.diff:
        write(diff(before, after))
    elif session.options.check:
        write([f"{printable(before.path)}\n"])
    elif is_stdin(session, before):
        session.given = after.encode(after.original)
    else:
        return change(session, before, partial(_again, session, settings, before, after))
    return True


def _again(
    session: Session, settings: Settings, before: Source, after: Source, current: Source
) -> Source:
    if current is before:
        return after
    return _annotated(session, settings, session.analyse(settings, current))
