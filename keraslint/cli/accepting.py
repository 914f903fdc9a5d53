"""Accepting what there is: comments that allow findings, and baseline files."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keraslint.cli.checking import Checked, check, check_program, findings_in
from keraslint.cli.session import STDIN, Session, say
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from keraslint.cli.options import Options
    from keraslint.findings import Finding
    from keraslint.settings import Settings
    from keraslint.sources import Source

SCHEMA = 1

Key = tuple[str, str, str]


def run(options: Options) -> int:
    """Write the findings to a baseline file, or comments that allow them into the code."""
    session = Session(options)
    checked = check(session)
    if options.write_baseline:
        _write_baseline(checked.findings, options.write_baseline)
        say(f"{len(checked.findings)} findings written to {options.write_baseline}")
    elif options.baseline:
        checked = without_accepted(checked, options.baseline)
    added = _add_ignores(session, checked) if options.add_ignore else True
    session.finish()
    if session.defective:
        return 2
    return 0 if added else 1


def without_accepted(checked: Checked, baseline: str) -> Checked:
    """What was found, without what stands in a baseline file.

    Raises:
        UsageError: the file cannot be read, or is no baseline.
    """
    accepted = _read_baseline(baseline)
    left = []
    for finding in checked.findings:
        key = _key(finding, baseline)
        if accepted[key] > 0:
            accepted[key] -= 1
        else:
            left.append(finding)
    checked.findings = left
    return checked


def _key(finding: Finding, baseline: str) -> Key:
    """What tells a finding from others wherever its lines have moved to."""
    folder = Path(baseline).absolute().parent
    path = os.path.relpath(finding.location.filename, folder).replace(os.sep, "/")
    return (path, finding.code, finding.message)


def _write_baseline(findings: Iterable[Finding], path: str) -> None:
    from keraslint.fixing import write_file

    counts = Counter(_key(finding, path) for finding in findings)
    names = ("filename", "code", "message", "count")
    entries = [dict(zip(names, (*key, n), strict=True)) for key, n in sorted(counts.items())]
    text = json.dumps({"schema": SCHEMA, "findings": entries}, indent=1, ensure_ascii=False)
    try:
        write_file(path, f"{text}\n".encode(errors="backslashreplace"))
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from None


def _read_baseline(path: str) -> Counter[Key]:
    try:
        data: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        return Counter(
            {(e["filename"], e["code"], e["message"]): int(e["count"]) for e in data["findings"]}
        )
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, TypeError, KeyError):
        raise UsageError(f"{path}: not a baseline that keraslint wrote") from None


def _add_ignores(session: Session, checked: Checked) -> bool:
    """Write comments into the files; whether all files could be written."""
    from keraslint.cli.changing import change
    from keraslint.fixing.ignoring import UNAVOIDABLE

    if STDIN in session.options.paths:
        raise UsageError("--add-ignore writes files, and cannot write to stdin")
    done = True
    count = 0
    for settings, source in checked.programs:
        found = [f for f in findings_in(checked.findings, source) if f.code not in UNAVOIDABLE]
        if found:
            done &= change(session, source, partial(_allowing, session, settings, source, found))
            count += len(found)
    say(f"allowed {count} finding{'' if count == 1 else 's'}")
    return done


def _allowing(
    session: Session, settings: Settings, read: Source, found: list[Finding], current: Source
) -> Source:
    """The program with comments that allow what is found in it."""
    from keraslint.findings import Fix
    from keraslint.fixing import apply
    from keraslint.fixing.ignoring import ignores
    from keraslint.syntax import parse

    if current is not read:
        found = check_program(session, settings, current, found) or []
    return apply(current, [Fix("", tuple(ignores(parse(current), found)))]) or current
