"""Shell-style patterns; the usual kinds of them need no matching, and no import for it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

SPECIAL = "*?[/"


class Patterns:
    """Patterns of names, and of paths below a folder."""

    def __init__(self, patterns: Iterable[str]) -> None:
        names, suffixes, prefixes = set(), [], []
        self._others: list[str] = []
        for pattern in patterns:
            if _is_plain(pattern):
                names.add(pattern)
            elif pattern[0] == "*" and _is_plain(pattern[1:]):
                suffixes.append(pattern[1:])
            elif pattern[-1] == "*" and _is_plain(pattern[:-1]):
                prefixes.append(pattern[:-1])
            else:
                self._others.append(pattern)
        self._names = frozenset(names)
        self._suffixes, self._prefixes = tuple(suffixes), tuple(prefixes)

    def match(self, name: str, path: str) -> bool:
        """Whether one of them stands for a name, or the path that ends with it."""
        if name in self._names or name.endswith(self._suffixes):
            return True
        if self._prefixes and (name.startswith(self._prefixes) or path.startswith(self._prefixes)):
            return True
        if not self._others:
            return False
        from fnmatch import fnmatchcase

        return any(
            fnmatchcase(name, pattern) or fnmatchcase(path, pattern) for pattern in self._others
        )


def _is_plain(text: str) -> bool:
    return not any(char in text for char in SPECIAL)
