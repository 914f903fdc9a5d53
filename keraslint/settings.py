"""The settings of a project: ``[tool.keraslint]`` in pyproject.toml, or keraslint.toml."""

from __future__ import annotations

import os
import sys

from keraslint.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

TARGETS = ("auto", "1", "2", "3")
LEVELS = ("info", "warning", "error")
STYLES = ("auto", "below", "behind")
OWN_FILE = "keraslint.toml"
SHARED_FILE = "pyproject.toml"
NAME = b"keraslint"


class SettingsError(UsageError):
    """A settings file that cannot be used; the message names it and says why, in one line."""


class Settings:
    """What a project wants.

    Attributes:
        root: the folder that paths and patterns are relative to.
        select: selectors of the rules to use instead of the default ones; `None` for these.
        extend_select: selectors of rules to use besides.
        ignore, extend_ignore: selectors of rules not to use.
        per_file_ignores: for files that match a pattern, selectors of rules not to use.
        severity: by selector, the severity that findings get instead of the rule's own.
        include: patterns of the files to look at in folders instead of Python files and notebooks.
        extend_include: patterns of files to look at besides.
        exclude: patterns of files and folders to leave out instead of the default ones.
        extend_exclude: patterns of files and folders to leave out besides.
        force_exclude: whether that holds for what the command line names, too.
        src: folders that imports are looked up in.
        target_keras: the major version that the code is for, or ``auto``.
        fail_level: the least severity that makes the command fail.
        shape_comments: where `annotate` puts comments.
        cache_dir: the folder that outcomes are remembered in.
    """

    root: str = "."
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] | None = None
    extend_include: tuple[str, ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    src: tuple[str, ...] = (".", "src")
    target_keras: str = "auto"
    fail_level: str = "warning"
    shape_comments: str = "auto"
    cache_dir: str | None = None

    def __init__(self, **chosen: Any) -> None:
        """What is not chosen is as above."""
        vars(self).update(chosen)

    def values(self) -> dict[str, Any]:
        """All of them by name, in their order."""
        return {name: getattr(self, name) for name in Settings.__annotations__}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self.values() == other.values()

    def __hash__(self) -> int:
        return hash(tuple(self.values().values()))


def find(path: str) -> str | None:
    """The settings file that holds for a path: the nearest one in its folder or above."""
    folder = os.path.realpath(path)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        own = os.path.join(folder, OWN_FILE)
        if os.path.isfile(own):
            return own
        shared = os.path.join(folder, SHARED_FILE)
        if os.path.isfile(shared) and _table(shared) is not None:
            return shared
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def settings_for(path: str) -> Settings:
    """The settings that hold for a path.

    Raises:
        SettingsError: they cannot be read.
    """
    found = find(path)
    return load(found) if found else Settings()


def load(path: str) -> Settings:
    """The settings in a file; the default ones if it says nothing of keraslint.

    Raises:
        SettingsError: the file cannot be read or parsed, or has an unknown key or an unfit value.
    """
    values: dict[str, Any] = {}
    for key, value in (_table(path) or {}).items():
        reader = READERS.get(key)
        if reader is None:
            raise SettingsError(f"{path}: unknown key {key!r}{_hint(key)}")
        try:
            values[key.replace("-", "_")] = reader(value)
        except ValueError as error:
            raise SettingsError(f"{path}: {key}: {error}") from None
    return Settings(root=os.path.dirname(path) or ".", **values)


def _table(path: str) -> Mapping[str, Any] | None:
    """What a file says; `None` if it is the shared one, and says nothing of keraslint."""
    is_shared = os.path.basename(path) == SHARED_FILE
    try:
        with open(path, "rb") as file:
            data = file.read()
        if is_shared and NAME not in data:
            return None
        document = _parse(data.decode())
    except OSError as error:
        raise SettingsError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    if not is_shared:
        return document
    tool = document.get("tool", {})
    table = tool.get("keraslint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(f"{path}: tool.keraslint: expected a table")
    return table


def _parse(text: str) -> dict[str, Any]:
    from importlib import import_module

    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    document: dict[str, Any] = tomllib.loads(text)
    return document


def _hint(key: str) -> str:
    from keraslint.knowledge.api.names import closest

    near = closest(key.replace("_", "-"), READERS)
    return f"; did you mean {near!r}?" if near else f"; the keys are {', '.join(READERS)}"


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of strings")
    return tuple(value)


def _table_of_strings(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError("expected a table from patterns to lists of rules")
    return tuple((key, _strings(item)) for key, item in value.items())


def _levels(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise ValueError("expected a table from rules to severities")
    level = _one_of(LEVELS)
    return tuple((key, level(item)) for key, item in value.items())


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("expected true or false")


def _string(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError("expected a string")


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise ValueError(f"expected one of {', '.join(map(repr, choices))}, not {value!r}")

    return read


READERS: Mapping[str, Callable[[object], Any]] = {
    "select": _strings,
    "extend-select": _strings,
    "ignore": _strings,
    "extend-ignore": _strings,
    "per-file-ignores": _table_of_strings,
    "severity": _levels,
    "include": _strings,
    "extend-include": _strings,
    "exclude": _strings,
    "extend-exclude": _strings,
    "force-exclude": _boolean,
    "src": _strings,
    "target-keras": _one_of(TARGETS),
    "fail-level": _one_of(LEVELS),
    "shape-comments": _one_of(STYLES),
    "cache-dir": _string,
}
