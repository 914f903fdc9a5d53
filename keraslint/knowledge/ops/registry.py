"""Which function of this package knows which function of Keras."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from keraslint.knowledge.api import Api, Signature
from keraslint.knowledge.construct import default
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.values import spec_of
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec

Rule = Callable[..., Nest]
AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True, slots=True)
class Op:
    """One function of Keras.

    Attributes:
        name: its name below ``keras.ops``, or below ``keras`` with its module: ``image.resize``,
            ``activations.relu``.
        rule: takes the arguments of that function that it is interested in, and answers with a nest
            of `TensorSpec` or raises `Fault`.
        parameters: the names of these arguments, in lower case.
        tensors: the arguments that are tensors; the rule gets them as `TensorSpec`.
        ranked: the tensors without whose rank there is nothing to say.
        many: whether the function gives several tensors.
    """

    name: str
    rule: Rule
    parameters: tuple[str, ...]
    tensors: tuple[str, ...]
    ranked: tuple[str, ...]
    many: bool

    @property
    def path(self) -> str:
        """The full name in Keras."""
        outside = self.name.startswith(("activations.", "random."))
        return f"keras.{self.name}" if outside else f"keras.ops.{self.name}"

    def call(
        self,
        positional: Sequence[Any],
        keywords: Mapping[str, Any],
        *,
        lenient: bool = False,
        open_call: bool = False,
    ) -> Nest:
        """Apply the function.

        Args:
            positional: nests of `TensorSpec` and values as `knowledge.values` describes them.
            keywords: likewise.
            lenient: the tensors are no symbolic ones of a functional model, but those inside a
                layer's ``call`` or with data: dynamic dims are numbers there.
            open_call: the call may have more arguments than are known.

        Returns:
            A nest of `TensorSpec`; `UNKNOWN` where not even the structure is known.

        Raises:
            Fault: Keras raises on every value that the arguments allow.
        """
        signature = self.signature()
        arguments = bound(signature, positional, keywords, open_call=open_call)
        if any(arguments.get(p.name, UNKNOWN) is None for p in signature.parameters if p.required):
            return UNKNOWN if self.many else TensorSpec(UNKNOWN, UNKNOWN)
        by_name = {name.lower(): value for name, value in arguments.items()} | {"lenient": lenient}
        return self.apply({name: by_name.get(name, UNKNOWN) for name in self.parameters})

    def apply(self, arguments: dict[str, Any]) -> Nest:
        """Apply the function to arguments by name."""
        for name in self.tensors:
            if arguments[name] is not None:
                arguments[name] = spec_of(arguments[name])
        for name in self.ranked:
            if arguments[name] is None or isinstance(arguments[name].shape, Unknown):
                return UNKNOWN if self.many else TensorSpec(UNKNOWN, UNKNOWN)
        return self.rule(**arguments)

    def signature(self) -> Signature:
        """The signature of the function in the newest Keras."""
        symbol = Api.load("keras3").resolve(self.path)
        if symbol is None or symbol.signature is None:
            raise LookupError(self.path)
        return symbol.signature


def bound(
    signature: Signature, positional: Sequence[Any], keywords: Mapping[str, Any], *, open_call: bool
) -> dict[str, Any]:
    """All arguments of a call by name, those of ``*args`` and ``**kwargs`` by theirs.

    Raises:
        Fault: the arguments do not fit the signature.
    """
    binding = signature.bind(
        positional, keywords, open_positional=open_call, open_keywords=open_call
    )
    for name in binding.refused_keywords:
        allowed = signature.names
        raise Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=allowed)
    if binding.duplicates:
        raise Fault(FaultKind.EXTRA_POSITIONAL, argument=binding.duplicates[0])
    if binding.refused_positional:
        raise Fault(FaultKind.EXTRA_POSITIONAL, found=len(binding.refused_positional))
    if binding.missing:
        raise Fault(FaultKind.MISSING_ARGUMENT, argument=binding.missing[0])
    arguments = {
        parameter.name: UNKNOWN if open_call else default(parameter)
        for parameter in signature.parameters
    }
    if signature.varargs:
        arguments[signature.varargs] = UNKNOWN if open_call else binding.extra_positional
    if signature.kwargs:
        arguments[signature.kwargs] = UNKNOWN if open_call else dict(binding.extra_keywords)
    return arguments | dict(binding.arguments)


_OPS: dict[str, Op] = {}


def op(
    *names: str,
    tensors: tuple[str, ...] = (),
    ranked: tuple[str, ...] = (),
    many: bool = False,
) -> Callable[[AnyRule], AnyRule]:
    """Register a rule for the functions of these names. See `Op` for the arguments."""

    def register(rule: AnyRule) -> AnyRule:
        code = rule.__code__
        count = code.co_argcount + code.co_kwonlyargcount
        for name in names:
            _OPS[name] = Op(name, rule, code.co_varnames[:count], (*ranked, *tensors), ranked, many)
        return rule

    return register


@cache
def ops() -> Mapping[str, Op]:
    """All known functions by name."""
    package = importlib.import_module("keraslint.knowledge.ops")
    for module in pkgutil.iter_modules(package.__path__, "keraslint.knowledge.ops."):
        importlib.import_module(module.name)
    return _OPS


def find_op(name: str) -> Op | None:
    """The function that Keras calls ``name``: ``sum``, ``image.resize``, ``keras.ops.nn.relu``.

    Returns:
        `None` if nothing is known of it.
    """
    known = ops()
    if not name.startswith("keras."):
        return known.get(name)
    symbol = Api.load("keras3").resolve(name)
    path = name if symbol is None else symbol.canonical
    short = path.removeprefix("keras.")
    return known.get(short.removeprefix("ops.")) or known.get(short)
