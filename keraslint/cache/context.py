"""What the folders around a file say that its outcome rests on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from keraslint.files.modules import import_roots

if TYPE_CHECKING:
    from collections.abc import Callable

DECLARING = ("pyproject.toml", "setup.cfg", "setup.py")
REQUIREMENTS = ("requirements", ".txt")
OUTERMOST = ".git"


class Contexts:
    """For each folder, where its imports start and which packages its project asks for."""

    def __init__(self, src: tuple[str, ...], read: Callable[[str], str | None]) -> None:
        """Prepare.

        Args:
            src: further folders in which imports are looked up.
            read: gives the digest of a file's content, `None` if it cannot be read.
        """
        self._src = src
        self._read = read
        self._known: dict[str, str] = {}
        self._declared: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The context of a file; it is the same text as long as nothing of it changes."""
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in self._known:
            roots = import_roots(folder, self._src)
            self._known[folder] = f"{roots} {self._declarations(os.path.realpath(folder))}"
        return self._known[folder]

    def _declarations(self, folder: str) -> str:
        if folder not in self._declared:
            try:
                names = os.listdir(folder)
            except OSError:
                names = []
            own = [
                f"{name} {self._read(os.path.join(folder, name))}"
                for name in sorted(names)
                if name in DECLARING
                or (name.startswith(REQUIREMENTS[0]) and name.endswith(REQUIREMENTS[1]))
            ]
            outer = os.path.dirname(folder)
            above = "" if outer == folder or OUTERMOST in names else self._declarations(outer)
            self._declared[folder] = " ".join((*own, above))
        return self._declared[folder]
