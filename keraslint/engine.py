"""From paths to analyses."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from keraslint.analysis import Analysis, Location, Problem
from keraslint.sources import (
    DEFAULT_EXCLUDES,
    DEFAULT_INCLUDES,
    UnreadableError,
    concerns_keras,
    discover,
    read_bytes,
    read_programs,
)
from keraslint.sources.calls import CALLED, with_call

if TYPE_CHECKING:
    from keraslint.sources import Source

SYNTAX, UNREADABLE, LIMIT, DEFECT = "syntax", "unreadable", "limit", "defect"


def analyse_paths(
    paths: Iterable[str],
    *,
    includes: Iterable[str] = DEFAULT_INCLUDES,
    excludes: Iterable[str] = DEFAULT_EXCLUDES,
    src: tuple[str, ...] = (),
    wanted: str | None = None,
    arguments: str | None = None,
) -> Iterator[Analysis]:
    """The analyses of the files the paths stand for; bad input is a problem of its analysis.

    A document has an analysis for each of its programs, any other file has one.

    Args:
        paths: files and folders.
        includes: patterns of the files below folders.
        excludes: patterns of what is left out there.
        src: further folders in which absolute imports are looked up.
        wanted: the one model of interest, if it is one; see `interpreter.roots.run`.
        arguments: what to call ``wanted`` with, if it is to be called; see `sources.with_call`.

    Raises:
        UsageError: the arguments are none.
    """
    for path in discover(paths, includes=includes, excludes=excludes):
        try:
            data = read_bytes(path)
        except UnreadableError as error:
            yield unreadable(error)
        else:
            yield from analyse_programs(path, data, src=src, wanted=wanted, arguments=arguments)


def analyse_file(
    path: str,
    *,
    src: tuple[str, ...] = (),
    wanted: str | None = None,
    arguments: str | None = None,
) -> Analysis:
    """The analysis of one file. Never raises for what the file holds."""
    try:
        data = read_bytes(path)
        return analyse_bytes(path, data, src=src, wanted=wanted, arguments=arguments)
    except UnreadableError as error:
        return unreadable(error)


def analyse_bytes(
    path: str,
    data: bytes,
    *,
    src: tuple[str, ...] = (),
    wanted: str | None = None,
    arguments: str | None = None,
) -> Analysis:
    """The analysis of a file's content. Never raises for what it holds.

    That of a document tells what its programs hold together.
    """
    first, *others = analyse_programs(path, data, src=src, wanted=wanted, arguments=arguments)
    for other in others:
        first.sites += other.sites
        first.models += other.models
        first.faults += other.faults
        first.training += other.training
        first.limits += other.limits
        first.problems += other.problems
        first.dependencies += other.dependencies
        first.evidence.add(other.evidence)
    return first


def analyse_programs(
    path: str,
    data: bytes,
    *,
    src: tuple[str, ...] = (),
    wanted: str | None = None,
    arguments: str | None = None,
    always: bool = False,
) -> Iterator[Analysis]:
    """The analyses of the programs in a file's content, at least one of them.

    They are empty if the file has nothing to do with Keras, unless ``always`` is asked for.
    """
    try:
        concerned = always or concerns_keras(path, data, src)
        programs = read_programs(path, data) if concerned else []
        programs = [p for p in programs if "keras" in p.text or not p.is_excerpt]
    except UnreadableError as error:
        yield unreadable(error)
        return
    for source in programs:
        if wanted is not None and arguments is not None:
            called = with_call(source, wanted, arguments)
            yield analyse_source(called, src=src, wanted=CALLED)
        else:
            yield analyse_source(source, src=src, wanted=wanted)
    if not programs:
        yield Analysis(path)


def unreadable(error: UnreadableError) -> Analysis:
    """The analysis of a file that cannot be read."""
    row, column = error.row, error.column
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
    except RecursionError:
        analysis = Analysis(source.path)
        beginning = Location(source.path, 1, 1, 1, 1)
        problems.append(Problem(LIMIT, "code too complex", beginning))
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
