"""Models of library functions as plain Python functions with the library's own signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from itertools import product
from typing import Any

from keraslint.interpreter.joining import alternatives, one_of
from keraslint.interpreter.libraries.array_shapes import Undefined
from keraslint.interpreter.libraries.registry import FUNCTIONS
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, OneOf, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN

MAX_ALTERNATIVES = 4
REQUIRED: Any = inspect.Parameter.empty
_REST = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Model:
    """A function on values whose parameters are those of the library's function.

    It is called once for each alternative of its arguments. A call that does not fit its signature
    gives an unknown value, and so does `Undefined`. Keywords that it does not name go into its
    ``**`` parameter.
    """

    def __init__(self, function: Callable[..., Value]) -> None:
        self.function = function
        self.read = False

    def _read_signature(self) -> None:
        """Look at the parameters; only when first called, for most models never are."""
        parameters = inspect.signature(self.function).parameters.values()
        kinds = {p.kind for p in parameters}
        self.names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        self.defaults = {p.name: p.default for p in parameters if p.kind not in _REST}
        self.takes_more = inspect.Parameter.VAR_POSITIONAL in kinds
        self.takes_any = inspect.Parameter.VAR_KEYWORD in kinds
        self.read = True

    def __call__(self, arguments: Arguments) -> Value:
        """The value for the arguments of one call."""
        if not self.read:
            self._read_signature()
        more = arguments.positional[len(self.names) :]
        if (more and not self.takes_more) or (self.takes_more and arguments.open):
            return UNKNOWN
        bound = self._bind(arguments)
        if bound is None:
            return UNKNOWN
        several = [name for name, value in bound.items() if isinstance(value, OneOf)]
        combinations = list(product(*(alternatives(bound[name]) for name in several)))
        if len(combinations) > MAX_ALTERNATIVES:
            return UNKNOWN
        chosen = [{**bound, **dict(zip(several, some, strict=True))} for some in combinations]
        return one_of([self._evaluate(values, more) for values in chosen])

    def _bind(self, arguments: Arguments) -> dict[str, Value] | None:
        bound = dict(zip(self.names, arguments.positional, strict=False))
        for name, value in arguments.keywords.items():
            if name in bound or (name not in self.defaults and not self.takes_any):
                return None
            bound[name] = value
        for name, default in self.defaults.items():
            if name not in bound:
                if default is REQUIRED and not arguments.open:
                    return None
                bound[name] = UNKNOWN if arguments.open else default
        return bound

    def _evaluate(self, values: dict[str, Value], more: list[Value]) -> Value:
        positional = [values.pop(name) for name in self.names]
        try:
            return self.function(*positional, *more, **values)
        except Undefined:
            return UNKNOWN


def library_functions(
    prefix: str, guard: Callable[..., Value] | None = None
) -> Callable[[str], Callable[[Callable[..., Value]], Callable[..., Value]]]:
    """A decorator that registers models of the functions below ``prefix``, such as ``numpy.``.

    Args:
        prefix: the path up to the names, which the decorator takes separated by spaces.
        guard: what to do instead where an argument is a symbolic tensor of a functional model.
    """

    def named(names: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        def register(function: Callable[..., Value]) -> Callable[..., Value]:
            model = Model(function)
            for name in names.split():
                FUNCTIONS[prefix + name] = _guarded(model, prefix + name, guard)
            return function

        return register

    return named


def _guarded(
    model: Model, path: str, guard: Callable[..., Value] | None
) -> Callable[[Frame, Arguments, Any], Value]:
    def run(frame: Frame, arguments: Arguments, node: Any) -> Value:
        if guard is not None and has_symbolic(arguments):
            return guard(frame, path, arguments, node)
        return model(arguments)

    return run


def has_symbolic(arguments: Arguments) -> bool:
    """Whether one of the arguments is, or holds, a symbolic tensor of a functional model."""
    return any(_symbolic(value) for value in (*arguments.positional, *arguments.keywords.values()))


def _symbolic(value: Value) -> bool:
    items = value.items if isinstance(value, Sequence_) else value
    if isinstance(items, (list, tuple)):
        return any(isinstance(item, Tensor) and item.flavour == "keras" for item in items)
    return isinstance(value, Tensor) and value.flavour == "keras"
