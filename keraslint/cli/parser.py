"""What the command line can say."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import TypeAlias

    from keraslint.cli.options import Options
    from keraslint.cli.plain import Plain

    Taker: TypeAlias = argparse.ArgumentParser | Plain

LEVELS = ("info", "warning", "error")
CHECK_FORMATS = (
    "concise",
    "full",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "azure",
    "junit",
    "pylint",
    "rdjson",
    "sarif",
)
VIEW_FORMATS = ("text", "json")
STYLES = ("auto", "below", "behind")
SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")


def parse(argv: Sequence[str]) -> Options:
    """Read the arguments.

    Raises:
        SystemExit: they are wrong, or only ask for help or the version.
    """
    if argv and argv[0] == "check":
        from keraslint.cli.plain import Plain

        plain = Plain()
        _add_check(plain)
        options = plain.read(argv[1:])
        if options is not None:
            return options
    named = next((word for word in argv if not word.startswith("-")), None)
    from typing import cast

    return cast("Options", build(named).parse_args(argv))


def build(command: str | None = None) -> argparse.ArgumentParser:
    """The reader of all commands' arguments, or of those of one command only: that takes less."""
    import argparse

    from keraslint import __version__

    parser = argparse.ArgumentParser(
        prog="keraslint",
        description="Knows every tensor shape in Keras model code without running it.",
    )
    parser.add_argument("--version", action="version", version=f"keraslint {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, purpose, configure in (
        ("check", "report what is wrong", _add_check),
        ("shapes", "show the shapes of every layer", _add_shapes),
        ("summary", "show the models as tables", _add_summary),
        ("diagram", "draw the models", _add_diagram),
        ("annotate", "write the shapes into the code", _add_annotate),
        ("rule", "explain a rule", _add_rule),
        ("verify", "run the code with Keras, and compare", _add_verify),
        ("clean", "forget what earlier checks found", _add_clean),
        ("server", "talk to an editor", _add_server),
        ("completion", "let a shell complete the commands", _add_completion),
    ):
        made = commands.add_parser(name, help=purpose)
        if command in {None, name}:
            configure(made)
    return parser


def _add_check(parser: Taker) -> None:
    parser.set_defaults(door="check:run")
    _add_paths(parser)
    _add_common(parser, CHECK_FORMATS)
    parser.add_argument("--select", action="append", metavar="RULES", help="use these rules only")
    parser.add_argument(
        "--extend-select", action="append", metavar="RULES", help="use these as well"
    )
    parser.add_argument("--ignore", action="append", metavar="RULES", help="do not use these")
    parser.add_argument(
        "--fail-level", choices=LEVELS, help="least severity that gives exit code 1 (warning)"
    )
    parser.add_argument("--exit-zero", action="store_true", help="findings give exit code 0, too")
    parser.add_argument("--watch", action="store_true", help="check again after every change")
    parser.add_argument("--statistics", action="store_true", help="only count, rule by rule")
    _add_working(parser)
    _add_changing(parser)
    _add_accepting(parser)
    _add_asking(parser)


def _add_working(parser: Taker) -> None:
    group = parser.add_argument_group("working")
    group.add_argument(
        "-j", "--jobs", type=_positive, metavar="N", help="processes (one for each processor)"
    )
    group.add_argument("--no-cache", action="store_true", help="neither use nor keep old findings")
    group.add_argument("--cache-dir", metavar="DIR", help="keep them there (.keraslint_cache)")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _add_clean(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="clean:run")
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")
    parser.add_argument("--cache-dir", metavar="DIR", help="the folder (.keraslint_cache)")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing")


def _add_changing(parser: Taker) -> None:
    group = parser.add_argument_group("fixing")
    group.add_argument("--fix", action="store_true", help="make the safe fixes")
    group.add_argument("--unsafe-fixes", action="store_true", help="make the unsafe ones as well")
    group.add_argument(
        "--diff", action="store_true", help="show what fixing would change, and change nothing"
    )
    group.add_argument("--fix-only", action="store_true", help="fix, and do not report the rest")
    group.add_argument("--show-fixes", action="store_true", help="list what was fixed")


