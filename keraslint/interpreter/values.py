"""What an expression can be worth.

Python's own immutable constants stand for themselves (numbers, strings, bytes, ``None``, tuples,
ranges, slices). `tensors.Expr` is an integer known as an expression only, `tensors.Named` anything
with a name, and `UNKNOWN` anything at all. The rest is below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from keraslint.interpreter.heap import Mutable, State
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from keraslint.analysis import Place
    from keraslint.interpreter.operations import Node
    from keraslint.interpreter.programs import ProgramModule
    from keraslint.interpreter.scopes import Frame, Scope

Value: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few values, it is not known which."""

    alternatives: tuple[Value, ...]
    LIMIT = 4


class Sequence_(Mutable):
    """A list, set or deque.

    ``open``: it is not known which items there are. ``items`` then holds one value that covers them
    all, or nothing if nothing is known of them.
    """

    kind = "list"

    def __init__(self, items: list[Value] | None = None, *, open: bool = False) -> None:
        super().__init__()
        self.items: list[Value] = items if items is not None else []
        self.open = open

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """Lists of different length become open."""
        merged = super().merge(states, join)
        lengths = {len(state["items"]) for state in states}
        if len(lengths) > 1 or any(state["open"] for state in states):
            blank = any(state["open"] and not state["items"] for state in states)
            everything = [] if blank else [item for state in states for item in state["items"]]
            merged["open"], merged["items"] = True, _cover(everything, join)
        return merged


def _cover(items: list[Value], join: Callable[[Any, Any], Any]) -> list[Value]:
    if not items:
        return []
    element = items[0]
    for item in items[1:]:
        element = join(element, item)
    return [] if isinstance(element, Unknown) else [element]


class List(Sequence_):
    """A Python list."""


class Set(Sequence_):
    """A Python set; items in insertion order, constants not repeated."""

    kind = "set"


class Dict(Mutable):
    """A Python dict with constant keys.

    ``open``: there may be other keys or values. ``optional``: keys that may be missing.
    """

    def __init__(self, items: dict[Any, Value] | None = None, *, open: bool = False) -> None:
        super().__init__()
        self.items: dict[Any, Value] = items if items is not None else {}
        self.open = open
        self.optional: set[Any] = set()
        self.factory: Value = None

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """Dicts with different keys become open."""
        merged = super().merge(states, join)
        keys = [frozenset(state["items"]) for state in states]
        missing = frozenset.union(*keys) - frozenset.intersection(*keys)
        merged["optional"] = merged["optional"] | missing
        merged["open"] = bool(missing) or any(state["open"] for state in states)
        return merged


class Iterator_(Mutable):
    """An iterator over known items; ``open`` as in `List`."""

    def __init__(self, items: list[Value], *, open: bool = False) -> None:
        super().__init__()
        self.items = items
        self.open = open
        self.position = 0

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """At different positions: what comes next is not known."""
        merged = super().merge(states, join)
        merged["open"] = any(state["open"] for state in states)
        if len({state["position"] for state in states}) > 1:
            merged["open"], merged["position"] = True, 0
        if len({len(state["items"]) for state in states}) > 1:
            merged["items"] = []
        return merged


@dataclass(frozen=True, slots=True)
class External:
    """A name of a library: ``keras.layers.Conv1D``, ``numpy.zeros``, ``torch``.

    ``path`` is canonical (``tf.keras`` is ``keras``); ``root`` is the package it was imported from.
    """

    path: str
    root: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The last part."""
        return self.path.rpartition(".")[2]

    def member(self, name: str) -> External:
        """An attribute of it."""
        return External(f"{self.path}.{name}", self.root)


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function of Python's own that is modelled, bound to ``self`` if it is a method."""

    name: str
    implementation: Callable[[Frame, Arguments], Value]


class Function(Mutable):
    """A function or lambda with its closure.

    ``disguised`` if a decorator that is not known may have made something else of it: it is
    followed where it is called, and nothing is concluded from its being a function.
    """

    def __init__(
        self,
        node: cst.FunctionDef | cst.Lambda,
        scope: Scope,
        defaults: dict[str, Value],
        qualname: str,
    ) -> None:
        super().__init__()
        self.node = node
        self.scope = scope
        self.defaults = defaults
        self.qualname = qualname
        self.owner: Class | None = None
        self.is_generator: bool | None = None
        self.disguised = False
        self.attributes: dict[str, Value] = {}

    @property
    def name(self) -> str:
        """The name without its path."""
        return self.qualname.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class BoundMethod:
    """A function that gets ``receiver`` as its first argument."""

    receiver: Value
    function: Value


def is_disguised(value: Value) -> bool:
    """Whether a function or method may be something else, see `Function`."""
    function = value.function if isinstance(value, BoundMethod) else value
    return isinstance(function, Function) and function.disguised


@dataclass(frozen=True, slots=True)
class Partial:
    """``functools.partial``."""

    function: Value
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Property:
    """A property, or another descriptor that calls its getter."""

    getter: Value
    cached: bool = False
    setter: Value = None


@dataclass(frozen=True, slots=True)
class StaticMethod:
    """``staticmethod(function)``."""

    function: Value


