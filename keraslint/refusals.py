"""What Keras refuses in a program, in the words of the rules, for pictures of its models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.diagrams import Failure

if TYPE_CHECKING:
    from keraslint.analysis import Analysis


def failures(analysis: Analysis) -> Iterator[Failure]:
    """Each refusal with the finding that tells it."""
    from keraslint.rules.faults import Case, owner

    for record in analysis.faults:
        case = Case(analysis, record)
        rule = owner(case)
        if rule is not None:
            yield Failure.of(record, rule().tell(case))
