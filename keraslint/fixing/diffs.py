"""What changed in a file, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from keraslint.sources import Source, split_lines

NO_NEWLINE = "\n\\ No newline at end of file\n"


def diff(before: Source, after: Source) -> Iterator[str]:
    """The lines of a unified diff; of a notebook, one diff for each changed cell."""
    if any(block.cell is not None for block in (*before.blocks, *after.blocks)):
        old, new = _cells(before), _cells(after)
        for number in sorted(old.keys() | new.keys()):
            name = f"{before.path}:cell {number}"
            yield from _diff(name, old.get(number, ""), new.get(number, ""))
    else:
        yield from _diff(before.path, before.original, after.original)


def _cells(source: Source) -> dict[int, str]:
    from keraslint.sources.notebooks import locate_cells

    return {number: cell.text for number, cell in enumerate(locate_cells(source.original), 1)}


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    for line in unified_diff(split_lines(before), split_lines(after), name, name):
        yield line if line.endswith(("\n", "\r")) else line + NO_NEWLINE
