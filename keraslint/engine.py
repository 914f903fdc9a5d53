"""From paths to analyses."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from keraslint.analysis import Analysis, Location, Problem
from keraslint.sources import (
    DEFAULT_EXCLUDES,
    UnreadableError,
    discover,
    mentions_keras,
    read_bytes,
    read_source,
)

if TYPE_CHECKING:
    from keraslint.sources import Source

SYNTAX, UNREADABLE, LIMIT, DEFECT = "syntax", "unreadable", "limit", "defect"


def analyse_paths(
    paths: Iterable[str],
    *,
    excludes: Iterable[str] = DEFAULT_EXCLUDES,
    src: tuple[str, ...] = (),
    wanted: str | None = None,
) -> Iterator[Analysis]:
    """The analysis of every file the paths stand for; bad input is a problem of its analysis.

    Args:
        paths: files and folders.
        excludes: patterns of what is left out below folders.
        src: further folders in which absolute imports are looked up.
        wanted: the one model of interest, if it is one; see `interpreter.roots.run`.
    """
    for path in discover(paths, excludes=excludes):
        yield analyse_file(path, src=src, wanted=wanted)


def analyse_file(path: str, *, src: tuple[str, ...] = (), wanted: str | None = None) -> Analysis:
    """The analysis of one file. Never raises for what the file holds."""
    try:
        return analyse_bytes(path, read_bytes(path), src=src, wanted=wanted)
    except UnreadableError as error:
        return _unreadable(error)


def analyse_bytes(
    path: str, data: bytes, *, src: tuple[str, ...] = (), wanted: str | None = None
) -> Analysis:
    """The analysis of a file's content. Never raises for what it holds."""
    if not mentions_keras(data):
        return Analysis(path)
    try:
        return analyse_source(read_source(path, data), src=src, wanted=wanted)
    except UnreadableError as error:
        return _unreadable(error)


def _unreadable(error: UnreadableError) -> Analysis:
    row, column = error.place.row, error.place.column
    place = Location(error.path, row, column, row, column)
    return Analysis(error.path, problems=[Problem(UNREADABLE, error.message, place)])


def forget() -> None:
    """Read imported files anew from now on: they may have changed."""
    from keraslint.interpreter.programs import forget

    forget()


def analyse_source(
    source: Source, *, src: tuple[str, ...] = (), wanted: str | None = None
) -> Analysis:
    """The analysis of one program."""
    from keraslint.interpreter.programs import Program, parse_once
    from keraslint.interpreter.reading import read

    parsed = parse_once(source)
    problems = []
    for problem in parsed.problems:
        place = source.place(problem.position)
        location = Location(
            source.path, place.row, place.column, place.row, place.column + 1, place.cell
        )
        kind = SYNTAX if problem.invalid else LIMIT
        problems.append(Problem(kind, problem.message, location))
    program = Program(parsed, src)
    try:
        analysis = read(program, wanted)
    except Exception as error:
        analysis = Analysis(source.path)
        problems.append(_defect(source.path, error))
    analysis.problems = [*problems, *analysis.problems]
    analysis.syntax = parsed
    return analysis


def _defect(path: str, error: Exception) -> Problem:
    """A failure of keraslint itself, with the line of its own code."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename.rpartition('keraslint')[2].lstrip('/')}:{frame.lineno}"
    message = f"internal error in {where}: {type(error).__name__}: {error} (please report this)"
    return Problem(DEFECT, message, Location(path, 1, 1, 1, 1))
