"""Edits of code that stands in a document: with its indentation, or behind its prompts."""

from __future__ import annotations

from keraslint.sources.edits import Edit
from keraslint.sources.elisions import with_elisions
from keraslint.sources.places import Place, split_lines
from keraslint.sources.source import Source

_PROMPT, _CONTINUATION = ">>> ", "... "


def in_document(source: Source, edit: Edit) -> Edit:
    """An edit of a document's program as it must be made in the document."""
    start, end, content = edit
    block = source.block_at(start.row)
    prefix = split_lines(source.original)[start.row - 1][: block.column]
    lines = split_lines(with_elisions(content))
    first = block.column + 1
    whole = start.column == end.column == first and (start.row < end.row or content[-1:] == "\n")
    if whole:
        start, end = Place(None, start.row, 1), Place(None, end.row, 1)
    if content.endswith("\n") and not whole:
        lines.append("")
    return Edit(start, end, _prefixed(lines, prefix, skip=0 if whole else 1))


def _prefixed(lines: list[str], prefix: str, skip: int) -> str:
    made = []
    depth = 0
    prompted = prefix.endswith((_PROMPT, _CONTINUATION))
    for index, line in enumerate(lines):
        lead = prefix
        if prompted:
            inside = depth > 0 or line.startswith((" ", "\t", ")", "]", "}"))
            lead = prefix[: -len(_PROMPT)] + (_CONTINUATION if inside else _PROMPT)
        if index < skip:
            lead = ""
        made.append(lead + line if line.strip() or prompted else lead.rstrip() + line)
        depth += sum(line.count(c) for c in "([{") - sum(line.count(c) for c in ")]}")
    return "".join(made)
