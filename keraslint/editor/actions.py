"""What editors offer to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lsprotocol import types

from keraslint.editor.columns import Layout, touches
from keraslint.editor.diagnostics import diagnostic
from keraslint.editor.edits import TextEdits, differences, text_edits
from keraslint.editor.examining import Examined, recheck
from keraslint.findings import Edit, Finding
from keraslint.sources import Place, Source

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.keraslint"
SHAPE_COMMENTS = "source.shapeComments.keraslint"
QUICK_FIX = types.CodeActionKind.QuickFix.value
KINDS = (QUICK_FIX, FIX_ALL, SHAPE_COMMENTS)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do.

    Attributes:
        title: what it is called.
        kind: of what kind it is.
        edits: the changes, by sheet.
        solves: the finding that is gone then, if it is one.
        preferred: whether it is what one would do.
    """

    title: str
    kind: str
    edits: TextEdits
    solves: types.Diagnostic | None = None
    preferred: bool = False


def offers(
    examined: Examined,
    layout: Layout,
    between: tuple[Place, Place],
    only: list[str] | None,
) -> Iterator[Offer]:
    """What can be done about the places between two.

    Args:
        examined: what is known of the draft.
        layout: the draft's.
        between: these.
        only: the kinds that are asked for; all of those that need no new analysis if `None`.
    """
    if _wanted(QUICK_FIX, only):
        for _, source in examined.programs():
            for finding in examined.found_in(source):
                if touches(finding.location, *between):
                    solves = diagnostic(layout, finding)
                    yield from _about(examined, layout, source, finding, solves)
    if only is not None and _wanted(FIX_ALL, only) and (edits := fix_all(examined, layout)):
        yield Offer("Fix all that is safe to fix (keraslint)", FIX_ALL, edits)
    if _wanted(SHAPE_COMMENTS, only) and (edits := shape_comments(examined, layout)):
        yield Offer("Write shape comments (keraslint)", SHAPE_COMMENTS, edits)


def _wanted(kind: str, only: list[str] | None) -> bool:
    """Whether a kind is among those asked for: these stand for all that begin with them."""
    return only is None or any(not k or kind == k or kind.startswith(f"{k}.") for k in only)


def _about(
    examined: Examined,
    layout: Layout,
    source: Source,
    finding: Finding,
    solves: types.Diagnostic,
) -> Iterator[Offer]:
    if finding.fix is not None:
        edits = text_edits(layout, source, finding.fix.edits)
        safe = finding.fix.applicability == "safe"
        title = finding.fix.message or f"Fix {finding.name}"
        title = f"{title[:1].upper()}{title[1:]}"
        if edits:
            yield Offer(title if safe else f"{title} (unsafe)", QUICK_FIX, edits, solves, safe)
    ignoring = text_edits(layout, source, _ignoring(examined, source, finding))
    if ignoring:
        title = f"Ignore {finding.code} ({finding.name}) on this line"
        yield Offer(title, QUICK_FIX, ignoring, solves)


def _ignoring(examined: Examined, source: Source, finding: Finding) -> list[Edit]:
    from keraslint.fixing.ignoring import ignores

    parsed = next(a.syntax for a, program in examined.programs() if program is source)
    return [] if parsed.problems else ignores(parsed, [finding])


def fix_all(examined: Examined, layout: Layout) -> TextEdits:
    """The edits that make all safe fixes."""
    from keraslint.fixing import Fixer
    from keraslint.sources import read_source

    latest: Source | None = None
    for _, source in examined.programs():
        program: Source = source
        found = examined.found_in(source)
        if not any(finding.fix for finding in found):
            continue
        if latest is not None:
            program = read_source(source.path, latest.encode(latest.original), source.index)
            found = recheck(examined.settings, program) or []
        fixed = Fixer(partial(recheck, examined.settings)).fix(program, found)
        if fixed.source.original != program.original:
            latest = fixed.source
    return differences(layout, latest) if latest is not None else {}


def shape_comments(examined: Examined, layout: Layout) -> TextEdits:
    """The edits after which every layer has a comment with its output shape."""
    from keraslint.annotate import updates

    made: TextEdits = {}
    for analysis, source in examined.programs():
        if not analysis.syntax.problems:
            edits = updates(analysis, examined.settings.shape_comments)
            for uri, some in text_edits(layout, source, edits).items():
                made.setdefault(uri, []).extend(some)
    return made
