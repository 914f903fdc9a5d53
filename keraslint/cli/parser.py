"""What the command line can say."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Protocol, cast

from keraslint import __version__

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


class Options(Protocol):
    """What was asked for."""

    door: str
    paths: list[str]
    path: str
    rule: str | None
    all: bool
    output_format: str | None
    fail_level: str | None
    select: list[str] | None
    extend_select: list[str] | None
    ignore: list[str] | None
    config: str | None
    exit_zero: bool
    quiet: bool
    call: str | None
    stub_data: bool
    timeout: float
    python: str | None


def parse(argv: Sequence[str]) -> Options:
    """Read the arguments.

    Raises:
        SystemExit: they are wrong, or only ask for help or the version.
    """
    parser = argparse.ArgumentParser(
        prog="keraslint",
        description="Knows every tensor shape in Keras model code without running it.",
    )
    parser.add_argument("--version", action="version", version=f"keraslint {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands.add_parser("check", help="report what is wrong"))
    _add_shapes(commands.add_parser("shapes", help="show the shapes of every layer"))
    _add_summary(commands.add_parser("summary", help="show the models as tables"))
    _add_rule(commands.add_parser("rule", help="explain a rule"))
    _add_verify(commands.add_parser("verify", help="run the code with Keras, and compare"))
    return cast(Options, parser.parse_args(argv))


def _add_check(parser: argparse.ArgumentParser) -> None:
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


def _add_shapes(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="views:run_shapes")
    _add_paths(parser)
    _add_common(parser, VIEW_FORMATS)


def _add_summary(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(door="views:run_summary")
    parser.add_argument(
        "path", metavar="PATH[::NAME]", help="a file, and the variable, function or class in it"
    )
    _add_common(parser, VIEW_FORMATS)


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


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="files and folders (.)"
    )


def _add_common(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--output-format", choices=formats, help=f"({formats[0]})")
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but results")
