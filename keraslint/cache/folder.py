"""The folder that outcomes are kept in."""

from __future__ import annotations

import os

from keraslint import unfinished

NAME = ".keraslint_cache"
KEPT = 8
SUFFIX = ".json"
IGNORE = ".gitignore"
ALL = b"*\n"


def write(folder: str, name: str, content: bytes) -> None:
    """Replace one of its files, whole or not at all.

    Raises:
        OSError: that is not possible.
    """
    os.makedirs(folder, exist_ok=True)
    made = os.path.join(folder, f".{name}.{os.urandom(4).hex()}")
    unfinished.files.add(made)
    try:
        if not os.path.exists(os.path.join(folder, IGNORE)):
            _replace(os.path.join(folder, IGNORE), made, ALL)
        _replace(os.path.join(folder, name), made, content)
    except OSError:
        _unlink(made)
        raise
    finally:
        unfinished.files.discard(made)
    _clear(folder)


def _replace(path: str, made: str, content: bytes) -> None:
    """Give a file a new content, which stands in another one until it is complete."""
    with open(made, "xb") as file:
        file.write(content)
    os.replace(made, path)


def remove(folder: str) -> int:
    """Remove what keraslint wrote there, and the folder if nothing else is in it.

    Returns:
        How many files were removed.

    Raises:
        OSError: that is not possible.
    """
    from contextlib import suppress

    names = [name for name in os.listdir(folder) if _is_ours(name)]
    for name in [*names, IGNORE] if names else []:
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))
    with suppress(OSError):
        os.rmdir(folder)
    return len(names)


def _clear(folder: str) -> None:
    """Keep the files that were written last; others are of settings that nobody uses any more."""
    with os.scandir(folder) as entries:
        found = [(entry.stat().st_mtime, entry.path) for entry in entries if _is_ours(entry.name)]
    for _, path in sorted(found, reverse=True)[KEPT:]:
        _unlink(path)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def _is_ours(name: str) -> bool:
    import re

    return re.fullmatch(r"[0-9a-f]{32}\.json|\.[0-9a-f]{32}\.json\.[0-9a-f]{8}", name) is not None
