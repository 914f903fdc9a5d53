"""Finding the files to look at, and reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from keraslint.sources.decoding import decode
from keraslint.sources.source import Source, UnreadableError

if TYPE_CHECKING:
    from keraslint.sources.ignores import Ignores

PYTHON_SUFFIXES = (".py", ".ipynb")
DOCUMENT_SUFFIXES = (".md", ".rst")

DEFAULT_EXCLUDES = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".hypothesis",
    ".ipynb_checkpoints",
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


def mentions_keras(data: bytes) -> bool:
    """Whether a file can have anything to do with Keras; most files of most projects do not."""
    return b"keras" in data


def discover(
    paths: Iterable[str],
    *,
    suffixes: tuple[str, ...] = PYTHON_SUFFIXES,
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
        suffixes: What the names of files in folders end with.
        excludes: Shell-style patterns of what is left out: of names, or of paths below a folder.
        gitignore: Whether to leave out what ``.gitignore`` files exclude.
    """
    seen = set()
    excluded = _Excludes(excludes)
    for path in paths:
        if os.path.isdir(path or "."):
            found = _walk(path, suffixes, excluded, _ignores(path) if gitignore else None)
        else:
            found = iter((path,))
        for name in found:
            absolute = os.path.abspath(name)
            if absolute not in seen:
                seen.add(absolute)
                yield name


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file.

    Raises:
        UnreadableError: There is no such file, or it cannot be read.
    """
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            os.listdir(path)
            raise UnreadableError(path, "is a directory")
        if not stat.S_ISREG(mode):
            raise UnreadableError(path, "is not a regular file")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UnreadableError(path, _reason(error)) from error
    except ValueError as error:
        raise UnreadableError(path, f"not a path: {error}") from error


def read_source(path: str, data: bytes) -> Source:
    """The program in a file's bytes; the path's suffix says of what kind the file is.

    Raises:
        UnreadableError: The bytes are not what the suffix promises.
    """
    if path.endswith(".ipynb"):
        from keraslint.sources.notebooks import read_notebook

        return read_notebook(path, data)
    if path.endswith(DOCUMENT_SUFFIXES):
        from keraslint.sources.documents import read_document

        return read_document(path, data)
    text, encoding, bom = decode(path, data)
    return Source(path, text, text, encoding, bom)


def load(path: str) -> Source:
    """Reads the program in a file.

    Raises:
        UnreadableError: There is no such file, or no program in it.
    """
    return read_source(path, read_bytes(path))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return (error.strerror or str(error)).lower()


def _ignores(folder: str) -> Ignores:
    from keraslint.sources.ignores import Ignores

    return Ignores.above(os.path.abspath(folder))


def _walk(
    folder: str, suffixes: tuple[str, ...], excludes: _Excludes, ignores: Ignores | None
) -> Iterator[str]:
    # A stack rather than recursion: trees may be deeper than Python's.
    stack = [(folder, "", ignores, True)]
    while stack:
        path, below, ignores, is_folder = stack.pop()
        entries = _entries(path, suffixes) if is_folder else None
        if entries is None:
            yield path
            continue
        here = os.path.abspath(path)
        if ignores is not None:
            ignores = ignores.entering(here)
        for _, name, is_folder in sorted(entries, reverse=True):
            inside = f"{below}/{name}" if below else name
            if excludes.match(name, inside):
                continue
            if ignores is not None and ignores.match(here, name, is_folder):
                continue
            stack.append((os.path.join(path, name), inside, ignores, is_folder))


def _entries(folder: str, suffixes: tuple[str, ...]) -> list[tuple[str, str, bool]] | None:
    """A folder's folders and files of interest; None if the folder cannot be listed.

    Each is a key to sort by, its name, and whether it is a folder.
    """
    found = []
    try:
        with os.scandir(folder or ".") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found.append((entry.name + os.sep, entry.name, True))
                elif entry.name.endswith(suffixes) and os.path.isfile(entry.path):
                    found.append((entry.name, entry.name, False))
    except OSError:
        return None
    return found


class _Excludes:
    """Patterns of names and of paths below a folder; plain names need no pattern matching."""

    def __init__(self, patterns: Iterable[str]) -> None:
        stripped = [pattern.rstrip("/").removeprefix("./") for pattern in patterns]
        self._names = frozenset(name for name in stripped if not any(c in name for c in "*?[/"))
        self._patterns = [pattern for pattern in stripped if pattern not in self._names]

    def match(self, name: str, path: str) -> bool:
        if name in self._names:
            return True
        if not self._patterns:
            return False
        from fnmatch import fnmatchcase

        return any(
            fnmatchcase(name, pattern) or fnmatchcase(path, pattern) for pattern in self._patterns
        )
