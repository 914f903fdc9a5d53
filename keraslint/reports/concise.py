"""For reading along: one line per finding, then why, and what to do about it."""

from __future__ import annotations

from keraslint.terminal import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keraslint.analysis import Location
    from keraslint.findings import Finding
    from keraslint.terminal import Canvas

COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
WORDS = {"error": "error", "warning": "warning", "info": "remark"}


def report(findings: Sequence[Finding], canvas: Canvas) -> Iterator[str]:
    """One or more lines for each finding, and how many there are."""
    for finding in findings:
        yield from _lines(finding, canvas)
    yield f"{tally(findings)}\n"


def _lines(finding: Finding, canvas: Canvas) -> Iterator[str]:
    where = canvas.paint(position(finding.location), "bold")
    code = canvas.paint(finding.code, COLOURS[finding.severity.value], "bold")
    yield f"{where}: {code} [{finding.name}] {printable(finding.message)}\n"
    for related in finding.related:
        note = f"{printable(related.message)} ({position(related.location)})"
        yield f"  {canvas.paint('note:', 'blue')} {note}\n"
    for line in finding.help:
        yield f"  {canvas.paint('help:', 'cyan')} {printable(line)}\n"


def position(location: Location) -> str:
    """A location as editors and terminals link it."""
    cell = f":cell {location.cell}" if location.cell is not None else ""
    return f"{printable(location.filename)}{cell}:{location.row}:{location.column}"


def tally(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity."""
    if not findings:
        return "No problems found."
    counts = {w: sum(f.severity.value == level for f in findings) for level, w in WORDS.items()}
    parts = [f"{n} {word}{'s' * (n > 1)}" for word, n in counts.items() if n]
    files = len({finding.location.filename for finding in findings})
    return f"Found {', '.join(parts)} in {files} file{'s' * (files > 1)}."
