"""Python in Markdown and reStructuredText: its blocks of code, in order, are one program."""

from __future__ import annotations

import re

from keraslint.sources.decoding import decode
from keraslint.sources.magics import plain_python
from keraslint.sources.places import split_lines
from keraslint.sources.programs import Program
from keraslint.sources.source import Source

_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\.[ ]+(?P<name>code-block|code|sourcecode|testcode|jupyter-execute)::"
    r"[ \t]*(?P<language>\S*)[ \t]*$"
)
_PROMPT = re.compile(r"(?P<indent>[ \t]*)>>>(?: |$)")
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_LANGUAGES = frozenset({"py", "py3", "python", "python3", "pycon", "ipython", "ipython3"})
_ALWAYS_PYTHON = frozenset({"testcode", "jupyter-execute"})


def read_document(path: str, data: bytes) -> Source:
    """The program in a document.

    Raises:
        UnreadableError: The document is not UTF-8.
    """
    original, encoding, bom = decode(path, data, declared=False)
    program = code_blocks(original)
    return Source(path, program.text, original, encoding, bom, program.blocks)


def code_blocks(text: str, *, row: int = 1) -> Program:
    """The Python in a text that has blocks of code, such as a document or a docstring.

    Args:
        text: The text.
        row: The row of its first line in the original.
    """
    lines = split_lines(text)
    program = Program()
    index = 0
    while index < len(lines):
        line = lines[index].rstrip()
        if fence := _FENCE.match(line):
            end = _fence_end(lines, index + 1, fence["fence"])
            if _fence_language(fence["info"]) in _LANGUAGES:
                _add(program, lines, _after_options(lines, index + 1, end), end, row)
            index = end + 1
        elif directive := _DIRECTIVE.match(line):
            end = _directive_end(lines, index + 1, len(directive["indent"]))
            if directive["language"] in _LANGUAGES or directive["name"] in _ALWAYS_PYTHON:
                _add(program, lines, _after_options(lines, index + 1, end), end, row)
            index = end
        elif _PROMPT.match(line):
            index = _add_doctest(program, lines, index, row)
        else:
            index += 1
    return program


def _add(program: Program, lines: list[str], start: int, end: int, row: int) -> None:
    if any(_PROMPT.match(line) for line in lines[start:end]):
        while start < end:
            is_prompt = _PROMPT.match(lines[start].rstrip())
            start = _add_doctest(program, lines, start, row) if is_prompt else start + 1
    else:
        program.add(split_lines(plain_python("".join(lines[start:end]))), row=row + start)


def _add_doctest(program: Program, lines: list[str], start: int, row: int) -> int:
    """Adds the statements that begin at a prompt; returns the index behind the last."""
    prompt = _PROMPT.match(lines[start].rstrip())
    assert prompt is not None
    indent = prompt["indent"]
    end = start
    while end < len(lines) and lines[end].startswith((f"{indent}>>>", f"{indent}...")):
        end += 1
    column = len(indent) + len(">>> ")
    program.add(
        [line[column:] or "\n" for line in lines[start:end]], row=row + start, column=column
    )
    return end


def _fence_end(lines: list[str], index: int, fence: str) -> int:
    while index < len(lines):
        stripped = lines[index].strip()
        if stripped.startswith(fence) and not stripped.strip(fence[0]):
            break
        index += 1
    return index


def _fence_language(info: str) -> str:
    """The language of a fence such as ``python``, ``{.python}`` or ``{code-block} python``."""
    words = info.replace("{.", "").split() or [""]
    if words[0].startswith("{"):
        if words[0] == "{code-cell}":
            return "python"
        words = words[1:] or [""]
    return re.split(r"[}:,{]", words[0], maxsplit=1)[0].lower()


def _directive_end(lines: list[str], index: int, indent: int) -> int:
    end = index
    while index < len(lines):
        line = lines[index]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            end = index + 1
        index += 1
    return end


def _after_options(lines: list[str], index: int, end: int) -> int:
    while index < end and (not lines[index].strip() or _OPTION.match(lines[index])):
        index += 1
    return index
