"""`keraslint diagram`: a picture of a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

from keraslint.cli.parser import Options

if TYPE_CHECKING:
    import argparse

    from keraslint.analysis import Analysis
    from keraslint.diagrams import Format
    from keraslint.diagrams import Options as Wishes

UNREAD = ("syntax", "unreadable")
VIEWS = ("auto", "tensors", "graph", "table")
DIRECTIONS = ("auto", "down", "right")
FORMATS = ("svg", "tikz", "text", "mermaid", "dot")


class DrawingOptions(Options, Protocol):
    """What was asked for, of a picture."""

    output: str | None
    format: str | None
    view: str
    collapse: str
    direction: str
    axis: list[str] | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.set_defaults(door="diagram:run")
    parser.description = "Draws models: tensors with their kernel windows, or the graph of layers."
    parser.add_argument(
        "path", metavar="PATH[::NAME]", help="a file, and the variable, function or class in it"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (stdout)")
    parser.add_argument("--format", choices=FORMATS, help="(by the name of the file, or svg)")
    parser.add_argument("--view", choices=VIEWS, default="auto", help="what to show (auto)")
    parser.add_argument(
        "--collapse", default="auto", metavar="HOW", help="repeats: auto, none or depth=N (auto)"
    )
    parser.add_argument(
        "--direction", choices=DIRECTIONS, default="auto", help="where tensors flow (auto)"
    )
    parser.add_argument(
        "--axis", action="append", metavar="NAME=WORD", help="call an axis so, as in steps=days"
    )


def run(options: DrawingOptions) -> int:
    """Draw the models of a file, or the one that is asked for."""
    from keraslint import diagrams
    from keraslint.cli.session import Session, say
    from keraslint.cli.views import split_target
    from keraslint.refusals import failures
    from keraslint.summary import select

    path, qualname = split_target(options.path)
    options.paths = [path]
    target, wishes = _format(options), _wishes(options)
    session = Session(options, wanted=qualname)
    found = [
        analysis
        for settings, paths in list(session.groups())
        for analysis in session.analyses(settings, paths)
    ]
    models = [model for analysis in found for model in select(analysis, qualname)]
    unread = [p for analysis in found for p in analysis.problems if p.kind in UNREAD]
    for problem in unread:
        say(f"{problem.location.filename}:{problem.location.row}: {problem.message}")
    session.finish()
    if session.defective or (not models and not unread):
        if not session.defective:
            say(_none(found, path, qualname))
        return 2
    if models:
        refused = [failure for analysis in found for failure in failures(analysis)]
        _deliver(diagrams.render(models, target, wishes, refused), options.output)
    return 1 if unread else 0


def _format(options: DrawingOptions) -> Format:
    """The format that is asked for, or that the name of the file stands for."""
    from keraslint.diagrams import SUFFIXES
    from keraslint.usage import UsageError

    if options.format is not None:
        return cast("Format", options.format)
    if options.output is None:
        return "svg"
    suffix = Path(options.output).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"what format is {options.output}? Say it with --format, or end its name "
            f"with one of {', '.join(SUFFIXES)}"
        )
    return SUFFIXES[suffix]


def _wishes(options: DrawingOptions) -> Wishes:
    from keraslint.diagrams import Options as Wishes

    axes = dict(_axis(text) for text in options.axis or ())
    return Wishes(
        view=cast("Literal['auto', 'tensors', 'graph', 'table']", options.view),
        collapse=_collapse(options.collapse),
        direction=cast("Literal['auto', 'down', 'right']", options.direction),
        axes=axes,
    )


def _collapse(text: str) -> int | Literal["auto", "none"]:
    from keraslint.usage import UsageError

    if text in {"auto", "none"}:
        return cast("Literal['auto', 'none']", text)
    word, _, number = text.partition("=")
    if word == "depth" and number.isdecimal():
        return int(number)
    raise UsageError(f"--collapse is auto, none or depth=N, not {text!r}")


def _axis(text: str) -> tuple[str, str]:
    from keraslint.usage import UsageError

    name, separator, shown = text.partition("=")
    if not separator:
        raise UsageError(f"--axis is NAME=WORD, such as steps=days, not {text!r}")
    return name, shown


def _none(found: list[Analysis], path: str, qualname: str | None) -> str:
    names = sorted({name for a in found for model in a.models for name in model.qualnames})
    known = f"; there are {', '.join(names)}" if names else ""
    return f"no model {qualname!r} in {path}{known}" if qualname else f"no model in {path}"


def _deliver(text: str, output: str | None) -> None:
    from keraslint.cli.session import write
    from keraslint.usage import UsageError

    if output is None:
        write([text])
        return
    try:
        Path(output).write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}") from error
