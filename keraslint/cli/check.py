"""`keraslint check`: what is wrong."""

from __future__ import annotations

import sys

from keraslint.cli.checking import Checked, check
from keraslint.cli.session import Session, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from keraslint.cli.options import Options


def run(options: Options) -> int:
    """Check files and report the findings, or do with them what else is asked for."""
    if options.watch:
        from keraslint.cli import watch

        return watch.run(options, _run)
    return _run(options)


def _run(options: Options) -> int:
    if options.show_settings or options.show_files:
        from keraslint.cli import asking

        return asking.run(options)
    if options.fix or options.fix_only or options.diff:
        from keraslint.cli import fix

        return fix.run(options)
    if options.add_ignore or options.write_baseline:
        from keraslint.cli import accepting

        return accepting.run(options)
    session = Session(options)
    checked = check(session)
    return report(session, checked)


def report(session: Session, checked: Checked) -> int:
    """Report the findings and give the exit code."""
    options = session.options
    if options.baseline:
        from keraslint.cli.accepting import without_accepted

        checked = without_accepted(checked, options.baseline)
    write(_pieces(options, checked))
    session.finish()
    if session.defective:
        return 2
    failing = any(finding in checked.failing for finding in checked.findings)
    return 1 if failing and not options.exit_zero else 0


def _pieces(options: Options, checked: Checked) -> list[str]:
    if options.statistics:
        from keraslint.reports import statistics

        written = statistics.as_json if options.output_format == "json" else statistics.as_text
        return list(written(checked.findings))
    from keraslint.reports import report
    from keraslint.terminal import canvas_of

    form = report(options.output_format or "concise")
    return list(form(checked.findings, canvas_of(sys.stdout)))
