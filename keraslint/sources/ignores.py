"""What a repository's ``.gitignore`` files leave out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignores:
    """The ``.gitignore`` files in force in a folder, the nearest first: it has the first word."""

    def __init__(self, specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()) -> None:
        self._specs = specs

    @classmethod
    def above(cls, folder: str) -> Ignores:
        """Those of the folders above an absolute one, up to its repository's root.

        None is in force where they leave out the folder itself: who names it wants it.
        """
        above = []
        inner = folder
        while not os.path.exists(os.path.join(inner, ".git")):
            outer = os.path.dirname(inner)
            if outer == inner:
                return cls()
            above.append(outer)
            inner = outer
        ignores = cls()
        for outer in reversed(above):
            ignores = ignores.entering(outer)
        parts = os.path.relpath(folder, inner).split(os.sep) if above else []
        for part in parts:
            if ignores.match(inner, part, is_folder=True):
                return cls()
            inner = os.path.join(inner, part)
        return ignores

    def entering(self, folder: str) -> Ignores:
        """Those in force in an absolute folder below."""
        try:
            with open(
                os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace"
            ) as file:
                lines = file.read().splitlines()
        except OSError:
            return self
        if not any(line.strip() and not line.startswith("#") for line in lines):
            return self
        from pathspec import GitIgnoreSpec

        try:
            spec = GitIgnoreSpec.from_lines(lines)
        except ValueError:  # git, too, has no use for a pattern that makes no sense
            return self
        return Ignores(((folder, spec), *self._specs))

    def match(self, folder: str, name: str, is_folder: bool) -> bool:
        """Whether a file or folder in an absolute folder is left out."""
        path = os.path.join(folder, name)
        for root, spec in self._specs:
            relative = os.path.relpath(path, root).replace(os.sep, "/")
            verdict = spec.check_file(f"{relative}/" if is_folder else relative).include
            if verdict is not None:
                return verdict
        return False
