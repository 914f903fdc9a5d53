"""Changing files, without losing what somebody else writes to them at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keraslint.cli.checking import is_stdin
from keraslint.cli.session import Session, say

if TYPE_CHECKING:
    from keraslint.sources import Source

ATTEMPTS = 5


def change(session: Session, source: Source, work: Callable[[Source], Source]) -> bool:
    """Replace a program's file by what ``work`` makes of the program.

    If the file changes before it can be replaced, its new content is read and worked on. A program
    from stdin is only worked on.

    Returns:
        Whether it worked out; if not, stderr says why.
    """
    from keraslint.fixing import ChangedMeanwhileError, replace_file
    from keraslint.sources import UnreadableError, load

    for _ in range(ATTEMPTS):
        made = work(source)
        if made.original == source.original or is_stdin(session, source):
            return True
        before, after = source.encode(source.original), made.encode(made.original)
        try:
            replace_file(source.path, before, after)
        except ChangedMeanwhileError:
            try:
                source = load(source.path, source.index)
            except UnreadableError as error:
                say(str(error))
                return False
        except OSError as error:
            say(f"{source.path}: cannot be written: {(error.strerror or str(error)).lower()}")
            return False
        else:
            return True
    say(f"{source.path}: keeps changing, and is left alone")
    return False
