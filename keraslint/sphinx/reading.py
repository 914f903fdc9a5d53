"""Models for directives: from a file, from code, or from the expression of one layer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keraslint.engine import analyse_bytes
from keraslint.sphinx.targets import TargetError

if TYPE_CHECKING:
    from pathlib import Path

    from keraslint.analysis import Analysis, ModelRecord

CALLED = "keraslint_model"
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


def in_file(path: Path, name: str | None, arguments: str | None) -> Found:
    """A model of a file, if need be of a function called with arguments.

    Raises:
        TargetError: there is no such model, or the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TargetError(f"cannot read {path}: {error.strerror}") from error
    if arguments is None:
        return chosen(analyse_bytes(str(path), data), name, path.name)
    if name is None:
        raise TargetError("arguments need the name of a function")
    data += f"\n\n{CALLED} = {name}({_checked(arguments)})\n".encode()
    found = chosen(analyse_bytes(str(path), data), CALLED, path.name)
    return Found(replace(found.model, name=name), found.analysis)


def in_code(code: str, name: str | None, filename: str) -> Found:
    """A model of code.

    Raises:
        TargetError: there is no such model.
    """
    return chosen(analyse_bytes(filename, code.encode()), name, "the code")


def of_layer(expression: str, shape: str, filename: str) -> Found:
    """A model of one layer.

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
        f"{CALLED} = keras.Sequential([keras.Input({_checked(shape)}), {expression}])",
    ]
    found = in_code("\n".join(lines) + "\n", CALLED, filename)
    return Found(found.model, found.analysis, first=2)


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


def dependencies(found: Iterable[Found]) -> Iterator[str]:
    """The files that models come from and took values from."""
    for each in found:
        yield each.analysis.filename
        yield from each.analysis.dependencies
