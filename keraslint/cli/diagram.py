"""`keraslint diagram`: a picture of a model."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

from keraslint.cli.options import Options

if TYPE_CHECKING:
    import argparse

    from keraslint.analysis import Analysis, ModelRecord
    from keraslint.diagrams import Failure
    from keraslint.diagrams import Format as Drawing
    from keraslint.diagrams import Options as Wishes
    from keraslint.diagrams.images import Format as Image

UNREAD = ("syntax", "unreadable")
VIEWS = ("auto", "tensors", "graph", "table")
DIRECTIONS = ("auto", "down", "right")
FORMATS = ("svg", "tex", "txt", "mermaid", "dot", "png", "pdf")
NAMES = {"tex": "tikz", "txt": "text"}
"""What a format is called inside, where that differs."""
PAGE = "keraslint-diagram-"


class DrawingOptions(Options, Protocol):
    """What was asked for, of a picture."""

    output: str | None
    format: str | None
    view: str
    collapse: str
    direction: str
    axis: list[str] | None
    open: bool
    lang: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.set_defaults(door="diagram:run")
    parser.description = "Draws models: tensors with their kernel windows, or the graph of layers."
    parser.add_argument(
        "path", metavar="PATH[::NAME]", help="a file, and the variable, function or class in it"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (stdout)")
    parser.add_argument(
        "--format", metavar="FORMAT", help=f"{', '.join(FORMATS)} (by the name of the file, or svg)"
    )
    parser.add_argument(
        "--view", default="auto", metavar="VIEW", help=f"{_either(VIEWS)}: what to show (auto)"
    )
    parser.add_argument(
        "--collapse", default="auto", metavar="HOW", help="repeats: auto, none or depth=N (auto)"
    )
    parser.add_argument(
        "--direction",
        default="auto",
        metavar="WHERE",
        help=f"{_either(DIRECTIONS)}: where it flows (auto)",
    )
    parser.add_argument(
        "--axis", action="append", metavar="NAME=WORD", help="call an axis so, as in steps=days"
    )
    parser.add_argument(
        "--call", metavar="ARGUMENTS", help="what the function NAME is called with, as in 'n=3'"
    )
    parser.add_argument(
        "--lang", default="en", metavar="LANGUAGE", help="of its words: en or zh (en)"
    )
    parser.add_argument("--open", action="store_true", help="show it in a browser")


def _either(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}"


def run(options: DrawingOptions) -> int:
    """Draw the models of a file, or the one that is asked for."""
    from keraslint.cli.session import Session, say
    from keraslint.cli.views import called, split_target
    from keraslint.refusals import failures
    from keraslint.summary import select

    path, qualname = split_target(options.path)
    options.paths = [path]
    target, wishes = _format(options), _wishes(options)
    session = Session(options, wanted=qualname, arguments=called(options, qualname))
    found = [
        analysis
        for settings, paths in list(session.groups())
        for analysis in session.analyses(settings, paths)
    ]
    models = [
        model
        for analysis in found
        for model in select(analysis, qualname, called=options.call is not None)
    ]
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
        if options.open:
            _show(models, wishes, refused, options.path)
        if options.output is not None or not options.open:
            _deliver(_made(models, target, wishes, refused), options.output)
    return 1 if unread else 0


def _format(options: DrawingOptions) -> Drawing | Image:
    """The format that is asked for, or that the name of the file stands for."""
    from keraslint.diagrams import SUFFIXES
    from keraslint.diagrams.images import FORMATS as IMAGES
    from keraslint.usage import UsageError

    if options.format is not None:
        given = options.format
        if given in NAMES.values():
            return cast("Drawing", given)
        return cast("Drawing | Image", NAMES.get(given) or _one_of(FORMATS, given, "format"))
    if options.output is None:
        return "svg"
    suffix = Path(options.output).suffix.lower()
    suffixes = {**SUFFIXES, **{f".{image}": image for image in IMAGES}}
    if suffix not in suffixes:
        raise UsageError(
            f"what format is {options.output}? Say it with --format, or end its name "
            f"with one of {', '.join(suffixes)}"
        )
    return suffixes[suffix]


def _one_of(known: Collection[str], given: str, name: str) -> str:
    from keraslint.usage import UsageError

    if given in known:
        return given
    raise UsageError(f"--{name} is {_either(known)}, not {given!r}")


def _wishes(options: DrawingOptions) -> Wishes:
    from keraslint.diagrams import LANGUAGES
    from keraslint.diagrams import Options as Wishes

    axes = dict(_axis(text) for text in options.axis or ())
    view = _one_of(VIEWS, options.view, "view")
    direction = _one_of(DIRECTIONS, options.direction, "direction")
    return Wishes(
        view=cast("Literal['auto', 'tensors', 'graph', 'table']", view),
        collapse=_collapse(options.collapse),
        direction=cast("Literal['auto', 'down', 'right']", direction),
        axes=axes,
        language=_one_of(LANGUAGES, options.lang, "lang"),
    )


def _collapse(text: str) -> int | Literal["auto", "none"]:
    from keraslint.usage import UsageError

    if text in {"auto", "none"}:
        return cast("Literal['auto', 'none']", text)
    word, _, number = text.partition("=")
    if word == "depth" and number.isascii() and number.isdecimal() and len(number) < 4:
        return int(number)
    raise UsageError(f"--collapse is auto, none or depth=N, not {text!r}")


def _axis(text: str) -> tuple[str, str]:
    from keraslint.usage import UsageError

    name, separator, shown = text.partition("=")
    if not separator:
        raise UsageError(f"--axis is NAME=WORD, such as steps=days, not {text!r}")
    return name, shown


def _made(
    models: list[ModelRecord], target: Drawing | Image, wishes: Wishes, refused: list[Failure]
) -> bytes:
    from keraslint import diagrams
    from keraslint.diagrams import images

    if target in images.FORMATS:
        svg = diagrams.render(models, "svg", wishes, refused)
        return images.convert(svg, target)
    return diagrams.render(models, cast("Drawing", target), wishes, refused).encode()


def _show(models: list[ModelRecord], wishes: Wishes, refused: list[Failure], title: str) -> None:
    """Open a page with the pictures, a temporary file that is left for the browser to read."""
    import tempfile
    import webbrowser

    from keraslint import diagrams
    from keraslint.cli.session import say
    from keraslint.diagrams import page

    pictures = [diagrams.picture(model, wishes, refused) for model in models]
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=PAGE, suffix=".html", delete=False
    ) as file:
        file.write(page.render(pictures, title))
    if not webbrowser.open(Path(file.name).as_uri()):
        say(f"no browser opens; the page is {file.name}")


def _none(found: list[Analysis], path: str, qualname: str | None) -> str:
    from keraslint.sources.calls import CALLED

    names = sorted({name for a in found for m in a.models for name in m.qualnames} - {CALLED})
    known = f"; there are {', '.join(names)}" if names else ""
    return f"no model {qualname!r} in {path}{known}" if qualname else f"no model in {path}"


def _deliver(data: bytes, output: str | None) -> None:
    from keraslint.cli.session import write_bytes
    from keraslint.fixing import write_file
    from keraslint.usage import UsageError

    if output is None:
        write_bytes(data)
        return
    try:
        write_file(output, data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"cannot write {output}: {reason}") from error
