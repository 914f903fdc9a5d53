"""For reading in depth: each finding with the source it is about."""

from __future__ import annotations

from keraslint.reports.concise import COLOURS, position, tally
from keraslint.terminal import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keraslint.analysis import Location
    from keraslint.findings import Finding
    from keraslint.terminal import Canvas


def report(findings: Sequence[Finding], canvas: Canvas) -> Iterator[str]:
    """A block for each finding, and how many there are."""
    for finding in findings:
        yield from _block(finding, canvas)
        yield "\n"
    yield f"{tally(findings)}\n"


def _block(finding: Finding, canvas: Canvas) -> Iterator[str]:
    colour = COLOURS[finding.severity.value]
    head = canvas.paint(f"{finding.severity.value}[{finding.code}]", colour, "bold")
    yield f"{head} {canvas.paint(f'{finding.name}: {printable(finding.message)}', 'bold')}\n"
    yield from _frame(finding.location, colour, canvas)
    for related in finding.related:
        yield f"{canvas.paint('note:', 'blue', 'bold')} {printable(related.message)}\n"
        yield from _frame(related.location, "blue", canvas, before=0)
    for line in finding.help:
        yield f"{canvas.paint('help:', 'cyan', 'bold')} {printable(line)}\n"


def _frame(location: Location, colour: str, canvas: Canvas, before: int = 1) -> Iterator[str]:
    from keraslint.reports.excerpts import excerpt

    lines = excerpt(location, before)
    gutter = max((len(str(line.row)) for line in lines), default=1)
    yield f"{' ' * gutter} {canvas.paint('-->', 'dim')} {position(location)}\n"
    if not lines:
        return
    bar = canvas.paint("|", "dim")
    yield f"{' ' * gutter} {bar}\n"
    for line in lines:
        yield (
            f"{canvas.paint(str(line.row).rjust(gutter), 'dim')} {bar} {line.text}".rstrip() + "\n"
        )
        if line.marked:
            carets = canvas.paint("^" * line.marked, colour, "bold")
            yield f"{' ' * gutter} {bar} {' ' * line.lead}{carets}\n"
    if location.end_row > lines[-1].row:
        yield f"{' ' * gutter} {bar} ...\n"
