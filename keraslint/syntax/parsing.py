"""From a source to its syntax tree."""

from __future__ import annotations

import warnings
from contextvars import ContextVar
from dataclasses import dataclass, field

import libcst as cst

from keraslint.sources import Block, LineIndex, Position, Source, Span, split_lines
from keraslint.syntax.nesting import find_excess

# Far more than anybody writes; libcst would need seconds, and hundreds of megabytes.
MAX_LENGTH = 2_000_000
MAX_PARTS = 50_000


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Code that could not be parsed.

    Attributes:
        position: Where in the program.
        message: What is wrong.
        invalid: Whether Python refuses it too. Otherwise it is just beyond what keraslint reads.
    """

    position: Position
    message: str
    invalid: bool = True


@dataclass(frozen=True, slots=True)
class ParsedModule:
    """A program's syntax tree.

    Attributes:
        source: The program.
        module: Its tree, without the parts that could not be parsed; empty if nothing could.
        problems: What is wrong with those parts.
        spans: Where nodes stand, as far as somebody has asked.
    """

    source: Source
    module: cst.Module
    problems: tuple[SyntaxProblem, ...] = ()
    spans: dict[cst.CSTNode, Span] = field(default_factory=dict, compare=False, repr=False)


def parse(source: Source) -> ParsedModule:
    """Parses a program; whatever it holds, this raises no error.

    Each of a notebook's cells and of a document's code blocks stands for itself: where one cannot
    be parsed, the others still are.
    """
    module, problem = _parse(source.text)
    if problem is None:
        return ParsedModule(source, module)
    if len(source.blocks) < 2:
        return ParsedModule(source, module, (problem,))
    return _parse_blocks(source, problem)


def _parse_blocks(source: Source, whole: SyntaxProblem) -> ParsedModule:
    lines = split_lines(source.text)
    problems = []
    for block in source.blocks:
        rows = slice(block.start - 1, block.start - 1 + block.rows)
        _, problem = _parse("".join(lines[rows]))
        if problem is not None:
            problems.append(_shifted(problem, block))
            lines[rows] = ["\n"] * block.rows
    module, problem = _parse("".join(lines))
    if problem is not None:
        problems = [whole]
    return ParsedModule(source, module, tuple(problems))


def _shifted(problem: SyntaxProblem, block: Block) -> SyntaxProblem:
    row, column = problem.position
    row = min(row, block.rows) + block.start - 1
    return SyntaxProblem(Position(row, column), problem.message, problem.invalid)


def _parse(text: str) -> tuple[cst.Module, SyntaxProblem | None]:
    if len(text) > MAX_LENGTH or sum(map(text.count, _BETWEEN)) > MAX_PARTS:
        return cst.Module([]), SyntaxProblem(Position(1, 1), "too large a program", invalid=False)
    excess = find_excess(text)
    if excess is not None:
        message = "too many nested parentheses" if excess.brackets else "expression too complex"
        position = LineIndex(text).position(excess.offset)
        return cst.Module([]), SyntaxProblem(position, message, excess.brackets)
    try:
        return _trusting(text), None
    except cst.ParserSyntaxError as error:
        # editor_line and editor_column would expand tabs
        position = Position(error.raw_line, error.raw_column + 1)
        return cst.Module([]), _second_opinion(text, position)
    except (RecursionError, MemoryError):
        return cst.Module([]), SyntaxProblem(Position(1, 1), "code too complex", invalid=False)
    except UnicodeEncodeError as error:
        position = LineIndex(text).position(error.start)
        return cst.Module([]), SyntaxProblem(position, "a lone surrogate is no character")


_TRUSTED: ContextVar[bool] = ContextVar("_TRUSTED", default=False)


def _trusting(text: str) -> cst.Module:
    """Parses without asking each node whether its parts fit together: those of a parser do.

    That asking is a fifth of the time.
    """
    token = _TRUSTED.set(True)
    try:
        return cst.parse_module(text)
    finally:
        _TRUSTED.reset(token)


def _validate(node: cst.CSTNode) -> None:
    if not _TRUSTED.get():
        node._validate()


# Once for all: Python keeps no attributes of a class at hand that changes a thousand times.
type.__setattr__(cst.CSTNode, "__post_init__", _validate)


def _second_opinion(text: str, position: Position) -> SyntaxProblem:
    """What Python itself says of code that libcst refuses: it explains more, and is the judge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<code>", "exec", _ONLY_PARSE, dont_inherit=True)
        except SyntaxError as error:
            if error.lineno:
                row = max(1, min(error.lineno, len(split_lines(text))))
                position = Position(row, max(error.offset or 1, 1))
            return SyntaxProblem(position, error.msg)
        except (ValueError, OverflowError) as error:  # such as null bytes, before Python 3.12
            return SyntaxProblem(position, str(error))
        except (RecursionError, MemoryError):
            return SyntaxProblem(position, "code too complex", invalid=False)
    return SyntaxProblem(position, "syntax that keraslint cannot read yet", invalid=False)


_BETWEEN = "\n\r,;"  # statements and items: each is at least one node
_ONLY_PARSE = 0x400  # ast.PyCF_ONLY_AST, without importing ast
