"""Python in Markdown and reStructuredText: each block of code is a program of its own.

A block that Python cannot parse is an excerpt or prose, and no program. The blocks that are run
together (a MyST notebook's cells, the cells of jupyter-sphinx) are one program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from keraslint.sources.decoding import decode
from keraslint.sources.elisions import without_elisions
from keraslint.sources.magics import plain_python
from keraslint.sources.places import split_lines
from keraslint.sources.programs import Program
from keraslint.sources.source import Source

_FENCE = re.compile(
    r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
    r"(?P<fence>(?P<mark>[`~:])(?P=mark){2,})(?!(?P=mark))[ \t]*(?P<info>(?![ \t])[^`]*)$"
)
_QUOTE = re.compile(r"[ \t]*>(?!>>)(?: ?>(?!>>))*[ ]?")
_DEEPEST_QUOTE = 5
_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\.\.[ ]+(?P<name>[\w-]+)::[ \t]*(?P<language>\S*)$")
_CODE_DIRECTIVES = frozenset(
    {"code-block", "code", "sourcecode", "testsetup", "testcode", "jupyter-execute"}
)
_ALWAYS_PYTHON = frozenset({"testsetup", "testcode", "jupyter-execute"})
_RUN_TOGETHER = frozenset({"code-cell", "jupyter-execute", "python"})
_LITERAL = re.compile(r"(?P<indent>[ \t]*)(?!\.\. )\S.*::$|(?P<alone>[ \t]*)::$")
_HINT = re.compile(r"\b(?:python|keras)\b", re.IGNORECASE)
_IMPORT = re.compile(r"\s*(?:import|from)\s+\w")
_PROMPT = re.compile(r"(?P<indent>[ \t]*)>>>(?: |$)")
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_LANGUAGES = frozenset({"py", "py3", "python", "python3", "pycon", "ipython", "ipython3"})


class Part(NamedTuple):
    """Lines of code that stand together; ``row`` and ``column`` as in `Program.add`."""

    lines: list[str]
    row: int
    column: int = 0


class CodeBlock(NamedTuple):
    """A block of code: one part, or a part for each prompt of an interactive session.

    ``together`` says whether it is run after the other blocks of which that is true.
    """

    parts: list[Part]
    together: bool = False


def read_document(path: str, data: bytes) -> list[Source]:
    """The programs in a document.

    Raises:
        UnreadableError: The document is not UTF-8.
    """
    original, encoding, bom = decode(path, data, declared=False)
    alone: list[Program] = []
    together = Program()
    for block in blocks_in(split_lines(original)):
        program = together if block.together else Program()
        for part in block.parts:
            program.add(part.lines, row=part.row, column=part.column)
        if not block.together:
            alone.append(program)
    programs = [program for program in alone if _is_python(program.text)]
    if together.blocks:
        programs.append(together)
    return [
        Source(path, program.text, original, encoding, bom, program.blocks, index)
        for index, program in enumerate(programs)
    ]


def code_blocks(text: str, *, row: int = 1) -> Program:
    """The Python in a text such as a docstring, all blocks of it as one program.

    Args:
        text: The text.
        row: The row of its first line in the original.
    """
    program = Program()
    for block in blocks_in(split_lines(text)):
        for lines, first, column in block.parts:
            program.add(lines, row=first + row - 1, column=column)
    return program


def blocks_in(lines: list[str], depth: int = 0) -> Iterator[CodeBlock]:
    """The blocks of Python code among the lines of a document, or of so many quotes in one."""
    index = 0
    default = ""
    open_fences: list[str] = []
    while index < len(lines):
        line = lines[index].rstrip()
        if open_fences and _closes(line, open_fences[-1]):
            open_fences.pop()
            index += 1
        elif fence := _FENCE.match(line):
            kind, language = _fence_language(fence["info"])
            if kind and not language:  # a note or the like: it holds text, which may hold code
                open_fences.append(fence["fence"])
                index += 1
                continue
            end = _fence_end(lines, index + 1, fence["fence"])
            if language in _LANGUAGES:
                yield _block(lines, index + 1, end, kind)
            index = end + 1
        elif (directive := _DIRECTIVE.match(line)) and directive["name"] == "highlight":
            default = directive["language"]
            index += 1
        elif directive and directive["name"] in _CODE_DIRECTIVES:
            end = _indented_end(lines, index + 1, len(directive["indent"]))
            if (directive["language"] or default) in _LANGUAGES or (
                directive["name"] in _ALWAYS_PYTHON
            ):
                yield _block(lines, index + 1, end, directive["name"])
            index = end
        elif literal := _LITERAL.match(line):
            end = _indented_end(lines, index + 1, len(literal["indent"] or literal["alone"] or ""))
            if _is_python_literal(lines, index, end, default):
                yield _block(lines, index + 1, end, "")
            index = max(end, index + 1)
        else:
            blocks, index = _unfenced(lines, index, depth)
            yield from blocks


def _unfenced(lines: list[str], index: int, depth: int) -> tuple[Iterable[CodeBlock], int]:
    """The blocks in the session or block quote that begins at a line; the index behind it."""
    if _PROMPT.match(lines[index].rstrip()):
        parts, end = _session(lines, index, len(lines))
        return [CodeBlock(parts)], end
    quote = _QUOTE.match(lines[index]) if depth < _DEEPEST_QUOTE else None
    if quote is None:
        return (), index + 1
    end = _quote_end(lines, index, quote[0])
    return _in_quote(lines[index:end], index, len(quote[0]), depth + 1), end


def _quote_end(lines: list[str], index: int, prefix: str) -> int:
    while index < len(lines) and lines[index].startswith(prefix.rstrip()):
        if lines[index].strip() != prefix.strip() and not lines[index].startswith(prefix):
            break
        index += 1
    return index


def _in_quote(lines: list[str], row: int, column: int, depth: int) -> Iterator[CodeBlock]:
    """The blocks in a block quote, which has so many lines and columns before it."""
    inside = [line[column:] if len(line.rstrip("\r\n")) >= column else "\n" for line in lines]
    for parts, together in blocks_in(inside, depth):
        moved = [Part(part.lines, part.row + row, part.column + column) for part in parts]
        yield CodeBlock(moved, together)


def _block(lines: list[str], start: int, end: int, kind: str) -> CodeBlock:
    start = _after_options(lines, start, end)
    together = kind in _RUN_TOGETHER
    if any(_PROMPT.match(line) for line in lines[start:end]):
        return CodeBlock(_prompted(lines, start, end), together)
    text = plain_python(without_elisions("".join(lines[start:end])))
    return CodeBlock([Part(split_lines(text), start + 1)], together)


def _prompted(lines: list[str], start: int, end: int) -> list[Part]:
    """The parts of all interactive sessions between two lines."""
    parts: list[Part] = []
    while start < end:
        if _PROMPT.match(lines[start].rstrip()):
            more, start = _session(lines, start, end)
            parts += more
        else:
            start += 1
    return parts


def _session(lines: list[str], start: int, limit: int) -> tuple[list[Part], int]:
    """The parts of the interactive session that begins at a prompt; the index behind it."""
    parts: list[Part] = []
    index = start
    while index < limit:
        if _PROMPT.match(lines[index].rstrip()):
            part, index = _prompt(lines, index, limit)
            parts.append(part)
        elif lines[index].strip():
            index += 1  # what it printed
        else:
            after = next((i for i in range(index, limit) if lines[i].strip()), limit)
            if after == limit or not _PROMPT.match(lines[after].rstrip()):
                break
            index = after
    return parts, index


def _prompt(lines: list[str], start: int, limit: int) -> tuple[Part, int]:
    """The statement behind a prompt and those that follow at once; the index behind them."""
    prompt = _PROMPT.match(lines[start].rstrip())
    assert prompt is not None
    indent = prompt["indent"]
    end = start
    while end < limit and lines[end].startswith((f"{indent}>>>", f"{indent}...")):
        end += 1
    column = len(indent) + len(">>> ")
    code = "".join(line[column:] or "\n" for line in lines[start:end])
    return Part(split_lines(without_elisions(code)), start + 1, column), end


def _is_python_literal(lines: list[str], index: int, end: int, default: str) -> bool:
    """Whether the literal block behind a line is meant as Python, as far as the text says so."""
    if default:
        return default in _LANGUAGES
    first = next((line for line in lines[index + 1 : end] if line.strip()), "")
    before = "".join(lines[max(index - 1, 0) : index + 1])
    return bool(_IMPORT.match(first) or _PROMPT.match(first.rstrip()) or _HINT.search(before))


def _is_python(text: str) -> bool:
    """Whether Python can parse a text."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<code>", "exec", _ONLY_PARSE, dont_inherit=True)
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
            return False
    return True


