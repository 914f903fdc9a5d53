"""Edits as editors take them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from lsprotocol import types

from keraslint.analysis import Location
from keraslint.editor.columns import Layout
from keraslint.editor.drafts import Draft
from keraslint.findings import Edit
from keraslint.sources import Edit as SourceEdit
from keraslint.sources import Place, Source, in_original, line_break, split_lines

TextEdits = dict[str, list[types.TextEdit]]


def text_edits(layout: Layout, source: Source, edits: Iterable[Edit]) -> TextEdits:
    """The edits of one program, by sheet; none if some are in other files."""
    made: TextEdits = {}
    for edit in dict.fromkeys(edits):
        at = edit.location
        if not layout.draft.is_at(at.filename):
            return {}
        start = Place(at.cell, at.row, at.column)
        end = Place(at.cell, at.end_row, at.end_column)
        placed = in_original(source, SourceEdit(start, end, edit.content))
        first, last = placed.start, placed.end
        uri, where = layout.range(
            Location(at.filename, first.row, first.column, last.row, last.column, at.cell)
        )
        content = placed.content.replace("\n", line_break(layout.draft.sheet(at.cell).text))
        made.setdefault(uri, []).append(types.TextEdit(where, content))
    return made


def differences(layout: Layout, after: Source) -> TextEdits:
    """The edits that make of a draft what a program's file became."""
    made: TextEdits = {}
    for number, (sheet, text) in enumerate(
        zip(layout.draft.sheets, _texts(layout.draft, after), strict=True), 1
    ):
        cell = number if layout.draft.is_notebook else None
        before, now = split_lines(sheet.text), split_lines(text)
        for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
            if tag != "equal":
                end_row, end_column = b + 1, 1
                if b == len(before) and before and not before[-1].endswith(("\n", "\r")):
                    end_row, end_column = b, len(before[-1]) + 1
                row, column = (a + 1, 1) if (a, 1) < (end_row, 2) else (end_row, end_column)
                place = Location(layout.draft.path, row, column, end_row, end_column, cell)
                _, where = layout.range(place)
                edit = types.TextEdit(where, "".join(now[c:d]))
                made.setdefault(sheet.uri, []).append(edit)
    return made


def _texts(draft: Draft, after: Source) -> list[str]:
    if not draft.is_notebook:
        return [after.original]
    from keraslint.sources.notebooks import locate_cells

    return [cell.text for cell in locate_cells(after.original)]


def workspace_edit(draft: Draft, edits: TextEdits, versioned: bool) -> types.WorkspaceEdit:
    """The edits for the client, bound to the versions that they were made for if it can do that."""
    if not versioned:
        return types.WorkspaceEdit(changes=edits)
    versions = {sheet.uri: sheet.version for sheet in draft.sheets}
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri, versions[uri]), made
            )
            for uri, made in edits.items()
        ]
    )
