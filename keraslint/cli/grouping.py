"""Which settings hold for the files below a folder: the nearest ones."""

from __future__ import annotations

import os

from keraslint.files import discover, is_excluded
from keraslint.project import excludes, includes
from keraslint.settings import OWN_FILE, SHARED_FILE, Settings, settings_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def by_settings(
    path: str, settings: Settings, listed: dict[str, list[str]]
) -> Iterator[tuple[Settings, list[str]]]:
    """What a path stands for, neighbours with the same settings together.

    Args:
        path: a file or folder; a folder without settings below it stays one.
        settings: those of the path itself.
        listed: takes the files of a folder that stays one.

    Raises:
        SettingsError: settings below it cannot be read.
    """
    if not os.path.isdir(path or "."):
        yield settings, [path]
        return
    files = list(discover([path], includes=includes(settings), excludes=excludes(settings)))
    nearest = {path: settings, os.path.normpath(path): settings}
    groups: list[tuple[Settings, list[str]]] = []
    for name in files:
        own = _nearest(os.path.dirname(name), nearest)
        if own is not settings and is_excluded(name, own.root, excludes(own)):
            continue
        if not groups or groups[-1][0] is not own:
            groups.append((own, []))
        groups[-1][1].append(name)
    if any(own is not settings for own, _ in groups):
        yield from groups
    else:
        listed[path] = files
        yield settings, [path]


def _nearest(folder: str, known: dict[str, Settings]) -> Settings:
    """The settings of a folder, those of the folders above it being known."""
    if folder not in known:
        plain = os.path.normpath(folder)
        if plain != folder:
            return known.setdefault(folder, _nearest(plain, known))
        parent = os.path.dirname(folder) or "."
        above = _nearest(parent, known) if parent != folder else settings_for(folder)
        has_own = any(
            os.path.isfile(os.path.join(folder, name)) for name in (OWN_FILE, SHARED_FILE)
        )
        found = settings_for(folder) if has_own else above
        known[folder] = above if found is above or found == above else found
    return known[folder]
