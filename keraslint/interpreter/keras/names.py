"""The automatic names Keras hands out, counted for the whole process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from keraslint.interpreter.heap import Heap, Mutable, State
from keraslint.knowledge.naming import automatic_name
from keraslint.tensors.dims import Unknown

Counts: TypeAlias = dict[str, int | None]


class Unnamed(Unknown):
    """A name of which only the beginning is known, and a label to tell it from others."""

    __slots__ = ("label",)
    label: str

    @classmethod
    def labelled(cls, label: str) -> Unnamed:
        """One of many, unlike what it is derived from."""
        made = object.__new__(cls)
        made.label = label
        return made

    def __str__(self) -> str:
        return self.label


class Names(Mutable):
    """How often each automatic name was given, `None` where that is not known."""

    def __init__(self, heap: Heap) -> None:
        super().__init__()
        self.heap = heap
        self.counts: Counts = {}
        self.unnamed = 0

    def take(self, base: str, *, from_one: bool = False) -> str | Unknown:
        """The next name for ``base`` (already in Keras's snake case), unknown if others may be.

        Only with ``from_one`` the first has a number too.
        """
        self.heap.touch(self)
        count = self.counts.get(base, 0)
        if count is None:
            self.unnamed += 1
            return Unnamed.labelled(f"{base}_?{self.unnamed}")
        self.counts[base] = count + 1
        if from_one:
            return f"{base}_{count + 1}"
        return base if count == 0 else f"{base}_{count}"

    def add(self, counts: Counts) -> None:
        """Count names that were taken elsewhere."""
        self.heap.touch(self)
        for name, count in counts.items():
            before = self.counts.get(name, 0)
            self.counts[name] = None if before is None or count is None else before + count

    def take_for(self, class_name: str) -> str | Unknown:
        """The next name for an instance of a class."""
        return self.take(automatic_name(class_name))

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """After branches that named different things it is not known which names come next."""
        merged = dict(states[0])
        merged["unnamed"] = max(state["unnamed"] for state in states)
        found: list[Counts] = [state["counts"] for state in states]
        merged["counts"] = {
            name: counts.pop() if len(counts := {one.get(name, 0) for one in found}) == 1 else None
            for name in {name for one in found for name in one}
        }
        return merged


def without(counts: Counts, others: Counts) -> Counts:
    """The names that were taken beyond those of ``others``."""
    rest = dict(counts)
    for name, count in others.items():
        before = rest[name]
        rest[name] = None if before is None or count is None else before - count
    return rest
