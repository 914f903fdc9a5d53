"""Leads to the module of a command, and answers for what goes wrong in it."""

from __future__ import annotations

import gc
from importlib import import_module

from keraslint.cli.session import say
from keraslint.defects import Shield
from keraslint.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from keraslint.cli.options import Options

WRONG = 2


def enter(options: Options) -> int:
    """Run the command that was asked for and give its exit code."""
    _collect_rarely()
    module, _, function = options.door.partition(":")
    shield = Shield()
    code = WRONG
    with shield.over("running the command"):
        try:
            code = getattr(import_module(f"keraslint.cli.{module}"), function)(options)
        except UsageError as error:
            say(str(error))
    for defect in shield.defects:
        say(str(defect))
    return code


def _collect_rarely() -> None:
    """Syntax trees are many objects that live long: looking for garbage among them is waste."""
    gc.set_threshold(100_000, 20, 100)
