"""Whether a call fits what a layer or model takes when it is called."""

from __future__ import annotations

from typing import Any

import libcst as cst

from keraslint.interpreter.values import Arguments
from keraslint.knowledge.faults import Fault, FaultKind

TRAINING = "training"
MODEL = ("inputs", TRAINING, "mask")


def refuse_arguments(arguments: Arguments, names: tuple[str, ...]) -> Fault | None:
    """The refusal of the arguments of a call by a ``call`` with these parameters.

    ``training`` is taken by all, and by name only: Keras itself hands it on. Names behind ``*`` or
    ``**`` stand for any.
    """
    if arguments.open or arguments.more:
        return None
    fault = refuse_positional(arguments, names)
    if fault is not None or any(name.startswith("*") for name in names):
        return fault
    for name in arguments.keywords:
        if name not in names and name != TRAINING:
            return Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=names)
    return None


def refuse_call(arguments: Arguments, node: Any) -> Fault | None:
    """The refusal of more than one positional argument by a functional or sequential model."""
    if not isinstance(node, cst.Call) or arguments.open or arguments.more:
        return None
    return refuse_positional(arguments, MODEL)


def refuse_positional(arguments: Arguments, names: tuple[str, ...]) -> Fault | None:
    """The refusal of more positional arguments than there are, or of one that is named, too."""
    if any(name.startswith("*") and not name.startswith("**") for name in names):
        return None
    most = names.index(TRAINING) if TRAINING in names else len(names)
    n = len(arguments.positional)
    if n > most:
        return Fault(FaultKind.EXTRA_POSITIONAL, found=n - most)
    for name in names[:n]:
        if name in arguments.keywords:
            return Fault(FaultKind.EXTRA_POSITIONAL, argument=name)
    return None
