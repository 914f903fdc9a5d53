"""Models for directives: from a file, from code, or from the expression of one layer."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keraslint import engine
from keraslint.settings import Settings, find, settings_for
from keraslint.sources.calls import CALLED
from keraslint.sphinx.targets import Target, TargetError
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from keraslint.analysis import Analysis, ModelRecord

CAPITALISED = re.compile(r"\b([A-Z]\w*)\s*\(")


@dataclass(frozen=True, slots=True)
class Found:
    """A model and the analysis that it comes from.

    Attributes:
        first: the rows of the program that stand before what the author wrote.
    """

    model: ModelRecord
    analysis: Analysis
    first: int = 0


@lru_cache(maxsize=8)
def analysed(filename: str, data: bytes, src: tuple[str, ...] = ()) -> Analysis:
    """The analysis of a program; that of one read not long ago is kept."""
    return engine.analyse_bytes(filename, data, src=src)


def forget(*_: Any) -> None:
    """Read everything anew from now on: it may have changed since the last build."""
    analysed.cache_clear()
    engine.forget()


def project(env: BuildEnvironment, path: str) -> Settings:
    """The settings of the project that a file belongs to; the page depends on them.

    Raises:
        TargetError: they cannot be read.
    """
    try:
        where = find(path)
        if where is not None:
            env.note_dependency(where)
        return settings_for(path)
    except UsageError as error:
        raise TargetError(str(error)) from error


def source_folders(config: Config, settings: Settings) -> tuple[str, ...]:
    """The folders that imports are looked up in."""
    root = Path(config.keraslint_root)
    own = [str(root / folder) for folder in config.keraslint_path]
    return (*own, *(str(Path(settings.root, folder)) for folder in settings.src))


def of_bytes(
    env: BuildEnvironment, data: bytes, filename: str, *, beside: str | None = None
) -> Analysis:
    """The analysis of a program; the page depends on all files that it takes values from.

    Args:
        env: knows the page.
        data: the program.
        filename: what it is called.
        beside: the file that it stands in, if it has none of its own.

    Raises:
        TargetError: the settings of its project cannot be read.
    """
    src = source_folders(env.config, project(env, beside or filename))
    if beside is not None:
        src = (str(Path(beside).parent), *src)
    analysis = analysed(filename, data, src)
    for path in analysis.dependencies:
        note(env, path)
    return analysis


def of_page(env: BuildEnvironment, code: str) -> Analysis:
    """The analysis of code that stands on a page.

    Raises:
        TargetError: the settings of its project cannot be read.
    """
    page = str(env.doc2path(env.docname))
    return of_bytes(env, code.encode(), f"{env.docname} (code)", beside=page)


def note(env: BuildEnvironment, path: str | Path) -> None:
    """Read the page again when that file changes."""
    if Path(path).is_file():
        env.note_dependency(str(Path(path).resolve()))


def in_file(env: BuildEnvironment, target: Target, arguments: str | None = None) -> Found:
    """A model of a file, if need be of a function called with arguments.

    Raises:
        TargetError: there is no such model, or the file cannot be read.
    """
    path, name = target.path, target.name
    note(env, path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TargetError(f"cannot read {path}: {error.strerror}") from error
    if arguments is None:
        return chosen(of_bytes(env, data, str(path)), name, path.name)
    if name is None:
        raise TargetError("arguments need the name of a function")
    data += f"\n\n{CALLED} = {name}({_checked(arguments)})\n".encode()
    found = chosen(of_bytes(env, data, str(path)), CALLED, path.name)
    return Found(replace(found.model, name=name), found.analysis)


def in_code(env: BuildEnvironment, code: str, name: str | None) -> Found:
    """A model of the code on a page.

    Raises:
        TargetError: there is no such model.
    """
    return chosen(of_page(env, code), name, "the code")


def of_layer(expression: str, shape: str) -> Found:
    """A model of one layer, called by its expression.

    Raises:
        TargetError: the expression or the shape is none.
    """
    expression = _checked(expression)
    names = sorted(set(CAPITALISED.findall(expression)))
    if not names:
        raise TargetError(f"{expression!r} makes no layer")
    lines = [
        f"from keras.layers import {', '.join(names)}",
        "import keras",
        f"{CALLED} = keras.Sequential([keras.Input({_checked(shape)}), {expression}])\n",
    ]
    found = chosen(analysed("layer", "\n".join(lines).encode()), CALLED, "the code")
    return Found(replace(found.model, name=expression), found.analysis, first=2)


def chosen(analysis: Analysis, name: str | None, where: str) -> Found:
    """The model of that name, or the last one.

    Raises:
        TargetError: there is none.
    """
    broken = [p for p in analysis.problems if p.kind in {"syntax", "unreadable", "defect"}]
    if broken:
        raise TargetError(f"{where}, line {broken[0].location.row}: {broken[0].message}")
    models = [m for m in analysis.models if name is None or name in m.qualnames]
    models = models or [m for m in analysis.models if name == m.name]
    if models:
        return Found(models[-1], analysis)
    known = sorted({q for m in analysis.models for q in m.qualnames or (m.name,)})
    there = f"; there are {', '.join(known)}" if known else ""
    raise TargetError(f"no model {name or ''} in {where}{there}".replace("  ", " "))


def _checked(text: str) -> str:
    """Text that is one expression or the arguments of a call, and cannot be more than that."""
    text = " ".join(text.split())
    try:
        whole = ast.parse(f"f({text})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise TargetError(f"{text!r} is no Python expression") from error
    if not isinstance(whole, ast.Call) or not isinstance(whole.func, ast.Name):
        raise TargetError(f"{text!r} is no Python expression")
    return text
