"""What an answer rests on: the files that were read, and the modules that were looked for."""

from __future__ import annotations

from dataclasses import dataclass, field

Lookup = tuple[tuple[str, ...], str]


def digest(data: bytes) -> str:
    """What tells one content from another."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


@dataclass(slots=True)
class Evidence:
    """If all this is still so, the answer still holds.

    Attributes:
        files: the digests of files, by absolute path; `None` for what cannot be read.
        lookups: by the roots and names of modules looked for, the paths found.
    """

    files: dict[str, str | None] = field(default_factory=dict)
    lookups: dict[Lookup, str | None] = field(default_factory=dict)

    def add(self, other: Evidence) -> None:
        """Rest on what the other rests on, too."""
        self.files.update(other.files)
        self.lookups.update(other.lookups)
