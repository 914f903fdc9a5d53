"""What an answer rests on: the files that were read, and the modules that were looked for."""

from __future__ import annotations

Lookup = tuple[tuple[str, ...], str]


def digest(data: bytes) -> str:
    """What tells one content from another."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


class Evidence:
    """If all this is still so, the answer still holds.

    Attributes:
        files: the digests of files, by absolute path; `None` for what cannot be read.
        lookups: by the roots and names of modules looked for, the paths found.
    """

    __slots__ = ("files", "lookups")

    def __init__(
        self,
        files: dict[str, str | None] | None = None,
        lookups: dict[Lookup, str | None] | None = None,
    ) -> None:
        self.files = {} if files is None else files
        self.lookups = {} if lookups is None else lookups

    def add(self, other: Evidence) -> None:
        """Rest on what the other rests on, too."""
        self.files.update(other.files)
        self.lookups.update(other.lookups)
