"""The axes of a tensor: what they are called, and how long they are drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.tensors.dims import Dim
from keraslint.tensors.shapes import Shape

TRUE_TO_SCALE = 24
"""Up to here each position of an axis is drawn."""
NOMINAL = 32
"""What an unknown axis is drawn like, with a dashed edge; never like 1."""
CELL = 8
"""A position of a window that is drawn enlarged."""

Kind = Literal["space", "channel"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How long an axis is drawn: ``base + factor·log2(size)``, at most ``most``."""

    base: int
    factor: int
    most: int

    def length(self, size: Dim) -> int:
        """The length of an axis of that size."""
        n = size if isinstance(size, int) else NOMINAL
        return min(self.base + round(self.factor * math.log2(max(n, 1))), self.most)

    def text(self) -> str:
        """The rule in a formula."""
        return f"{self.base} + {self.factor}·log2(n)"


STEPS, SIDE, DEPTH = Scale(48, 12, 168), Scale(44, 7, 128), Scale(6, 3, 45)

NAMES = {
    2: ("features",),
    3: ("steps", "features"),
    4: ("rows", "cols", "channels"),
    5: ("depth", "rows", "cols", "channels"),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a tensor.

    Attributes:
        name: what it is called.
        kind: whether it is a spatial axis or that of the channels.
        size: its dim.
        scale: how long it is drawn.
    """

    name: str
    kind: Kind
    size: Dim
    scale: Scale

    @property
    def length(self) -> int:
        """How long it is drawn."""
        return self.scale.length(self.size)

    @property
    def known(self) -> bool:
        """Whether its size is a number."""
        return isinstance(self.size, int)

    @property
    def true(self) -> bool:
        """Whether each position is drawn, true to scale."""
        return isinstance(self.size, int) and 0 < self.size <= TRUE_TO_SCALE

    @property
    def label(self) -> str:
        """Its name and size."""
        return f"{self.name} = {words.dim(self.size)}"

    def span(self, start: int, count: int) -> tuple[int, int]:
        """Where ``count`` positions from ``start`` on are drawn, on an axis true to scale."""
        assert isinstance(self.size, int)
        return start * self.length // self.size, (start + count) * self.length // self.size

    def scaled(self, extent: int) -> bool:
        """Whether a window of that extent is drawn true to scale: enlarging it would not do."""
        if not isinstance(self.size, int) or self.size <= 0:
            return False
        cell = self._enlarged(extent)
        return self.true or self.length >= self.size * cell or extent * cell > self.length

    def cell(self, extent: int) -> int:
        """The length of one position of a window of that extent."""
        if isinstance(self.size, int) and self.scaled(extent):
            return max(self.length // self.size, 1)
        return self._enlarged(extent)

    def _enlarged(self, extent: int) -> int:
        return max(min(CELL, self.length * 2 // (5 * max(extent, 1))), 1)


def names_of(rank: int, channels_first: bool, steps: bool) -> tuple[str, ...]:
    """The names of the axes behind the batch; a rank-2 tensor may hold ``steps``."""
    if rank == 2:
        return ("steps",) if steps else NAMES[2]
    names = NAMES.get(rank, tuple(say("axis {}", i) for i in range(1, rank)))
    return (names[-1], *names[:-1]) if channels_first and rank > 2 else names


def axes_of(
    shape: Shape,
    *,
    channels_first: bool = False,
    steps: bool = False,
    renamed: Mapping[str, str] | None = None,
) -> tuple[Axis, ...]:
    """The axes behind the batch, in the order of the layout; none for an unknown rank."""
    if not isinstance(shape, tuple) or len(shape) < 2:
        return ()
    names = names_of(len(shape), channels_first, steps)
    renamed = renamed or {}
    return tuple(
        _axis(renamed.get(name, say(name)), name, size, len(shape))
        for name, size in zip(names, shape[1:], strict=True)
    )


def _axis(shown: str, name: str, size: Dim, rank: int) -> Axis:
    channel = name in {"features", "channels"}
    scale = DEPTH if channel and rank > 3 else SIDE
    if name == "steps":
        scale = STEPS
    return Axis(shown, "channel" if channel else "space", size, scale)
