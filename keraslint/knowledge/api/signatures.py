"""Parameters of a callable and how the arguments of a call meet them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    import ast

ParameterKind = Literal["positional_only", "positional_or_keyword", "keyword_only"]
Argument = TypeVar("Argument")


@dataclass(frozen=True, slots=True)
class Default:
    """A default that is an expression rather than a constant.

    Attributes:
        text: The expression as it stands in the source.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One named parameter.

    Attributes:
        name: Its name.
        kind: How it may be given.
        default: A Python constant or a `Default`; `None` if it is required.
        required: Whether it has no default.
    """

    name: str
    kind: ParameterKind
    default: object = None
    required: bool = True


@dataclass(frozen=True)
class Binding(Generic[Argument]):
    """What the arguments of a call mean.

    Attributes:
        arguments: The given arguments by parameter name; defaults are not filled in.
        extra_positional: Positional arguments beyond the parameters.
        extra_keywords: Keyword arguments that no parameter has the name of.
        missing: Required parameters that nothing was given for.
        duplicates: Parameters that were given by position and by keyword.
        swallows_positional: The callable has `*args`, which takes `extra_positional`.
        swallows_keywords: The callable has `**kwargs`, which takes `extra_keywords`.
    """

    arguments: Mapping[str, Argument]
    extra_positional: tuple[Argument, ...] = ()
    extra_keywords: Mapping[str, Argument] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    swallows_positional: bool = False
    swallows_keywords: bool = False

    @property
    def refused_positional(self) -> tuple[Argument, ...]:
        """Positional arguments that make Python raise `TypeError`."""
        return () if self.swallows_positional else self.extra_positional

    @property
    def refused_keywords(self) -> Mapping[str, Argument]:
        """Keyword arguments that make Python raise `TypeError`."""
        return {} if self.swallows_keywords else self.extra_keywords

    @property
    def is_valid(self) -> bool:
        """Whether Python accepts the call."""
        refused = self.refused_positional or self.refused_keywords
        return not (refused or self.missing or self.duplicates)


@dataclass(frozen=True)
class Signature:
    """The parameters of a callable, `self` left out.

    Attributes:
        parameters: The named parameters in order.
        varargs: The name of `*args`, if there is one.
        kwargs: The name of `**kwargs`, if there is one.
    """

    parameters: tuple[Parameter, ...]
    varargs: str | None = None
    kwargs: str | None = None

    @classmethod
    def parse(cls, text: str) -> Signature:
        """Read a signature such as `(filters, strides=1, *, seed=None, **kwargs)`."""
        return _parse(text)

    @property
    def accepts_varargs(self) -> bool:
        """Whether any number of positional arguments fits."""
        return self.varargs is not None

    @property
    def accepts_kwargs(self) -> bool:
        """Whether any keyword argument fits."""
        return self.kwargs is not None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return tuple(p.name for p in self.parameters)

    @cached_property
    def by_keyword(self) -> frozenset[str]:
        """The names of the parameters that may be given by name."""
        return frozenset(p.name for p in self.parameters if p.kind != "positional_only")

    @cached_property
    def _required(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.parameters if p.required)

    @cached_property
    def positional(self) -> tuple[Parameter, ...]:
        """The parameters that may be given by position."""
        return tuple(p for p in self.parameters if p.kind != "keyword_only")

    def get(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)

    def bind(
        self,
        positional: Sequence[Argument],
        keywords: Mapping[str, Argument],
        *,
        open_positional: bool = False,
        open_keywords: bool = False,
    ) -> Binding[Argument]:
        """Distribute the arguments of a call over the parameters.

        Args:
            positional: The positional arguments, up to the first `*` of unknown length.
            keywords: The keyword arguments.
            open_positional: A `*` of unknown length follows `positional`.
            open_keywords: A `**` of unknown content is among the keywords.

        Returns:
            The binding. What an unknown `*` or `**` may have given is not reported missing.
        """
        places = self.positional
        arguments = {p.name: value for p, value in zip(places, positional, strict=False)}
        by_keyword = self.by_keyword
        known = {name: value for name, value in keywords.items() if name in by_keyword}
        duplicates = tuple(name for name in known if name in arguments)
        arguments |= {name: value for name, value in known.items() if name not in arguments}
        return Binding(
            arguments,
            tuple(positional[len(places) :]),
            {name: value for name, value in keywords.items() if name not in by_keyword},
            tuple(
                p.name
                for p in self._required
                if p.name not in arguments
                and not (open_positional and p.kind != "keyword_only")
                and not (open_keywords and p.kind != "positional_only")
            ),
            duplicates,
            self.accepts_varargs,
            self.accepts_kwargs,
        )


@cache
def _parse(text: str) -> Signature:
    import ast

    definition = ast.parse(f"def f{text}: ...").body[0]
    assert isinstance(definition, ast.FunctionDef)
    given = definition.args
    plain = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults))
    parameters = [
        _parameter(
            argument.arg,
            "positional_only" if place < len(given.posonlyargs) else "positional_or_keyword",
            default,
        )
        for place, (argument, default) in enumerate(
            zip(plain, [*defaults, *given.defaults], strict=True)
        )
    ]
    parameters += [
        _parameter(argument.arg, "keyword_only", default)
        for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    return Signature(
        tuple(parameters),
        given.vararg.arg if given.vararg else None,
        given.kwarg.arg if given.kwarg else None,
    )


def _parameter(name: str, kind: ParameterKind, default: ast.expr | None) -> Parameter:
    import ast

    if default is None:
        return Parameter(name, kind)
    try:
        value = ast.literal_eval(default)
    except ValueError:
        value = Default(ast.unparse(default))
    return Parameter(name, kind, value, required=False)
