"""`keraslint check --fix`, `--fix-only` and `--diff`: make the fixes, or show what they are."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from functools import partial
from typing import TYPE_CHECKING

from keraslint.cli.checking import Checked, check, check_program, findings_in, is_stdin
from keraslint.cli.session import STDIN, Session, say, write, write_bytes

if TYPE_CHECKING:
    from keraslint.cli.options import Options
    from keraslint.findings import Finding
    from keraslint.fixing import Fixed
    from keraslint.settings import Settings
    from keraslint.sources import Source

    Work = Callable[[Session, Settings, Source, list[Finding]], Fixed | None]

WHY = "other problems would follow, or not all of the file would stay as it is"
UNREAD = frozenset(("KL001", "KL002"))


def run(options: Options) -> int:
    """Fix files, and report what is left."""
    from keraslint.engine import forget

    session = Session(options)
    checked = check(session)
    if options.diff:
        return _show(session, checked)
    fixed = _fix_all(session, checked, _fix_file)
    _tell(options, fixed)
    forget()
    again = Session(options, session.shield)
    if STDIN in options.paths:
        again.given = _print_program(session, fixed)
    if options.fix_only:
        session.finish()
        return 2 if session.defective else _unread(checked)
    return _report(again, to_stderr=STDIN in options.paths)


def _report(session: Session, *, to_stderr: bool) -> int:
    from keraslint.cli.check import report

    if not to_stderr:
        return report(session, check(session))
    told = io.StringIO()
    with redirect_stdout(told):
        code = report(session, check(session))
    if not session.options.quiet:
        sys.stderr.write(told.getvalue())
    return code


def _fix_all(session: Session, checked: Checked, work: Work) -> list[Fixed]:
    """Fix every program that there is something to fix in, a document's one after the other."""
    from keraslint.sources import read_source

    done: list[Fixed] = []
    latest: dict[str, Source] = {}
    for settings, source in checked.programs:
        found = findings_in(checked.findings, source)
        if not any(finding.fix for finding in found):
            continue
        if (last := latest.get(source.path)) is not None:
            source = read_source(source.path, last.encode(last.original), source.index)
            found = check_program(session, settings, source, found) or []
        fixed = work(session, settings, source, found)
        if fixed is not None:
            done.append(fixed)
            latest[source.path] = fixed.source
    return done


def _fix(
    session: Session, settings: Settings, source: Source, findings: list[Finding]
) -> Fixed | None:
    """The program fixed; `None` if there is nothing to fix."""
    from keraslint.fixing import Fixer

    recheck = partial(check_program, session, settings, before=findings)
    fixed = Fixer(recheck, session.options.unsafe_fixes).fix(source, findings)
    return fixed if fixed.source.original != source.original or fixed.refused else None


def _fix_file(
    session: Session, settings: Settings, source: Source, found: list[Finding]
) -> Fixed | None:
    """Fix a program where it stands; if somebody else changes it meanwhile, start over."""
    from keraslint.cli.changing import change

    fixed: Fixed | None = None

    def fix(current: Source) -> Source:
        nonlocal fixed
        now = found if current is source else check_program(session, settings, current, found)
        fixed = _fix(session, settings, current, now or [])
        return fixed.source if fixed else current

    return fixed if change(session, source, fix) else None


def _show(session: Session, checked: Checked) -> int:
    """Show what fixing would change."""
    from keraslint.fixing import diff

    fixed = _fix_all(session, checked, _fix)
    before: dict[str, Source] = {}
    for _, source in checked.programs:
        before.setdefault(source.path, source)
    for path, after in {one.source.path: one.source for one in fixed}.items():
        write(diff(before[path], after))
    _tell(session.options, fixed)
    session.finish()
    if session.defective:
        return 2
    return 1 if any(one.fixed for one in fixed) else _unread(checked)


def _print_program(session: Session, fixed: Iterable[Fixed]) -> bytes:
    """Print the program that came from stdin."""
    given = session.read_stdin()
    for one in fixed:
        if is_stdin(session, one.source):
            given = one.source.encode(one.source.original)
    write_bytes(given)
    return given


def _unread(checked: Checked) -> int:
    return int(any(finding.code in UNREAD for finding in checked.findings))


def _tell(options: Options, fixed: Iterable[Fixed]) -> None:
    """Say on stderr what was fixed, and what was not for the harm it would do."""
    if options.quiet:
        return
    count = 0
    for one in fixed:
        count += len(one.fixed)
        if options.show_fixes:
            kinds = Counter((finding.code, finding.name) for finding in one.fixed)
            for (code, name), times in sorted(kinds.items()):
                say(f"{one.source.path}: {times} × {code} ({name})")
        for finding in one.refused:
            row = finding.location.row
            say(f"{one.source.path}:{row}: {finding.code} not fixed: {WHY}")
    done = "would fix" if options.diff else "fixed"
    say(f"{done} {count} problem{'' if count == 1 else 's'}")
