"""Where the modules of a program are: the folders that imports start from, and what is there."""

from __future__ import annotations

import os

ROOT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
MOST_FOLDERS = 12


def import_roots(folder: str, further: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """The dotted package of an absolute folder, and the folders where imports in it start.

    Those are the folder itself, the one around its package, the project and its ``src``, and the
    further ones.
    """
    parts: list[str] = []
    top = folder
    while os.path.isfile(os.path.join(top, "__init__.py")) and os.path.dirname(top) != top:
        parts.insert(0, os.path.basename(top))
        top = os.path.dirname(top)
    roots = [folder, top]
    project = top
    for _ in range(MOST_FOLDERS):
        if any(os.path.exists(os.path.join(project, marker)) for marker in ROOT_MARKERS):
            roots += [project, os.path.join(project, "src")]
            break
        if os.path.dirname(project) == project:
            break
        project = os.path.dirname(project)
    roots += [os.path.abspath(root) for root in further]
    return ".".join(parts), tuple(dict.fromkeys(roots))


def find_module(roots: tuple[str, ...], name: str) -> str | None:
    """The file of a module, or the folder of a namespace package; `None` if there is none."""
    relative = name.replace(".", os.sep)
    for root in roots:
        for candidate in (f"{relative}.py", os.path.join(relative, "__init__.py")):
            path = os.path.join(root, candidate)
            if os.path.isfile(path):
                return path
        if os.path.isdir(os.path.join(root, relative)) and "." not in name:
            return os.path.join(root, relative)
    return None
