"""Whether a call fits what a layer or model takes when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.interpreter.keras.convert import to_knowledge
from keraslint.interpreter.values import Arguments, OneOf, Value, is_unknown
from keraslint.knowledge.api import Api
from keraslint.knowledge.arguments import constraint, initializer, regularizer
from keraslint.knowledge.faults import Fault, FaultKind

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

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
            return Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=names, call=True)
    return None


def refuse_call(arguments: Arguments, node: Any) -> Fault | None:
    """The refusal of more than one positional argument by a functional or sequential model."""
    if not isinstance(node, cst.Call) or arguments.open or arguments.more:
        return None
    return refuse_positional(arguments, MODEL)


def refuse_positional(arguments: Arguments, names: tuple[str, ...]) -> Fault | None:
    """The refusal of more positional arguments than there are, or of one that is named, too.

    Keras lets ``None`` pass where only tensors may stand.
    """
    if any(name.startswith("*") and not name.startswith("**") for name in names):
        return None
    most = names.index(TRAINING) if TRAINING in names else len(names)
    n = len(arguments.positional)
    if any(not _may_be_none(value) for value in arguments.positional[most:]) or n > len(names):
        return Fault(FaultKind.EXTRA_POSITIONAL, found=n - most)
    for name in names[:n]:
        if name in arguments.keywords:
            return Fault(FaultKind.EXTRA_POSITIONAL, argument=name)
    return None


def _may_be_none(value: Value) -> bool:
    choices = value.alternatives if isinstance(value, OneOf) else (value,)
    return any(choice is None or is_unknown(choice) for choice in choices)


def refuse_weight(frame: Frame, arguments: Arguments) -> Fault | None:
    """The refusal of what ``add_weight`` is called with; Keras 2 took the name first."""
    symbol = Api.load("keras3").resolve("keras.Layer.add_weight")
    if arguments.open or arguments.more or symbol is None or symbol.signature is None:
        return None
    names = symbol.signature.names
    if arguments.positional and isinstance(arguments.positional[0], str):
        found = arguments.positional[0]
        kind = FaultKind.ARGUMENT_TYPE
        return Fault(kind, argument="shape", expected="a tuple of sizes", found=found)
    fault = refuse_arguments(arguments, names)
    if fault is not None:
        return fault
    try:
        for check in (initializer, regularizer, constraint):
            value = arguments.keywords.get(check.__name__)
            check({check.__name__: to_knowledge(frame, value)}, check.__name__)
    except Fault as refused:
        return refused
    return None
