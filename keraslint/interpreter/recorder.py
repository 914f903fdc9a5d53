"""What the interpreter notes on its way, and can take back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from keraslint.analysis import CallRecord, FaultRecord, Limit, Place, Site, TrainingRecord


@dataclass(slots=True)
class Recorder:
    """Sites, calls, faults, models and training calls in the order they were met."""

    sites: dict[tuple[Place, str], Site] = field(default_factory=dict)
    calls: list[tuple[Site, CallRecord]] = field(default_factory=list)
    faults: list[FaultRecord] = field(default_factory=list)
    models: list[Any] = field(default_factory=list)
    training: list[TrainingRecord] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)

    def site(self, place: Place, layer: str) -> Site:
        """The site of that layer at ``place``, made if it is met for the first time."""
        site = self.sites.get((place, layer))
        if site is None:
            site = self.sites[place, layer] = Site(layer, place)
        return site

    def mark(self) -> tuple[int, ...]:
        """A point to go back to."""
        return tuple(len(log) for log in self._logs())

    def rollback(self, mark: tuple[int, ...]) -> None:
        """Forget what was noted since ``mark``; sites stay, they are places and no events."""
        for log, length in zip(self._logs(), mark, strict=True):
            del log[length:]

    def _logs(self) -> tuple[list[Any], ...]:
        return (self.calls, self.faults, self.models, self.training, self.limits)
