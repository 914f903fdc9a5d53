"""Jupyter notebooks: their code cells, in order, are one program."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from keraslint.files import UnreadableError
from keraslint.sources.decoding import decode
from keraslint.sources.magics import plain_python
from keraslint.sources.places import split_lines
from keraslint.sources.programs import Program
from keraslint.sources.source import Source


def read_notebook(path: str, data: bytes) -> Source:
    """The program in a notebook; an empty one if its kernel does not speak Python.

    Raises:
        UnreadableError: It is not UTF-8, not JSON, or not a notebook.
    """
    original, encoding, bom = decode(path, data, declared=False)
    notebook = _load(path, original)
    program = Program()
    for number, cell in enumerate(_code_cells(path, notebook) if _is_python(notebook) else (), 1):
        program.add(split_lines(plain_python(cell_text(cell))), cell=number)
    return Source(path, program.text, original, encoding, bom, program.blocks)


def cell_text(cell: dict[str, Any]) -> str:
    """The text of a cell, stored whole or in lines, and before version 4 under another name."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


class CellText(NamedTuple):
    """A code cell's text, and the stretch of the notebook's JSON that holds it."""

    text: str
    start: int
    end: int


def locate_cells(original: str) -> list[CellText]:
    """The code cells of a notebook, each with where its text stands in the JSON."""
    notebook = _members(original, _skip(original, 0))
    sheets = _items(original, notebook["worksheets"][1]) if "worksheets" in notebook else None
    owners = [_members(original, start) for _, start, _ in sheets] if sheets else [notebook]
    found = []
    for owner in owners:
        for cell, start, _ in _items(original, owner["cells"][1]):
            if _is_code(cell):
                members = _members(original, start)
                _, begin, end = members["source" if "source" in members else "input"]
                found.append(CellText(cell_text(cell), begin, end))
    return found


def _load(path: str, original: str) -> dict[str, Any]:
    try:
        notebook = json.loads(original)
    except json.JSONDecodeError as error:
        message = f"not a notebook: {error.msg}"
        raise UnreadableError(path, message, error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableError(path, f"not a notebook: {error}") from error
    if not isinstance(notebook, dict) or not ("cells" in notebook or "worksheets" in notebook):
        raise UnreadableError(path, "not a notebook: it has no cells")
    return notebook


def _is_python(notebook: dict[str, Any]) -> bool:
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return True
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        named = metadata.get(section)
        language = named.get(key) if isinstance(named, dict) else None
        if isinstance(language, str):
            return language.lower() in {"python", "ipython", "python3"}
    return True


def _code_cells(path: str, notebook: dict[str, Any]) -> list[dict[str, Any]]:
    owners = notebook.get("worksheets", [notebook])
    try:
        return [cell for owner in owners for cell in owner["cells"] if _is_code(cell)]
    except (KeyError, TypeError) as error:
        raise UnreadableError(path, "not a notebook: its cells are malformed") from error


def _is_code(cell: object) -> bool:
    return (
        isinstance(cell, dict)
        and cell.get("cell_type") == "code"
        and ("source" in cell or "input" in cell)
    )


_DECODER = json.JSONDecoder()


class _Value(NamedTuple):
    value: Any
    start: int
    end: int


def _skip(text: str, offset: int) -> int:
    while text[offset] in " \t\r\n,:":
        offset += 1
    return offset


def _members(text: str, start: int) -> dict[str, _Value]:
    """The members of the JSON object that begins at an offset."""
    members = {}
    offset = _skip(text, start + 1)
    while text[offset] != "}":
        key, offset = _DECODER.raw_decode(text, offset)
        begin = _skip(text, offset)
        value, offset = _DECODER.raw_decode(text, begin)
        members[key] = _Value(value, begin, offset)
        offset = _skip(text, offset)
    return members


def _items(text: str, start: int) -> list[_Value]:
    """The items of the JSON array that begins at an offset."""
    items = []
    offset = _skip(text, start + 1)
    while text[offset] != "]":
        value, end = _DECODER.raw_decode(text, offset)
        items.append(_Value(value, offset, end))
        offset = _skip(text, end)
    return items
