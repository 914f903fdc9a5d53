"""Objects that change, and how to try a branch and take it back.

Everything mutable is touched before it is changed. Inside a branch the first touch keeps a
snapshot, so that the branch can be undone and its outcome compared with that of the others.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

_clock = itertools.count(1)
_shared = [False]

State: TypeAlias = dict[str, Any]


@contextmanager
def shared() -> Iterator[None]:
    """Objects made in here outlive their analysis: every change to them is undone."""
    _shared.append(True)
    try:
        yield
    finally:
        _shared.pop()


class Mutable:
    """An object with identity whose attributes may change under the heap's eyes."""

    def __init__(self) -> None:
        self.born = 0 if _shared[-1] else next(_clock)

    def snapshot(self) -> State:
        """The attributes now, containers copied one level deep."""
        return {name: _copy(value) for name, value in self.__dict__.items()}

    def restore(self, state: State) -> None:
        """Set the attributes to an earlier snapshot."""
        self.__dict__.clear()
        self.__dict__.update({name: _copy(value) for name, value in state.items()})

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """What is known if the object is in one of several states."""
        merged = dict(states[0])
        for state in states[1:]:
            for name, value in state.items():
                merged[name] = _merge(merged[name], value, join) if name in merged else value
        return merged


def _copy(value: Any) -> Any:
    kind = type(value)
    return value.copy() if kind is dict or kind is list or kind is set else value


def _merge(a: Any, b: Any, join: Callable[[Any, Any], Any]) -> Any:
    if a is b:
        return a
    if type(a) is dict and type(b) is dict:
        return {
            key: join(a[key], b[key]) if key in a and key in b else (a | b)[key] for key in a | b
        }
    if type(a) is list and type(b) is list:
        return [join(x, y) for x, y in zip(a, b, strict=False)]
    if type(a) is set and type(b) is set:
        return a | b
    return join(a, b)


Delta: TypeAlias = dict[int, tuple[Mutable, State]]


class Heap:
    """The journal of changes, one layer per open branch."""

    def __init__(self, join: Callable[[Any, Any], Any]) -> None:
        self.layers: list[Delta] = []
        self.starts: list[int] = []
        self.join = join
        self.watches: list[Delta] = []

    @contextmanager
    def watching(self) -> Iterator[Delta]:
        """Collect every state that anything is in before it changes, joined."""
        seen: Delta = {}
        self.watches.append(seen)
        try:
            yield seen
        finally:
            self.watches.pop()

    def _note(self, watch: Delta, thing: Mutable) -> None:
        state = thing.snapshot()
        known = watch.get(id(thing))
        watch[id(thing)] = (
            thing,
            state if known is None else thing.merge([known[1], state], self.join),
        )

    def touch(self, thing: Mutable) -> None:
        """Say that ``thing`` is about to change."""
        for watch in self.watches:
            self._note(watch, thing)
        if self.layers and thing.born < self.starts[-1]:
            layer = self.layers[-1]
            if id(thing) not in layer:
                layer[id(thing)] = (thing, thing.snapshot())

    def push(self) -> None:
        """Start a branch."""
        self.layers.append({})
        self.starts.append(next(_clock))

    def pop(self) -> Delta:
        """End a branch, undo it, and return what it had changed."""
        layer = self.layers.pop()
        self.starts.pop()
        changed: Delta = {}
        for key, (thing, before) in layer.items():
            changed[key] = (thing, thing.snapshot())
            thing.restore(before)
        return changed

    def commit(self) -> None:
        """End a branch and keep what it did."""
        layer = self.layers.pop()
        self.starts.pop()
        if self.layers:
            below, start = self.layers[-1], self.starts[-1]
            for key, (thing, before) in layer.items():
                if thing.born < start:
                    below.setdefault(key, (thing, before))

    def apply(self, delta: Delta) -> None:
        """Redo what a branch did."""
        for thing, state in delta.values():
            self.touch(thing)
            thing.restore(state)

    def merge(self, deltas: list[Delta], *, join: Callable[[Any, Any], Any] | None = None) -> None:
        """Set everything that any branch changed to what is known whichever was taken."""
        self.apply(self.joined(deltas, join=join))

    def joined(
        self, deltas: list[Delta], *, join: Callable[[Any, Any], Any] | None = None
    ) -> Delta:
        """What is known whichever of several branches from here was taken."""
        if len(deltas) == 1:
            return deltas[0]
        things = {key: thing for delta in deltas for key, (thing, _) in delta.items()}
        result: Delta = {}
        for key, thing in things.items():
            present = [delta[key][1] for delta in deltas if key in delta]
            if len(present) < len(deltas):
                present.append(thing.snapshot())
            result[key] = (thing, thing.merge(present, join or self.join))
        return result

    def unwind(self, depth: int) -> None:
        """Undo all branches but the outermost ``depth``."""
        while len(self.layers) > depth:
            self.pop()
