"""The `keraslint` command. Nothing heavy is imported before it is known what is asked for."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND, WRONG, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: the arguments; those of the process if not given, and then it ends with the command.

    Returns:
        The exit code: 0 nothing to report, 1 findings, 2 wrong usage or a defect, 130 interrupted,
        143 terminated.
    """
    if argv is not None:
        return _run(argv)
    try:
        from keraslint.cli import ending

        try:
            ending.prepare()
            return _run(sys.argv[1:])
        finally:
            ending.settle()
    except SystemExit as end:
        return _code(end)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str]) -> int:
    from keraslint.cli.ending import flush

    try:
        code = _enter(argv)
    except SystemExit as end:
        code = _code(end)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        code = FOUND
    lost = flush()
    if lost is None or code in {WRONG, INTERRUPTED}:
        return code
    if isinstance(lost, BrokenPipeError):
        return FOUND
    from keraslint.cli.session import say

    say(f"cannot write to stdout: {(lost.strerror or str(lost)).lower()}")
    return WRONG


def _enter(argv: Sequence[str]) -> int:
    from keraslint.cli.parser import parse

    options = parse(argv)
    from keraslint.cli.doors import enter

    return enter(options)


def _code(end: SystemExit) -> int:
    return end.code if isinstance(end.code, int) else WRONG