@dataclass(frozen=True, slots=True)
class ClassMethod:
    """``classmethod(function)``."""

    function: Value


class Class(Mutable):
    """A class of the program."""

    def __init__(
        self, node: cst.ClassDef, qualname: str, bases: tuple[Value, ...], dotted: str
    ) -> None:
        super().__init__()
        self.node = node
        self.qualname = qualname
        self.dotted = dotted
        self.bases = bases
        self.attributes: dict[str, Value] = {}
        self.mro: tuple[Value, ...] = (self,)
        self.fields: list[tuple[str, Value]] | None = None
        self.reached = False
        self.scope: Scope | None = None

    @property
    def name(self) -> str:
        """The name without its path."""
        return self.qualname.rpartition(".")[2]


class Instance(Mutable):
    """An instance of a class of the program.

    Attributes:
        maybe: the attributes that it may also lack.
        keras: its layer side, if it has one.
        content: its items, if its class is a kind of ``dict`` or ``list``.
    """

    def __init__(self, cls: Class) -> None:
        super().__init__()
        self.cls = cls
        self.attributes: dict[str, Value] = {}
        self.maybe: frozenset[str] = frozenset()
        self.open = False
        self.keras: Any = None
        self.content: Dict | List | None = None

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """Attributes that it has in some states only may be there or not."""
        merged = super().merge(states, join)
        present = [frozenset(state["attributes"]) - state["maybe"] for state in states]
        merged["maybe"] = frozenset(merged["attributes"]) - frozenset.intersection(*present)
        merged["open"] = any(state["open"] for state in states)
        return merged


@dataclass(frozen=True, slots=True)
class Super:
    """``super()`` in a method of ``owner``."""

    owner: Class
    receiver: Value


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the program (first party); its code may not have been run yet."""

    name: str
    module: ProgramModule


@dataclass(frozen=True, slots=True)
class Imported:
    """A name imported from a module of the program: looked up there whenever it is used.

    So modules whose names nobody uses are never read.
    """

    path: str
    name: str


class Tensor:
    """An array or tensor: what is known of it, and what made it.

    Attributes:
        spec: shape and dtype.
        flavour: ``keras`` for symbolic tensors of a functional model, ``traced`` inside a layer's
            ``call`` and for TensorFlow's tensors, ``numpy`` for arrays.
        node: the operation that gave it, `None` for data and where that is not known.
        index: which of the node's outputs it is.
        place: where it was made.
        facts: what else is known of the values (``classes``: number of distinct labels, …).
        mask: the symbolic tensor that tells which of its steps mean something, if it has one.
    """

    __slots__ = ("facts", "flavour", "index", "mask", "name", "node", "place", "spec")

    def __init__(
        self,
        spec: TensorSpec,
        flavour: str = "traced",
        *,
        node: Node | None = None,
        index: int = 0,
        place: Place | None = None,
        facts: dict[str, Value] | None = None,
        name: str | None = None,
    ) -> None:
        self.spec = spec
        self.flavour = flavour
        self.node = node
        self.index = index
        self.place = place
        self.facts = facts or {}
        self.name = name
        self.mask: Tensor | None = None

    @property
    def is_constant(self) -> bool:
        """Whether it stands outside of every graph of symbolic tensors."""
        return self.flavour != "keras"


class Opaque(Mutable):
    """An object of a library, some attributes of which are known (a dataset, a history)."""

    def __init__(self, path: str, attributes: dict[str, Value] | None = None) -> None:
        super().__init__()
        self.path = path
        self.attributes: dict[str, Value] = attributes or {}
        self.place: Place | None = None


@dataclass(slots=True)
class Arguments:
    """The arguments of one call.

    Attributes:
        positional, keywords: evaluated values.
        open: there may be more than these (``*unknown``, ``**unknown``).
        nodes: the syntax of each argument: index or keyword → ``cst.Arg``.
        more: what ``*args`` and ``**kwargs`` of the function collect is not known.
    """

    positional: list[Value] = field(default_factory=list)
    keywords: dict[str, Value] = field(default_factory=dict)
    open: bool = False
    nodes: dict[int | str, cst.Arg] = field(default_factory=dict)
    more: bool = False

    def get(self, index: int, name: str, default: Value = None) -> Value:
        """The argument at ``index`` or called ``name``; `UNKNOWN` if it may be among the rest."""
        if index < len(self.positional):
            return self.positional[index]
        if name in self.keywords:
            return self.keywords[name]
        return UNKNOWN if self.open else default

    def prepend(self, *values: Value) -> Arguments:
        """The same call with further positional arguments in front."""
        n = len(values)
        nodes = {(k + n if isinstance(k, int) else k): arg for k, arg in self.nodes.items()}
        return Arguments([*values, *self.positional], self.keywords, self.open, nodes, self.more)


CONSTANTS = (int, float, complex, str, bytes, type(None), type(...))


def is_constant(value: Value) -> bool:
    """Whether a value is a plain Python constant."""
    return isinstance(value, CONSTANTS)


def is_unknown(value: Value) -> bool:
    """Whether nothing at all is known."""
    return isinstance(value, Unknown)
