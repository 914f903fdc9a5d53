"""What a run finds out about folders again and again, found out once."""

from __future__ import annotations

import os


class Folders:
    """What stands in folders, and where they really are, as long as nothing changes."""

    def __init__(self) -> None:
        self._names: dict[str, frozenset[str]] = {}
        self._real: dict[str, str] = {}

    def names(self, folder: str) -> frozenset[str]:
        """What stands in a folder; nothing if it cannot be listed."""
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def real(self, path: str) -> str:
        """The real path of a file."""
        folder, name = os.path.split(path)
        plain = os.path.join(self.real_folder(folder), name)
        return os.path.realpath(plain) if os.path.islink(plain) else plain

    def real_folder(self, folder: str) -> str:
        """The real path of a folder, found quickly when that of the one around it is known."""
        if folder not in self._real:
            around, name = os.path.split(folder)
            is_plain = around != folder and name not in {"", os.curdir, os.pardir}
            self._real[folder] = self.real(folder) if is_plain else os.path.realpath(folder)
        return self._real[folder]
