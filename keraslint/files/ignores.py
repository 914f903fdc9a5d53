"""What a repository's ``.gitignore`` files leave out."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignores:
    """The ``.gitignore`` files in force in a folder, the nearest first: it has the first word.

    With each goes the way from its own folder to this one.
    """

    def __init__(self, specs: tuple[tuple[GitIgnoreSpec, str], ...] = ()) -> None:
        self._specs = specs

    @classmethod
    def above(cls, folder: str) -> Ignores:
        """Those of the folders above an absolute one, up to its repository's root.

        None is in force where they leave out the folder itself: who names it wants it.
        """
        parts: list[str] = []
        inner = folder
        while not os.path.exists(os.path.join(inner, ".git")):
            outer, part = os.path.split(inner)
            if outer == inner:
                return cls()
            parts.insert(0, part)
            inner = outer
        ignores = cls()
        for part in parts:
            ignores = ignores.reading(inner)
            if ignores.match(part, is_folder=True):
                return cls()
            ignores = ignores.inside(part)
            inner = os.path.join(inner, part)
        return ignores

    def inside(self, name: str) -> Ignores:
        """Those in force in a folder of this one, before its own file is read."""
        return Ignores(tuple((spec, f"{way}{name}/") for spec, way in self._specs))

    def reading(self, folder: str) -> Ignores:
        """Those in force here, at a path, with the file of this folder if it has one."""
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
        return Ignores(((spec, ""), *self._specs))

    def match(self, name: str, is_folder: bool) -> bool:
        """Whether a file or folder in this one is left out."""
        for spec, way in self._specs:
            path = f"{way}{name}/" if is_folder else f"{way}{name}"
            verdict = spec.check_file(path).include
            if verdict is not None:
                return verdict
        return False
