"""Calls that have to fit a signature; objects that only keep their arguments, as losses do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.reporting import call_place, given, note_fault
from keraslint.interpreter.values import Arguments, Opaque
from keraslint.knowledge.faults import Fault, FaultKind

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame
    from keraslint.knowledge.api import Signature, Symbol

OPTIMIZER = "keras.Optimizer"
LOSS_SCALE = "keras.optimizers.LossScaleOptimizer"
# By that one alone, as old configurations have them.
TAKEN_AT_DEFAULTS = (
    *("dynamic", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema"),
    *("ema_momentum", "ema_overwrite_frequency", "loss_scale_factor"),
    "gradient_accumulation_steps",
)


def make(frame: Frame, symbol: Symbol, arguments: Arguments, node: Any) -> Opaque:
    """The object that a class of Keras makes; a fault if its constructor does not fit the call."""
    check_call(frame, symbol, arguments, node)
    return Opaque(symbol.canonical, {"arguments": arguments})


def check_call(frame: Frame, symbol: Symbol, arguments: Arguments, node: Any) -> None:
    """Note a fault if the signature of a class, function or method does not fit a call."""
    signature = symbol.signature
    fault = _refusal(symbol, signature, arguments) if signature is not None else None
    if signature is not None and fault is not None:
        names = tuple(parameter.name for parameter in signature.positional)
        found = given(frame, arguments, names)
        note_fault(frame, fault, symbol.canonical, call_place(frame, node), arguments=found)


def _refusal(symbol: Symbol, signature: Signature, arguments: Arguments) -> Fault | None:
    binding = signature.bind(
        arguments.positional,
        arguments.keywords,
        open_positional=arguments.open,
        open_keywords=arguments.open,
    )
    refused = dict(binding.refused_keywords)
    if OPTIMIZER in symbol.bases:  # its base class refuses what the others hand on to it
        refused = {
            name: value
            for name, value in binding.extra_keywords.items()
            if not _is_ignored(symbol, name)
        }
    for name in refused:
        allowed = signature.names
        return Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=allowed)
    for name in binding.duplicates:
        return Fault(FaultKind.EXTRA_POSITIONAL, argument=name)
    if binding.refused_positional:
        return Fault(FaultKind.EXTRA_POSITIONAL, found=len(binding.refused_positional))
    for name in binding.missing:
        return Fault(FaultKind.MISSING_ARGUMENT, argument=name)
    return None


def _is_ignored(symbol: Symbol, argument: str) -> bool:
    if symbol.canonical == LOSS_SCALE and argument in TAKEN_AT_DEFAULTS:
        return True
    from keraslint.knowledge.api.migration import removed_argument

    found = removed_argument(symbol.canonical, argument)
    return found is not None and found.accepted
