"""From the arguments of a constructor call to a configured layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from keraslint.knowledge.api import Api, Binding, Default, Parameter, Signature
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Layer
from keraslint.tensors.dims import UNKNOWN


def construct(
    cls: type[Layer],
    positional: Sequence[Any],
    keywords: Mapping[str, Any],
    *,
    open_call: bool = False,
) -> Layer:
    """Configure a layer as ``keras.layers.X(*positional, **keywords)`` does.

    Args:
        cls: the layer.
        positional: values as `knowledge.values` describes them.
        keywords: likewise.
        open_call: the call may have more arguments than are known (``*unknown``, ``**unknown``).

    Raises:
        Fault: Keras refuses the call.
    """
    signature = signature_of(cls)
    values = _defaults(cls.names[0])
    binding = signature.bind(
        positional, keywords, open_positional=open_call, open_keywords=open_call
    )
    check_binding(cls, signature, binding)
    defaults = dict.fromkeys(values, UNKNOWN) if open_call else values
    return cls({**defaults, **binding.arguments, **binding.extra_keywords})


@cache
def _defaults(name: str) -> dict[str, Any]:
    return {parameter.name: default(parameter) for parameter in _signature(name).parameters}


def default(parameter: Parameter) -> Any:
    """The default of a parameter as a value; unknown if it is an expression."""
    return UNKNOWN if isinstance(parameter.default, Default) else parameter.default


def signature_of(cls: type[Layer]) -> Signature:
    """The signature of a layer's constructor in the newest Keras."""
    return _signature(cls.names[0])


@cache
def _signature(name: str) -> Signature:
    symbol = Api.load("keras3").resolve(f"keras.layers.{name}")
    if symbol is None or symbol.signature is None:
        raise LookupError(name)
    return symbol.signature


def accepted(cls: type[Layer], signature: Signature) -> tuple[str, ...]:
    """Every keyword that a layer's constructor takes."""
    named = signature.names
    extra = cls.extra_arguments | (cls.base_arguments if signature.accepts_kwargs else frozenset())
    return (*named, *sorted(extra - set(named)))


def check_binding(cls: type[Layer], signature: Signature, binding: Binding[Any]) -> None:
    """Refuse what does not fit the signature.

    Raises:
        Fault: an unknown, missing, repeated or surplus argument.
    """
    allowed = accepted(cls, signature)
    for name in binding.extra_keywords:
        if name not in allowed and not cls.ignores_unknown_arguments:
            raise Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=allowed)
    for name in binding.duplicates:
        raise Fault(FaultKind.EXTRA_POSITIONAL, argument=name)
    if binding.extra_positional:
        raise Fault(FaultKind.EXTRA_POSITIONAL, found=len(binding.extra_positional))
    if binding.missing:
        raise Fault(FaultKind.MISSING_ARGUMENT, argument=binding.missing[0])
