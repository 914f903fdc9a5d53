"""Changing a file's text without touching anything else in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from keraslint.sources.places import LineIndex, Place, line_break
from keraslint.sources.source import Source


class Edit(NamedTuple):
    """A stretch of a file to be replaced; its places are the original's, ``end`` is exclusive."""

    start: Place
    end: Place
    content: str


def rewrite(source: Source, edits: Iterable[Edit]) -> str:
    """The text of the whole file with the edits made; ``Source.encode`` makes its bytes.

    Line breaks in the edits' contents are written as the file writes its own. In a notebook, only
    the sources of the edited cells change.

    Raises:
        ValueError: Two edits overlap.
    """
    ordered = sorted(edits)
    for one, other in pairwise(ordered):
        if one.start.cell == other.start.cell and other.start < one.end:
            raise ValueError(f"edits overlap: {one} and {other}")
    if any(edit.start.cell is not None for edit in ordered):
        return _rewrite_notebook(source.original, ordered)
    return _splice(source.original, [in_original(source, edit) for edit in ordered])


def in_original(source: Source, edit: Edit) -> Edit:
    """An edit as it must be made in the file: in a document, with indentation and prompts."""
    if not source.is_excerpt:
        return edit
    from keraslint.sources.excerpts import in_document

    return in_document(source, edit)


def holds_still(before: Source, edits: Iterable[Edit], after: Source) -> bool:
    """Whether nothing but the edits tells a program of a document from what it was before.

    It may seem that more does if what an edit writes does not belong to the block any more.
    """
    moved = []
    for edit in sorted(edits):
        block = before.block_at(edit.start.row)
        rows, columns = block.start - block.row, block.column
        start, end = (
            Place(None, place.row + rows, max(place.column - columns, 1))
            for place in (edit.start, edit.end)
        )
        moved.append(Edit(start, end, edit.content))
    return _splice(before.text, moved).rstrip("\r\n") == after.text.rstrip("\r\n")


def _splice(text: str, edits: list[Edit]) -> str:
    index = LineIndex(text)
    newline = line_break(text)
    parts = []
    done = 0
    for start, end, content in edits:
        offset = index.offset(start.row, start.column)
        parts += [text[done:offset], content.replace("\n", newline)]
        done = index.offset(end.row, end.column)
    return "".join([*parts, text[done:]])


def _rewrite_notebook(original: str, edits: list[Edit]) -> str:
    from keraslint.sources.notebooks import locate_cells

    for number, cell in reversed(list(enumerate(locate_cells(original), 1))):
        own = [edit for edit in edits if edit.start.cell == number]
        if own:
            stored = original[cell.start : cell.end]
            changed = _stored_like(stored, _splice(cell.text, own))
            original = original[: cell.start] + changed + original[cell.end :]
    return original


def _stored_like(stored: str, text: str) -> str:
    """A cell's text as JSON, written the way the cell's old text was."""
    import json

    from keraslint.sources.places import split_lines

    ascii_only = stored.isascii() and "\\u" in stored
    if not stored.startswith("["):
        return json.dumps(text, ensure_ascii=ascii_only)
    inside = stored[1:-1]
    lead = inside[: len(inside) - len(inside.lstrip())]
    tail = inside[len(inside.rstrip()) :]
    lines = [json.dumps(line, ensure_ascii=ascii_only) for line in split_lines(text)]
    return f"[{lead}{(',' + (lead or ' ')).join(lines)}{tail}]" if lines else "[]"
