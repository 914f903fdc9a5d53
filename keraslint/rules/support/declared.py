"""Which versions of a package a project says that it needs; its files are read, never run."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from configparser import ConfigParser, Error
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

REQUIREMENTS = "requirements*.txt"
OUTERMOST = ".git"

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)")
_CLAUSE = re.compile(r"(===|==|~=|!=|>=|<=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?")

Version = tuple[int, ...]
ANY: Version = (10**6,)


class Range(NamedTuple):
    """The versions from one on, up to but without another."""

    low: Version = ()
    high: Version = ANY


def declared(folder: Path) -> Mapping[str, tuple[Range, ...]]:
    """What the project around a folder asks for, by package in lower case.

    The nearest folder above that declares any dependencies counts.
    """
    for place in (folder, *folder.parents):
        found: dict[str, tuple[Range, ...]] = {}
        for requirement in _requirements(place):
            match = _REQUIREMENT.match(requirement)
            if match is not None:
                name = re.sub(r"[-_.]+", "-", match[1]).lower()
                found[name] = (*found.get(name, ()), _range(match[2]))
        if found or (place / OUTERMOST).exists():
            return found
    return {}


def _range(specifier: str) -> Range:
    """The versions that a specifier such as ``>=2.4,<2.16`` allows."""
    low, high = Range()
    for clause in specifier.split(","):
        match = _CLAUSE.match(clause.strip())
        if match is None or match[1] == "!=":
            continue
        version = tuple(map(int, match[2].split(".")))
        starts, ends = _bounds(match[1] or "==", version, any_patch=bool(match[3]))
        low, high = max(low, starts), min(high, ends)
    return Range(low, high)


def _bounds(operator: str, version: Version, *, any_patch: bool) -> Range:
    if operator in {">=", ">"}:
        return Range(version)
    if operator == "<":
        return Range((), version)
    if operator == "<=":
        return Range((), _after(version))
    if operator == "^":
        return Range(version, _after(version[:1]))
    if operator == "~=":
        return Range(version, _after(version[:-1] or version))
    return Range(version, _after(version[:2] if operator == "~" and not any_patch else version))


def _after(version: Version) -> Version:
    return (*version[:-1], version[-1] + 1)


def _requirements(folder: Path) -> Iterator[str]:
    """The dependencies that the files in a folder list."""
    for name, reader in READERS.items():
        text = _text(folder / name)
        if text:
            yield from reader(text)
    for path in sorted(folder.glob(REQUIREMENTS)):
        for line in _text(path).splitlines():
            if not line.lstrip().startswith(("#", "-")):
                yield line


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _pyproject(text: str) -> Iterator[str]:
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        document = tomllib.loads(text)
    except ValueError:
        return
    project = _table(document, "project")
    yield from _strings(project.get("dependencies"))
    for extra in _table(project, "optional-dependencies").values():
        yield from _strings(extra)
    for group in _table(document, "dependency-groups").values():
        yield from _strings(group)
    for name, wanted in _table(document, "tool", "poetry", "dependencies").items():
        version = wanted.get("version") if isinstance(wanted, dict) else wanted
        yield f"{name} {version}" if isinstance(version, str) else str(name)


def _table(document: Any, *keys: str) -> Mapping[str, Any]:
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}


def _strings(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else ()


def _setup_cfg(text: str) -> Iterator[str]:
    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
    except Error:
        return
    options = parser["options"] if parser.has_section("options") else {}
    yield from options.get("install_requires", "").splitlines()
    if parser.has_section("options.extras_require"):
        for extra in parser["options.extras_require"].values():
            yield from extra.splitlines()


def _setup_py(text: str) -> Iterator[str]:
    """The literal lists in a call of ``setup``, or in the variables that it is given."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    names = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            if keyword.arg in {"install_requires", "extras_require"}:
                value = keyword.value
                value = names.get(value.id, value) if isinstance(value, ast.Name) else value
                yield from _literals(value)


def _literals(value: ast.expr) -> Iterator[str]:
    items = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", ())
    for item in items:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            yield item.value
        elif isinstance(item, ast.expr):
            yield from _literals(item)


READERS = {"pyproject.toml": _pyproject, "setup.cfg": _setup_cfg, "setup.py": _setup_py}
