"""Functions of the program: definition, parameters, calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import libcst as cst

from keraslint.interpreter.branches import meet
from keraslint.interpreter.decorators import decorate
from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.joining import join
from keraslint.interpreter.outcomes import NEXT
from keraslint.interpreter.scopes import Frame, Scope
from keraslint.interpreter.values import (
    Arguments,
    Dict,
    Function,
    Iterator_,
    Value,
)
from keraslint.syntax.walking import children
from keraslint.tensors.dims import UNKNOWN, Expr, Named

MAX_DEPTH = 60
MAX_BLIND_RECURSION = 2
MAX_BRANCHING = 9


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a function: names by kind."""

    positional: tuple[str, ...]
    keyword_only: tuple[str, ...]
    star: str | None
    double_star: str | None
    positional_only: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All that take one value."""
        return self.positional + self.keyword_only


def parameters_of(frame: Frame, function: Function) -> Parameters:
    """The parameters of ``function``, read once per definition."""
    cache = frame.machine.signatures
    key = id(function.node)
    if key not in cache:
        cache[key] = _parameters(function.node.params)
    found: Parameters = cache[key]
    return found


def _parameters(node: cst.Parameters) -> Parameters:
    only = [param.name.value for param in node.posonly_params]
    star = node.star_arg.name.value if isinstance(node.star_arg, cst.Param) else None
    return Parameters(
        positional=(*only, *(param.name.value for param in node.params)),
        keyword_only=tuple(param.name.value for param in node.kwonly_params),
        star=star,
        double_star=node.star_kwarg.name.value if node.star_kwarg is not None else None,
        positional_only=len(only),
    )


def parameter_defaults(frame: Frame, node: cst.Parameters) -> dict[str, Value]:
    """The defaults, evaluated where the function is defined."""
    return {
        param.name.value: evaluate(frame, param.default)
        for param in (*node.posonly_params, *node.params, *node.kwonly_params)
        if param.default is not None
    }


def define(frame: Frame, node: cst.FunctionDef) -> Value:
    """The value a ``def`` binds, decorators applied."""
    qualname = f"{frame.qualname}.{node.name.value}" if frame.qualname else node.name.value
    if frame.scope.kind == "function":
        qualname = f"{frame.qualname}.<locals>.{node.name.value}"
    function = Function(node, frame.scope, parameter_defaults(frame, node.params), qualname)
    frame.machine.program.note_function(frame, function)
    return decorate(frame, node.decorators, function)


def call_function(
    frame: Frame, function: Function, arguments: Arguments, node: cst.CSTNode | None
) -> Value:
    """Call a function of the program and follow its body."""
    machine = frame.machine
    machine.called.add(function)
    deep = frame.depth >= MAX_DEPTH or machine.branching >= MAX_BRANCHING
    if deep or _recurs_blindly(frame, function):
        machine.note_limit("depth", frame.call if node is None else frame.place(node))
        return UNKNOWN
    module = machine.program.module_of(function.scope)
    scope = Scope(function.scope)
    inner = Frame(machine, scope, module, function)
    inner.parent = frame
    inner.depth = frame.depth + 1
    inner.branching = machine.branching
    inner.call = frame.place(node) if node is not None else None
    inner.qualname = function.qualname
    inner.owner = function.owner
    bind(inner, function, arguments)
    if function.owner is not None and arguments.positional:
        inner.receiver = arguments.positional[0]
    if type(function.node) is cst.Lambda:
        return evaluate(inner, function.node.body)
    return run_body(inner, function)


def _recurs_blindly(frame: Frame, function: Function) -> bool:
    """Whether a recursion goes on only because its condition is not known: then it has no end."""
    active = 0
    current: Frame | None = frame
    while current is not None and active < MAX_BLIND_RECURSION:
        same = current.function is not None and current.function.node is function.node
        active += same and current.branching < frame.machine.branching
        current = current.parent
    return active >= MAX_BLIND_RECURSION


def run_body(frame: Frame, function: Function) -> Value:
    """Execute a bound function's body and give what it returns (or yields)."""
    from keraslint.interpreter.statements import execute_block

    body: Any = function.node.body
    depth = len(frame.machine.heap.layers)
    ways = meet(frame, depth, execute_block(frame, body.body))
    if is_generator(frame, function):
        return Iterator_(frame.yielded, open=frame.yields_open)
    returned = frame.returned
    if NEXT in ways:
        returned = [*returned, None]
    if not returned:
        return UNKNOWN
    value = returned[0]
    for other in returned[1:]:
        value = join(value, other)
    return value


def bind(frame: Frame, function: Function, arguments: Arguments) -> None:
    """Give the parameters their values; what the call leaves out and has no default is unknown."""
    parameters = parameters_of(frame, function)
    names = frame.scope.names
    values = list(arguments.positional)
    for name, value in zip(parameters.positional, values, strict=False):
        names[name] = value
    surplus = values[len(parameters.positional) :]
    extra: dict[Any, Value] = {}
    known = set(parameters.names[parameters.positional_only :])
    for name, value in arguments.keywords.items():
        if name in known:
            names[name] = value
        else:
            extra[name] = value
    for name in parameters.names:
        if name not in names:
            default = function.defaults.get(name, UNKNOWN)
            names[name] = join(default, UNKNOWN) if arguments.open else default
    if parameters.star is not None:
        names[parameters.star] = UNKNOWN if arguments.open or arguments.more else tuple(surplus)
    if parameters.double_star is not None:
        names[parameters.double_star] = Dict(extra, open=arguments.open or arguments.more)


def unknown_arguments(frame: Frame, function: Function, *, defaults: bool = True) -> Arguments:
    """Arguments for a root: known by name only, defaults kept."""
    parameters = parameters_of(frame, function)
    annotations = _annotations(function.node.params)
    result = Arguments()
    for name in parameters.names:
        if name not in function.defaults or not defaults:
            result.keywords[name] = unknown_parameter(
                name, annotations.get(name), function.qualname
            )
    result.more = True
    return result


def unknown_parameter(name: str, annotation: str | None, qualname: str) -> Value:
    """The value of a parameter nobody gave: known by name, unless annotated as no integer."""
    if annotation in (None, "int"):
        return Named(Expr.symbol(name, qualname))
    return UNKNOWN


def _annotations(node: cst.Parameters) -> dict[str, str]:
    found = {}
    for param in (*node.posonly_params, *node.params, *node.kwonly_params):
        if param.annotation is not None:
            kind = param.annotation.annotation
            found[param.name.value] = kind.value if isinstance(kind, cst.Name) else "?"
    return found


def is_generator(frame: Frame, function: Function) -> bool:
    """Whether the body has a ``yield`` of its own."""
    if function.is_generator is None:
        function.is_generator = (
            type(function.node) is cst.FunctionDef
            and frame.module.mentions("yield")
            and _yields(function.node.body)
        )
    return function.is_generator


def _yields(body: cst.BaseSuite) -> bool:
    pending = list(children(body))
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind is cst.Yield:
            return True
        if kind not in _OPAQUE:
            pending += children(node)
    return False


_OPAQUE = frozenset((cst.FunctionDef, cst.ClassDef, cst.Lambda, cst.Name, cst.SimpleString))
