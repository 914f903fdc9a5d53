"""Where the modules of a program are: the folders that imports start from, and what is there."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from keraslint.files.folders import Folders

ROOT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
MOST_FOLDERS = 12
_INSTALLED = f"{os.sep}site-packages{os.sep}"


def import_roots(
    folder: str,
    further: tuple[str, ...] = (),
    project: Callable[[str], tuple[str, ...]] | None = None,
) -> tuple[str, tuple[str, ...]]:
    """The dotted package of an absolute folder, and the folders where imports in it start.

    Those are the folder itself, the one around its package, the project and its ``src``, and the
    further ones.

    Args:
        folder: the folder.
        further: more folders in which imports start.
        project: gives `project_roots`, if somebody knows them already.
    """
    parts: list[str] = []
    top = folder
    while os.path.isfile(os.path.join(top, "__init__.py")) and os.path.dirname(top) != top:
        parts.insert(0, os.path.basename(top))
        top = os.path.dirname(top)
    around = (project or project_roots)(top)
    roots = [folder, top, *around, *(os.path.abspath(root) for root in further)]
    return ".".join(parts), tuple(dict.fromkeys(roots))


def project_roots(folder: str) -> tuple[str, ...]:
    """The folder of the project that a folder belongs to, and its ``src``, if there is one."""
    for _ in range(MOST_FOLDERS):
        if any(os.path.exists(os.path.join(folder, marker)) for marker in ROOT_MARKERS):
            return folder, os.path.join(folder, "src")
        folder = os.path.dirname(folder)
    return ()


def find_module(roots: tuple[str, ...], name: str, folders: Folders | None = None) -> str | None:
    """The file of a module, or the folder of a namespace package; `None` if there is none.

    Args:
        roots: where to look, in this order.
        name: the dotted name.
        folders: what is known of them.
    """
    relative = name.replace(".", os.sep)
    first = name.partition(".")[0]
    for root in roots:
        if folders is not None and folders.names(root).isdisjoint((first, f"{first}.py")):
            continue
        for candidate in (f"{relative}.py", os.path.join(relative, "__init__.py")):
            path = os.path.join(root, candidate)
            if os.path.isfile(path):
                return path
        if os.path.isdir(os.path.join(root, relative)) and "." not in name:
            return os.path.join(root, relative)
    return None


def is_foreign(importer: str, path: str) -> bool:
    """Whether an installed file finds a module of another distribution, by absolute paths.

    Where distributions are installed they lie side by side, as if they were one project.
    """
    above, installed, below = importer.rpartition(_INSTALLED)
    own = above + installed + below.partition(os.sep)[0]
    return bool(installed) and path != own and not path.startswith(own + os.sep)
