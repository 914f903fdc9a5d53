"""The `keraslint` command. Nothing heavy is imported before it is known what is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

FOUND, WRONG, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: the arguments; those of the process if not given.

    Returns:
        The exit code: 0 nothing to report, 1 findings, 2 wrong usage or a defect, 130 interrupted.
    """
    from keraslint.cli.parser import parse

    try:
        options = parse(sys.argv[1:] if argv is None else argv)
        from keraslint.cli.doors import enter

        return enter(options)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return FOUND


def _forget_output() -> None:
    """Keep Python from complaining at exit that nobody reads its output any more."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
