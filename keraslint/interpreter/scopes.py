"""Scopes hold names; a frame is one activation of a function, class body or module."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import Place
from keraslint.interpreter.heap import Mutable
from keraslint.interpreter.values import Class, Function, Value

if TYPE_CHECKING:
    from keraslint.interpreter.branches import Fork
    from keraslint.interpreter.machine import Machine
    from keraslint.interpreter.programs import ProgramModule

MISSING: Any = object()


class Scope(Mutable):
    """Names and their values, and the scope around. Functions do not see class bodies.

    ``home`` is the module of a module's scope.
    """

    def __init__(self, parent: Scope | None, kind: str = "function") -> None:
        super().__init__()
        self.parent = parent
        self.kind = kind
        self.names: dict[str, Value] = {}
        self.declared: dict[str, Scope] = {}
        self.home: ProgramModule | None = None

    def find(self, name: str) -> Value:
        """The value of ``name`` here or further out, `MISSING` if there is none."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            if (first or scope.kind != "class") and name in scope.names:
                return scope.names[name]
            first = False
            scope = scope.parent
        return MISSING

    @property
    def module(self) -> Scope:
        """The module's scope."""
        scope = self
        while scope.parent is not None and scope.kind != "module":
            scope = scope.parent
        return scope


@dataclass(slots=True, eq=False)
class Frame:
    """One activation.

    Attributes:
        machine: the interpreter.
        scope: where its names live.
        module: the module its code stands in.
        function: what is active, `None` for module and class bodies.
        receiver: the first argument of a method, for ``super()``.
        returned: what ``return`` gave so far.
        yielded: what ``yield`` gave so far, for generators.
        iteration: the loop iterations it is in, outermost first.
        parent: the caller.
        call: the place of the call that led here.
        branching: how many branches of unknown outcome it was entered in.
        forks: the ways out of it that were set aside, see `branches`.
    """

    machine: Machine
    scope: Scope
    module: ProgramModule
    function: Function | None = None
    receiver: Value = None
    owner: Class | None = None
    returned: list[Value] = field(default_factory=list)
    yielded: list[Value] = field(default_factory=list)
    yields_open: bool = False
    iteration: tuple[int, ...] = ()
    parent: Frame | None = None
    call: Place | None = None
    depth: int = 0
    branching: int = 0
    qualname: str = ""
    forks: list[Fork] = field(default_factory=list)

    def place(self, node: cst.CSTNode) -> Place:
        """Where ``node`` stands."""
        module = self.module
        module.wanted[id(node)] = node
        if type(node) is cst.Tuple and node.lpar:
            for edge in (node.lpar[-1], node.rpar[0]):
                module.wanted[id(edge)] = edge
        return Place(module, node)

    def assign(self, name: str, value: Value) -> None:
        """Bind ``name`` as an assignment in this scope does."""
        scope = self.scope.declared.get(name, self.scope)
        if scope.names.get(name, MISSING) is not value:
            self.machine.heap.touch(scope)
            scope.names[name] = value

    def child(self, kind: str) -> Frame:
        """A frame for a comprehension or class body inside this one."""
        frame = Frame(
            self.machine, Scope(self.scope, kind), self.module, self.function, self.receiver
        )
        frame.owner = self.owner
        frame.returned = self.returned
        frame.yielded = self.yielded
        frame.iteration = self.iteration
        frame.parent = self.parent
        frame.call = self.call
        frame.depth = self.depth
        frame.qualname = self.qualname
        return frame