def _add_accepting(parser: Taker) -> None:
    group = parser.add_argument_group("accepting what there is")
    group.add_argument(
        "--add-ignore", action="store_true", help="add a comment for each finding that allows it"
    )
    group.add_argument("--baseline", metavar="FILE", help="report only what is not in this file")
    group.add_argument("--write-baseline", metavar="FILE", help="write the findings to this file")


def _add_asking(parser: Taker) -> None:
    group = parser.add_argument_group("asking instead of checking")
    group.add_argument("--show-settings", action="store_true", help="show the settings in use")
    group.add_argument("--show-files", action="store_true", help="show the files to be checked")


def _add_annotate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="annotate:run")
    parser.description = "Writes comments with the output shape of every layer, or corrects them."
    _add_paths(parser)
    _add_settings(parser)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit code 1 if something would change"
    )
    parser.add_argument(
        "--diff", action="store_true", help="show what would change, change nothing"
    )
    parser.add_argument("--remove", action="store_true", help="remove the comments")
    parser.add_argument(
        "--style", choices=STYLES, help="where a comment stands next to its layer (auto)"
    )


def _add_shapes(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="views:run_shapes")
    _add_paths(parser)
    _add_common(parser, VIEW_FORMATS)


def _add_summary(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="views:run_summary")
    parser.add_argument(
        "path", metavar="PATH[::NAME]", help="a file, and the variable, function or class in it"
    )
    parser.add_argument(
        "--call", metavar="ARGUMENTS", help="what the function NAME is called with, as in 'n=3'"
    )
    _add_common(parser, VIEW_FORMATS)


def _add_diagram(parser: argparse.ArgumentParser) -> None:
    from keraslint.cli.diagram import configure

    configure(parser)
    _add_settings(parser)


def _add_rule(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="explain:run")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("rule", nargs="?", metavar="RULE", help="a code or a name")
    which.add_argument("--all", action="store_true", help="list all rules")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="verify:run")
    parser.description = (
        "Runs the program with the real Keras and compares. No other command runs it."
    )
    parser.add_argument(
        "path", metavar="PATH[::NAME]", help="a file, and a function or class in it to call"
    )
    parser.add_argument("--call", metavar="ARGUMENTS", help="what to call it with, as in 'n=3'")
    parser.add_argument(
        "--stub-data", action="store_true", help="zeros instead of downloads, and no training"
    )
    parser.add_argument("--timeout", type=float, default=600, metavar="SECONDS", help="(600)")
    parser.add_argument(
        "--python", metavar="FILE", help="the interpreter that has Keras (this one)"
    )
    parser.add_argument("--output-format", choices=VIEW_FORMATS, help=f"({VIEW_FORMATS[0]})")


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="server:run")
    parser.description = "Speaks the language server protocol on stdin and stdout."
    parser.add_argument("--stdio", action="store_true", help="what editors like to say; no effect")


def _add_completion(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="completion:run")
    parser.description = "Prints what a shell needs in order to complete keraslint's arguments."
    parser.add_argument("shell", choices=SHELLS, help="what to print it for")


def _add_paths(parser: Taker) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="files and folders (.); - is stdin"
    )


def _add_common(parser: Taker, formats: tuple[str, ...]) -> None:
    parser.add_argument("--output-format", choices=formats, help=f"({formats[0]})")
    _add_settings(parser)


def _add_settings(parser: Taker) -> None:
    parser.add_argument(
        "--stdin-filename", metavar="FILE", help="what the program is called that '-' reads"
    )
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")
    parser.add_argument(
        "--force-exclude", action="store_true", help="leave out excluded files that are named, too"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but results")
