"""Files that are not whole yet, for whoever ends the process before they are."""

from __future__ import annotations

import os

files: set[str] = set()
"""One is noted before it is made, and forgotten when it is whole or gone."""


def remove() -> None:
    """Remove them; one that is not there was not made, or has its right name already.

    This may be called in the midst of an import, and needs none itself.
    """
    for path in list(files):
        try:
            os.unlink(path)
        except OSError:
            continue
