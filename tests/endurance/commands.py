"""All that keraslint does with a file, in this process."""

from __future__ import annotations

import io
import time
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from keraslint.cli import main

CHECK = ("check", "--select", "ALL", "--output-format")
COMMANDS: Sequence[tuple[str, ...]] = (
    (*CHECK, "json"),
    (*CHECK, "full"),
    (*CHECK, "sarif"),
    ("check", "--select", "ALL", "--diff", "--unsafe-fixes"),
    ("check", "--select", "ALL", "--fix", "--unsafe-fixes"),
    ("check", "--select", "ALL", "--add-ignore"),
    ("annotate",),
    ("annotate", "--diff", "--style", "below"),
    ("shapes",),
    ("shapes", "--output-format", "json"),
    ("summary",),
    ("summary", "--output-format", "json"),
    ("diagram",),
    ("diagram", "--format", "text"),
    ("diagram", "--format", "tikz", "--view", "graph"),
    ("diagram", "--format", "mermaid"),
)


@dataclass
class Ran:
    """What came of a command: its output, and its seconds of processor time."""

    command: tuple[str, ...]
    out: str
    err: str
    seconds: float

    @property
    def fault(self) -> str | None:
        """What keraslint itself did wrong, if anything."""
        if "internal error" in self.err or "Traceback" in self.err:
            return f"{' '.join(self.command)}: {self.err.strip()}"
        return None


def run(*command: str) -> Ran:
    """Run a command; an exception that leaves it stands in its `err`, as a traceback."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    err = io.StringIO()
    start = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(command)
        except BaseException:
            err.write(traceback.format_exc())
    seconds = time.process_time() - start
    out.flush()
    return Ran(command, out.buffer.getvalue().decode(), err.getvalue(), seconds)
