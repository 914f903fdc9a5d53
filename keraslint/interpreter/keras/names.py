"""The automatic names Keras hands out, counted for the whole process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keraslint.interpreter.heap import Mutable, State
from keraslint.knowledge.naming import automatic_name


class Names(Mutable):
    """How often each automatic name was given."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}

    def take(self, base: str) -> str:
        """The next name for ``base`` (already in Keras's snake case)."""
        count = self.counts.get(base, 0)
        self.counts[base] = count + 1
        return base if count == 0 else f"{base}_{count}"

    def add(self, counts: dict[str, int]) -> None:
        """Count names that were taken elsewhere."""
        for name, count in counts.items():
            self.counts[name] = self.counts.get(name, 0) + count

    def take_for(self, class_name: str) -> str:
        """The next name for an instance of a class."""
        return self.take(automatic_name(class_name))

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """After branches that named different things, the highest count of each name."""
        merged = dict(states[0])
        counts: dict[str, int] = {}
        for state in states:
            found = state["counts"]
            if isinstance(found, dict):
                for name, count in found.items():
                    counts[name] = max(count, counts.get(name, 0))
        merged["counts"] = counts
        return merged
