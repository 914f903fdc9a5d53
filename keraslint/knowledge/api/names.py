"""Which name was meant."""

from __future__ import annotations

from collections.abc import Iterable

_CUTOFF = 0.75
_CLEARLY = 0.04


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The one candidate that `name` is clearly a misspelling of.

    Args:
        name: What was written.
        candidates: The names that exist.

    Returns:
        A candidate that differs in case and underscores alone, or the best match if no other is
        nearly as good; otherwise None.
    """
    names = sorted(set(candidates))
    plain = [c for c in names if _plain(c) == _plain(name)]
    if plain:
        return plain[0] if len(plain) == 1 else None
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=name.lower())
    scored: list[tuple[float, str]] = []
    for candidate in names:
        matcher.set_seq1(candidate.lower())
        if matcher.quick_ratio() >= _CUTOFF and (ratio := matcher.ratio()) >= _CUTOFF:
            scored.append((ratio, candidate))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEARLY):
        return None
    return scored[0][1]


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
