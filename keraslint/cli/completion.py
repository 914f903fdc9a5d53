"""`keraslint completion`: what a shell needs in order to complete the arguments."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from keraslint.cli.session import write
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from keraslint.cli.options import Options

FILES = ("FILE", "PATH", "PATH[::NAME]")
RULES = ("RULE", "RULES")


def run(options: Options) -> int:
    """Print the script for a shell.

    Raises:
        UsageError: what makes it is not installed.
    """
    if find_spec("shtab") is None:
        raise UsageError("completion needs shtab: pip install 'keraslint[completion]'")
    import shtab

    from keraslint.cli.parser import build
    from keraslint.rules import rules

    parser = build()
    names = sorted({name for rule in rules() for name in (rule.code, rule.name)})
    for action in _actions(parser):
        if action.metavar in FILES:
            vars(action)["complete"] = shtab.FILE
        elif action.metavar in RULES:
            action.choices = names
    write([shtab.complete(parser, options.shell), "\n"])
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Everything that the commands take."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action
