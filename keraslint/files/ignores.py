"""What a repository's ``.gitignore`` files leave out."""

from __future__ import annotations

import os

from keraslint.files.patterns import Patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignores:
    """The ``.gitignore`` files in force in a folder, the nearest first: it has the first word.

    With each goes the way from its own folder to this one.
    """

    def __init__(self, files: tuple[tuple[_File, str], ...] = ()) -> None:
        self._files = files

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
        return Ignores(tuple((file, f"{way}{name}/") for file, way in self._files))

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
        return Ignores(((_File(lines), ""), *self._files))

    def match(self, name: str, is_folder: bool) -> bool:
        """Whether a file or folder in this one is left out."""
        for file, way in self._files:
            if file.may_match(name):
                verdict = file.verdict(f"{way}{name}/" if is_folder else f"{way}{name}")
                if verdict is not None:
                    return verdict
        return False


class _File:
    """The patterns in a file. What reads them is imported when they may matter, which is rare."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        patterns = [line for line in lines if line.strip() and not line.startswith("#")]
        self._endings = Patterns(ending for line in patterns for ending in _endings(line))
        self._spec: GitIgnoreSpec | None = None

    def may_match(self, name: str) -> bool:
        """Whether a pattern ends with what stands for a name."""
        return self._endings.match(name, name)

    def verdict(self, path: str) -> bool | None:
        """Whether a path is left out; `None` if no pattern says so or otherwise."""
        if self._spec is None:
            import re

            from pathspec import GitIgnoreSpec

            try:
                self._spec = GitIgnoreSpec.from_lines(self._lines)
            except (ValueError, re.error):  # git, too, has no use for a pattern that makes no sense
                self._spec = GitIgnoreSpec([])
        return self._spec.check_file(path).include


def _endings(line: str) -> list[str]:
    """What stands for a name at the end of a pattern; anything may if that is not easy to say.

    A few characters to choose from, as in ``*.py[cod]``, are as many endings.
    """
    pattern = line.rstrip().rstrip("/").removeprefix("!").rpartition("/")[2]
    if not pattern or "\\" in line:
        return ["*"]
    before, bracket, rest = pattern.partition("[")
    if not bracket:
        return [pattern]
    chosen, _, after = rest.partition("]")
    if not chosen or chosen[0] in "!^" or any(odd in rest for odd in "[-"):
        return ["*"]
    return [f"{before}{char}{after}" for char in chosen]
