"""What the folders around a file say that its outcome rests on."""

from __future__ import annotations

import os

from keraslint.files.modules import import_roots, project_roots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from keraslint.files.folders import Folders

DECLARING = ("pyproject.toml", "setup.cfg", "setup.py")
REQUIREMENTS = ("requirements", ".txt")
OUTERMOST = ".git"


class Contexts:
    """For each folder, where its imports start and which packages its project asks for."""

    def __init__(
        self, src: tuple[str, ...], read: Callable[[str], str | None], folders: Folders
    ) -> None:
        """Prepare.

        Args:
            src: further folders in which imports are looked up.
            read: gives the digest of a file's content, `None` if it cannot be read.
            folders: what is known of them.
        """
        self._src = src
        self._read = read
        self._folders = folders
        self._known: dict[str, str] = {}
        self._projects: dict[str, tuple[str, ...]] = {}
        self._declared: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The context of a file with an absolute path.

        It is the same text as long as nothing of it changes.
        """
        folder = os.path.dirname(path)
        if folder not in self._known:
            roots = import_roots(folder, self._src, self._project)
            real = self._folders.real_folder(folder)
            self._known[folder] = f"{roots} {self._declarations(real)}"
        return self._known[folder]

    def _project(self, folder: str) -> tuple[str, ...]:
        if folder not in self._projects:
            self._projects[folder] = project_roots(folder)
        return self._projects[folder]

    def _declarations(self, folder: str) -> str:
        if folder not in self._declared:
            names = self._folders.names(folder)
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
