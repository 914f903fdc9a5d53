"""What stands in for an old name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Replacement:
    """What Keras 3 has for a name, argument, method or module of an earlier version.

    Attributes:
        old: The old name.
        new: What to write instead, or the closest there is; None if there is nothing.
        mechanical: Whether writing `new` for `old` keeps the meaning of the call, given
            `positional`, `arguments` and `values`.
        advice: What to do, where a name alone does not say it.
        positional: How many arguments may be given by position for that; None for any number.
        arguments: Keyword arguments to rename along with the name.
        values: Constants to translate along with an argument's name; of an argument that is gone,
            those that it may be left out with.
        accepted: Keras 3 still takes it, but warns or ignores it.
    """

    old: str
    new: str | None
    mechanical: bool = False
    advice: str = ""
    positional: int | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[object, object] = field(default_factory=dict)
    accepted: bool = False

    def of(self, old: str) -> Replacement:
        """The same for another name of the old object."""
        return replace(self, old=old)
