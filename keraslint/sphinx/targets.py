"""Where a model is found: a file or a module, and a name in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

SUFFIXES = (".py", ".ipynb", ".md", ".rst")


class TargetError(Exception):
    """A target that leads nowhere; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file and the name of a model in it, `None` for the last one."""

    path: Path
    name: str | None


def find(text: str, folders: Sequence[Path]) -> Target:
    """What ``package.module:name`` or ``path/to/file.py:name`` stands for.

    Args:
        text: the target.
        folders: where to look, in order.

    Raises:
        TargetError: there is no such file.
    """
    where, _, name = text.strip().rpartition(":")
    if not where or where.endswith(("/", "\\")) or len(where) == 1:
        where, name = text.strip(), ""
    for folder in folders:
        for candidate in _candidates(where):
            path = folder / candidate
            if path.is_file():
                return Target(path, name or None)
    looked = ", ".join(dict.fromkeys(map(str, folders)))
    raise TargetError(f"no file for {where!r} in {looked}")


def folders(env: BuildEnvironment) -> list[Path]:
    """Where to look for the files of a page: beside it, in the sources, beside these."""
    here = Path(env.doc2path(env.docname)).parent
    conf, source = Path(env.config.keraslint_root), Path(env.srcdir)
    own = [conf / folder for folder in env.config.keraslint_path]
    return [here, source, *own, conf, conf.parent, conf.parent / "src"]


def _candidates(where: str) -> tuple[str, ...]:
    if where.endswith(SUFFIXES):
        return (where.lstrip("/"),)
    module = where.replace(".", "/")
    return (f"{module}.py", f"{module}/__init__.py")
