"""Finding the files to look at."""

from __future__ import annotations

import os

from keraslint.files.patterns import Patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keraslint.files.ignores import Ignores

DEFAULT_INCLUDES = ("*.py", "*.ipynb")

DEFAULT_EXCLUDES = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".hypothesis",
    ".ipynb_checkpoints",
    ".keraslint_cache",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "__pypackages__",
    "_build",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)


def discover(
    paths: Iterable[str],
    *,
    includes: Iterable[str] = DEFAULT_INCLUDES,
    excludes: Iterable[str] = DEFAULT_EXCLUDES,
    gitignore: bool = True,
) -> Iterator[str]:
    """The files that the given paths stand for, each once.

    A folder stands for the files in and below it, sorted by path, each the given folder joined
    with the rest. Symbolic links to folders are not followed. A path that is no folder stands for
    itself, whatever its name and whether or not it can be read; so does a folder that cannot be
    listed.

    Args:
        paths: Files and folders.
        includes: Shell-style patterns of the files in folders: of names, or of paths below one.
        excludes: Such patterns of what is left out, and of the folders that are.
        gitignore: Whether to leave out what ``.gitignore`` files exclude.
    """
    seen = set()
    included, excluded = _patterns(includes), _patterns(excludes)
    alone = isinstance(paths, (list, tuple)) and len(paths) == 1
    for path in paths:
        if os.path.isdir(path or "."):
            found = _walk(path, included, excluded, _ignores(path) if gitignore else None)
        else:
            found = iter((path,))
        if alone:
            yield from found
            return
        for name in found:
            absolute = os.path.abspath(name)
            if absolute not in seen:
                seen.add(absolute)
                yield name


def is_excluded(path: str, folder: str, excludes: Iterable[str]) -> bool:
    """Whether somebody who looks into a folder leaves out a file below it."""
    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(folder))
    parts = inside.split(os.sep)
    patterns = _patterns(excludes)
    return parts[0] != os.pardir and any(
        patterns.match(part, "/".join(parts[: index + 1])) for index, part in enumerate(parts)
    )


def _ignores(folder: str) -> Ignores:
    from keraslint.files.ignores import Ignores

    return Ignores.above(os.path.abspath(folder))


def _walk(
    folder: str, includes: Patterns, excludes: Patterns, ignores: Ignores | None
) -> Iterator[str]:
    # A stack rather than recursion: trees may be deeper than Python's.
    stack = [(folder, "", ignores, True)]
    while stack:
        path, below, ignores, is_folder = stack.pop()
        entries = _entries(path) if is_folder else None
        if entries is None:
            yield path
            continue
        if ignores is not None and any(name == ".gitignore" for _, name, _ in entries):
            ignores = ignores.reading(path)
        start = os.path.join(path, "")
        for _, name, is_folder in sorted(entries, reverse=True):
            inside = below + name
            if excludes.match(name, inside):
                continue
            if not is_folder and not includes.match(name, inside):
                continue
            if ignores is not None and ignores.match(name, is_folder):
                continue
            if is_folder:
                within = ignores.inside(name) if ignores is not None else None
                stack.append((start + name, f"{inside}/", within, True))
            else:
                stack.append((start + name, "", None, False))


def _entries(folder: str) -> list[tuple[str, str, bool]] | None:
    """The folders and files in a folder; None if it cannot be listed.

    Each is a key to sort by, its name, and whether it is a folder.
    """
    found = []
    try:
        with os.scandir(folder or ".") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found.append((entry.name + os.sep, entry.name, True))
                elif entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path):
                    found.append((entry.name, entry.name, False))
    except OSError:
        return None
    return found


def _patterns(given: Iterable[str]) -> Patterns:
    return Patterns(pattern.rstrip("/").removeprefix("./") for pattern in given)
