"""Which Keras a program is for, and which faults it has there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from keraslint.knowledge.api import Api, Version
from keraslint.knowledge.faults import FaultKind

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, FaultRecord

NEWEST = 3
FIRST_TENSORFLOW_WITH_KERAS_3 = (2, 16)
TENSORFLOW = ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-macos")
VERSIONS: dict[int, tuple[Version, ...]] = {1: ("keras1",), 2: ("tf_keras2", "keras2")}

_KERAS_2 = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+tf_keras\b"
    r"|TF_USE_LEGACY_KERAS['\"]\]?\s*[=,]\s*['\"](?:1|[Tt]rue)",
    re.MULTILINE,
)
OF_ALL = frozenset(
    (
        *("input_shape", "batch_input_shape", "batch_size", "weights", "input_dtype", "dynamic"),
        *("name", "trainable", "dtype", "autocast", "activity_regularizer", "input_dim"),
        *("input_length", "clipnorm", "clipvalue", "global_clipnorm", "decay", "lr"),
    )
)
"""Arguments that reach layers and optimizers of earlier versions through ``**kwargs``."""

_AS_EVER = frozenset(
    (
        FaultKind.EMPTY_OUTPUT,
        FaultKind.MERGE_SHAPE,
        FaultKind.RESHAPE_SIZE,
        FaultKind.UNDEFINED_DIMENSION,
        FaultKind.INPUT_DIMENSION,
        FaultKind.GROUPS,
        FaultKind.GRAPH_DISCONNECTED,
        FaultKind.KERNEL_DIMENSIONALITY,
        FaultKind.STRIDES_WITH_DILATION,
        FaultKind.DUPLICATE_NAME,
        FaultKind.LAYER_NOT_CALLED,
        FaultKind.CALL_WITHOUT_INPUTS,
    )
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
        if analysis.syntax is not None and _KERAS_2.search(analysis.syntax.source.text):
            return 2
        folder = Path(os.path.realpath(analysis.filename)).parent
        if folder not in self._declared:
            self._declared[folder] = declared_target(folder)
        return self._declared[folder] or NEWEST


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


def refuses(record: FaultRecord, target: int) -> bool:
    """Whether an earlier Keras refuses too what the newest one does."""
    fault = record.fault
    if target >= NEWEST or fault.kind in _AS_EVER:
        return True
    if fault.kind is FaultKind.INPUT_RANK:  # convolutions take further axes in front
        expected, found = fault.expected, fault.found
        return isinstance(expected, int) and isinstance(found, tuple) and len(found) < expected
    if fault.kind is FaultKind.UNKNOWN_ARGUMENT:
        return not any(_may_take(record, version) for version in VERSIONS[target])
    if fault.kind is FaultKind.MISSING_ARGUMENT:
        return all(_needs(record, version) for version in VERSIONS[target])
    return False


def _may_take(record: FaultRecord, version: Version) -> bool:
    """Whether a version has the argument that the newest refuses, or may have it."""
    symbol, name = Api.load(version).resolve(record.layer), record.fault.argument
    if symbol is None or symbol.signature is None or name is None or name in OF_ALL:
        return True
    return symbol.signature.get(name) is not None or name in symbol.old_arguments


def _needs(record: FaultRecord, version: Version) -> bool:
    """Whether a version must be given the argument that is missing."""
    symbol, name = Api.load(version).resolve(record.layer), record.fault.argument
    if symbol is None or symbol.signature is None or name is None:
        return False
    parameter = symbol.signature.get(name)
    return parameter is not None and parameter.required
