"""Which Keras a program is for, and which faults it has there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from keraslint.knowledge.earlier import NEWEST

if TYPE_CHECKING:
    from keraslint.analysis import Analysis

FIRST_TENSORFLOW_WITH_KERAS_3 = (2, 16)
TENSORFLOW = ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-macos")

_KERAS_2 = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+tf_keras\b"
    r"|TF_USE_LEGACY_KERAS['\"]\]?\s*[=,]\s*['\"](?:1|[Tt]rue)",
    re.MULTILINE,
)


class Targets:
    """The major versions of Keras that files are for, as their projects and imports say."""

    def __init__(self, setting: str) -> None:
        self._fixed = None if setting == "auto" else int(setting)
        self._declared: dict[Path, int | None] = {}

    def of(self, analysis: Analysis) -> int:
        """The version that a file is for.

        That is what the settings say, else what the imports leave no doubt about, else what the
        project declares, else the newest.
        """
        if self._fixed is not None:
            return self._fixed
        if analysis.syntax is not None and _is_for_keras_2(analysis.syntax.source.text):
            return 2
        folder = Path(os.path.realpath(analysis.filename)).parent
        if folder not in self._declared:
            self._declared[folder] = declared_target(folder)
        return self._declared[folder] or NEWEST


def _is_for_keras_2(text: str) -> bool:
    mentioned = "tf_keras" in text or "TF_USE_LEGACY_KERAS" in text
    return mentioned and _KERAS_2.search(text) is not None


def declared_target(folder: Path) -> int | None:
    """The newest version that the dependencies of the project around a folder allow.

    `None` if they leave it open whether that is Keras 3.
    """
    from keraslint.rules.support.declared import declared

    found = declared(folder)
    majors = {
        major
        for low, high in found.get("keras", ())
        for major in range(1, NEWEST + 1)
        if low < (major + 1,) and high > (major,)
    }
    if majors and (NEWEST not in majors or len(majors) == 1):
        return max(majors)
    ranges = [one for name in TENSORFLOW for one in found.get(name, ())]
    if ranges and all(high <= FIRST_TENSORFLOW_WITH_KERAS_3 for _, high in ranges):
        return 2
    return None
