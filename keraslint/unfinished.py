"""Files that are not whole yet, for whoever ends the process before they are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

files: set[Path] = set()
"""One is noted before it is made, and forgotten when it is whole or gone."""


def remove() -> None:
    """Remove them; one that is not there was not made, or has its right name already."""
    for path in list(files):
        with suppress(OSError):
            path.unlink()
