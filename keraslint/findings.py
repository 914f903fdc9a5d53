"""What a rule found: a place in a file, what is wrong there, why, and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from keraslint.locations import Location

Applicability = Literal["safe", "unsafe"]


class Severity(Enum):
    """How bad a finding is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    def reaches(self, other: Severity) -> bool:
        """Whether this is at least as bad as ``other``."""
        order = list(Severity)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at a location; an empty stretch is an insertion."""

    content: str
    location: Location


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend it: safe if the program then does what it was evidently meant to do."""

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = "safe"


@dataclass(frozen=True, slots=True)
class Related:
    """The other end of a finding, such as where a tensor comes from."""

    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the user.

    Attributes:
        code: the rule's code, such as ``KL101``.
        name: the rule's name, such as ``input-rank``.
        message: what is wrong, in one line.
        help: what to do about it, one line each.
        entry: the root of the analysis that found it, ``<module>`` or a qualified name.
        url: the rule's page.
        related: other places that matter, in the order to read them.
    """

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    help: tuple[str, ...] = ()
    entry: str = "<module>"
    fix: Fix | None = None
    url: str = ""
    related: tuple[Related, ...] = ()


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by path and position, each once however many ways lead to it."""
    unique: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        place = replace(finding.location, filename=os.path.realpath(finding.location.filename))
        unique.setdefault((finding.code, place), finding)
    return sorted(unique.values(), key=_order)


def _order(finding: Finding) -> tuple[object, ...]:
    location = finding.location
    position = (location.cell or 0, location.row, location.column)
    return (location.filename, position, finding.code)
