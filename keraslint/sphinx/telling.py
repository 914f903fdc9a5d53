"""Findings in what is drawn, as warnings of the build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from sphinx.util import logging

from keraslint.defects import Shield
from keraslint.findings import Finding
from keraslint.project import validated
from keraslint.rules import Checker
from keraslint.settings import Settings
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from keraslint.analysis import Analysis
    from keraslint.sphinx.reading import Found

logger = logging.getLogger(__name__)
TOLD = "keraslint_told"


def tell(env: BuildEnvironment, found: Found, settings: Settings, location: Any) -> None:
    """Warn of each finding in the program of a model, once on a page.

    Args:
        env: knows what was told on this page.
        found: the model.
        settings: of the project that the program belongs to.
        location: where the warning belongs, given a row of the program.
    """
    told: set[Any] = cast("Any", env.temp_data.setdefault(TOLD, set()))
    for finding in findings(found.analysis, settings):
        if (finding.location, finding.code, finding.message) in told:
            continue
        told.add((finding.location, finding.code, finding.message))
        logger.warning(
            "%s:%s: %s %s",
            finding.location.filename,
            finding.location.row,
            finding.code,
            finding.message,
            type="keraslint",
            subtype=finding.name,
            location=location(finding.location.row - found.first),
        )


def findings(analysis: Analysis, settings: Settings) -> Iterator[Finding]:
    """What is wrong with a program, by the rules that its project selects."""
    try:
        wanted = validated(settings)
    except UsageError as error:
        logger.warning("%s", error, type="keraslint", subtype="settings")
        return
    yield from Checker(wanted, settings.root, Shield()).check(analysis)