_ONLY_PARSE = 0x400  # ast.PyCF_ONLY_AST, without importing ast


def _fence_end(lines: list[str], index: int, fence: str) -> int:
    while index < len(lines) and not _closes(lines[index], fence):
        index += 1
    return index


def _closes(line: str, fence: str) -> bool:
    stripped = line.strip()
    return stripped.startswith(fence) and not stripped.strip(fence[0])


def _fence_language(info: str) -> tuple[str, str]:
    """The directive and language of a fence.

    Such as ``python``, ``{.python}``, ``{code-block} python``, or ``{python}``, a cell of Quarto.
    """
    words = info.replace("{.", "").split() or [""]
    kind = ""
    if words[0].startswith("{"):
        kind = words[0].strip("{},")
        if kind == "python":
            return kind, kind
        if kind not in _CODE_DIRECTIVES and kind != "code-cell":
            return kind, ""
        words = words[1:] or [""]
        if kind in _ALWAYS_PYTHON or kind == "code-cell":
            return kind, "python"
    return kind, re.split(r"[}:,{]", words[0], maxsplit=1)[0].lower()


def _indented_end(lines: list[str], index: int, indent: int) -> int:
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
    if index < end and lines[index].strip() == "---":
        closing = (i for i in range(index + 1, end) if lines[i].strip() == "---")
        index = next(closing, index - 1) + 1
    while index < end and (not lines[index].strip() or _OPTION.match(lines[index])):
        index += 1
    return index
