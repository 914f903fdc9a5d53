"""`keraslint shapes` and `keraslint summary`: what is known, as text or JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keraslint.cli.session import Session, say, write
from keraslint.terminal import canvas_of

if TYPE_CHECKING:
    from keraslint.analysis import Analysis
    from keraslint.cli.options import Options

UNREAD = ("syntax", "unreadable")


def run_shapes(options: Options) -> int:
    """Show every layer with the shapes it takes and gives."""
    from keraslint import shapes

    session = Session(options)
    analyses = _analyses(session)
    files = shapes.collect(analyses)
    if options.output_format == "json":
        write([_json(shapes.as_data(files))])
    else:
        write(f"{line}\n" for line in shapes.as_text(files, canvas_of(sys.stdout)))
    return _code(session, analyses)


def run_summary(options: Options) -> int:
    """Show the models of a file, or the one that is asked for."""
    from keraslint import summary
    from keraslint.sources.calls import CALLED

    path, qualname = split_target(options.path)
    options.paths = [path]
    session = Session(options, wanted=qualname, arguments=called(options, qualname))
    analyses = _analyses(session)
    models = [
        model
        for analysis in analyses
        for model in summary.select(analysis, qualname, called=options.call is not None)
    ]
    code = _code(session, analyses)
    if qualname and not models and not code:
        names = sorted({n for a in analyses for m in a.models for n in m.qualnames} - {CALLED})
        known = f"; there are {', '.join(names)}" if names else ""
        say(f"no model {qualname!r} in {path}{known}")
        return 2
    if options.output_format == "json":
        write([_json(summary.as_data(models))])
    else:
        write(f"{line}\n" for line in summary.as_text(models, canvas_of(sys.stdout)))
    return code


def split_target(target: str) -> tuple[str, str | None]:
    """A path, and the qualified name behind ``::``, if there is one."""
    path, separator, qualname = target.rpartition("::")
    if not separator or Path(target).exists():
        return target, None
    return path, qualname


def called(options: Options, qualname: str | None) -> str | None:
    """The arguments that ``--call`` gives, if it is there.

    Raises:
        UsageError: they are none, or there is nothing to call.
    """
    from keraslint.sources.calls import literals
    from keraslint.usage import UsageError

    if options.call is None:
        return None
    if qualname is None:
        raise UsageError("--call needs the name of what is called, as in model.py::build")
    return literals(options.call)


def _analyses(session: Session) -> list[Analysis]:
    return [
        analysis
        for settings, paths in list(session.groups())
        for analysis in session.analyses(settings, paths)
    ]


def _code(session: Session, analyses: Iterable[Analysis]) -> int:
    """The exit code; what could not be read is told on stderr."""
    unread = tell_problems(analyses)
    session.finish()
    if session.defective:
        return 2
    return 1 if unread else 0


def tell_problems(analyses: Iterable[Analysis]) -> int:
    """Tell on stderr what could not be read; how many problems there are."""
    unread = [p for analysis in analyses for p in analysis.problems if p.kind in UNREAD]
    for problem in unread:
        location = problem.location
        say(f"{location.filename}:{location.row}:{location.column}: {problem.message}")
    return len(unread)


def _json(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, indent=1) + "\n"
