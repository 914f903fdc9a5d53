"""The outcomes of earlier runs.

A file of the cache folder holds the outcomes under one set of settings: a checksum, then tables of
files and modules that outcomes rest on, and the outcomes by path with the numbers of their rows in
these tables. It is read whole and replaced whole, so that it may be shared, and a process that
writes it may be killed; of two that write at the same time one loses what it wanted to remember.
"""

from __future__ import annotations

import os

from keraslint.cache import folder
from keraslint.cache.outcome import pack, unpack
from keraslint.files.evidence import digest
from keraslint.files.modules import find_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from keraslint.cache.outcome import Outcome
    from keraslint.files.evidence import Evidence
    from keraslint.files.folders import Folders

EMPTY: dict[str, Any] = {"contexts": [], "files": [], "lookups": [], "roots": [], "entries": {}}


class Store:
    """The outcomes that are known under some settings."""

    def __init__(
        self, place: str, key: str, read: Callable[[str], str | None], folders: Folders
    ) -> None:
        """Read what is known.

        Args:
            place: the cache folder.
            key: what tells the settings from others.
            read: gives the digest of a file's content, `None` if it cannot be read.
            folders: what is known of them.
        """
        self._place = place
        self._name = f"{digest(key.encode('utf-8', 'surrogatepass'))}{folder.SUFFIX}"
        self._read = read
        self._folders = folders
        self._new: dict[str, tuple[str, Outcome]] = {}
        self._version, self._known = self._load()
        self._seen: dict[str, set[int]] = {"files": set(), "lookups": set()}
        self._changed: dict[str, set[int]] = {"files": set(), "lookups": set()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not self._known["entries"]

    def find(self, path: str, absolute: str, content: str, context: str) -> Outcome | None:
        """The outcome for a file, if nothing has changed.

        Args:
            path: the file, as it is given.
            absolute: its absolute path.
            content: the digest of its content.
            context: what the folder that it stands in says.
        """
        entry = self._known["entries"].get(absolute)
        if entry is None or entry[0] != content or self._known["contexts"][entry[1]] != context:
            return None
        if not self._hold("files", entry[2]) or not self._hold("lookups", entry[3]):
            return None
        return unpack(path, content, entry[4])

    def keep(self, outcome: Outcome, context: str) -> None:
        """Remember an outcome, unless the file cannot be read or keraslint fails at it."""
        if outcome.digest is not None and not outcome.defects:
            self._new[os.path.abspath(outcome.path)] = (context, outcome)

    def save(self) -> None:
        """Write what was learnt, if that is possible."""
        if not self._new:
            return
        import json

        version, known = self._load()
        if version == self._version:
            known = self._known
        tables = _Tables(known)
        for path, entry in known["entries"].items():
            if path not in self._new and os.path.exists(path):
                tables.take(path, entry)
        for path, (context, outcome) in self._new.items():
            tables.add(path, context, outcome)
        body = json.dumps(tables.made, separators=(",", ":")).encode("ascii")
        try:
            folder.write(self._place, self._name, digest(body).encode("ascii") + b"\n" + body)
        except OSError:
            return

    def _load(self) -> tuple[tuple[int, ...], dict[str, Any]]:
        """What the file holds, and which one it is; nothing if it is damaged or there is none."""
        try:
            with open(os.path.join(self._place, self._name), "rb") as file:
                status = os.fstat(file.fileno())
                checksum, _, body = file.read().partition(b"\n")
        except OSError:
            return (), EMPTY
        version = (status.st_ino, status.st_mtime_ns, status.st_size)
        if checksum != digest(body).encode("ascii"):
            return version, EMPTY
        import json

        known = json.loads(body)
        is_whole = isinstance(known, dict) and known.keys() == EMPTY.keys()
        return version, known if is_whole else EMPTY

    def _hold(self, table: str, numbers: Iterable[int]) -> bool:
        """Whether rows of a table are still true; each is looked at once."""
        seen, changed = self._seen[table], self._changed[table]
        new = set(numbers) - seen
        rows = self._known[table]
        changed.update(number for number in new if not self._holds(table, rows[number]))
        seen |= new
        return changed.isdisjoint(numbers)

    def _holds(self, table: str, fact: Any) -> bool:
        if table == "files":
            content: str | None
            path, content = fact
            return self._read(path) == content
        found: str | None
        roots, name, found = fact
        return find_module(tuple(self._known["roots"][roots]), name, self._folders) == found


class _Tables:
    """The content of a file, being put together."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.made: dict[str, Any] = {table: type(rows)() for table, rows in EMPTY.items()}
        self._known = known
        self._numbers: dict[tuple[str, Any], int] = {}
        self._moved: dict[tuple[str, int], int] = {}

    def take(self, path: str, entry: list[Any]) -> None:
        """Take over an entry of before."""
        content, context, files, lookups, packed = entry
        self.made["entries"][path] = [
            content,
            self._number("contexts", self._known["contexts"][context]),
            [self._move("files", n) for n in files],
            [self._move("lookups", n) for n in lookups],
            packed,
        ]

    def add(self, path: str, context: str, outcome: Outcome) -> None:
        """Add a new entry."""
        evidence: Evidence = outcome.evidence
        self.made["entries"][path] = [
            outcome.digest,
            self._number("contexts", context),
            [self._number("files", fact) for fact in evidence.files.items()],
            [
                self._number("lookups", (self._number("roots", roots), name, found))
                for (roots, name), found in evidence.lookups.items()
            ],
            pack(outcome),
        ]

    def _move(self, table: str, number: int) -> int:
        moved = self._moved.get((table, number))
        if moved is None:
            fact = tuple(self._known[table][number])
            if table == "lookups":
                roots, *rest = fact
                fact = (self._move("roots", roots), *rest)
            moved = self._moved[table, number] = self._number(table, fact)
        return moved

    def _number(self, table: str, fact: Any) -> int:
        key = (table, fact)
        if key not in self._numbers:
            self._numbers[key] = len(self.made[table])
            self.made[table].append(fact)
        return self._numbers[key]
