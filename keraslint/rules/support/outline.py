"""The outline of a module: classes, their methods, and statements, with what they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import libcst as cst

from keraslint.syntax.walking import children, statements, walk

FUNCTIONS = (cst.FunctionDef, cst.Lambda)
BRANCHES = (cst.If, cst.IfExp, cst.Try, cst.With, cst.BooleanOperation)
_AROUND = frozenset((cst.ClassDef, *FUNCTIONS, *BRANCHES))


@dataclass(frozen=True, slots=True)
class Spot:
    """What a node is in.

    Attributes:
        function: the innermost function or method around it.
        owner: the class that this is a method of.
        branched: whether there is an ``if``, ``try``, ``with`` or the like between them.
    """

    function: cst.CSTNode | None = None
    owner: cst.ClassDef | None = None
    branched: bool = False


Around = tuple[cst.CSTNode, ...]
"""What a statement is in, the module first."""


class Outline:
    """What rules about the text of a module ask for.

    Statements are a small part of it, and most rules need no more.

    Attributes:
        module: the module.
        classes: all classes.
        expressions, assignments, imports: all expressions that are statements on their own, all
            assignments and all imports, with what they are in.
    """

    def __init__(self, module: cst.Module) -> None:
        self.module = module
        self.classes: list[cst.ClassDef] = []
        self.expressions: list[tuple[cst.Expr, Around]] = []
        self.assignments: list[tuple[cst.Assign, Around]] = []
        self.imports: list[tuple[cst.Import | cst.ImportFrom, Around]] = []
        for node, around in statements(module):
            if type(node) is cst.Expr:
                self.expressions.append((node, around))
            elif type(node) is cst.Assign:
                self.assignments.append((node, around))
            elif type(node) is cst.ClassDef:
                self.classes.append(node)
            elif type(node) is cst.Import or type(node) is cst.ImportFrom:
                self.imports.append((node, around))

    @cached_property
    def calls(self) -> list[tuple[cst.Call, Spot]]:
        """All calls, with what they are in."""
        return list(calls_in(self.module))

    @cached_property
    def names(self) -> Counter[str]:
        """How often each name occurs."""
        return Counter(node.value for node in walk(self.module) if type(node) is cst.Name)


@lru_cache(maxsize=1)
def outline(module: cst.Module) -> Outline:
    """The outline of a module."""
    return Outline(module)


def calls_in(whole: cst.CSTNode) -> Iterator[tuple[cst.Call, Spot]]:
    """All calls in a node, with what they are in there."""
    pending = [(whole, Spot())]
    while pending:
        node, spot = pending.pop()
        if type(node) is cst.Call:
            yield node, spot
        inner = _inside(node, spot) if type(node) in _AROUND else spot
        pending += [(child, inner) for child in children(node)][::-1]


def spot_in(around: Around) -> Spot:
    """What a statement is in, as far as rules ask for that."""
    spot = Spot()
    for node in around:
        if type(node) in _AROUND:
            spot = _inside(node, spot)
    return spot


def _inside(node: cst.CSTNode, spot: Spot) -> Spot:
    function, owner, branched = spot.function, spot.owner, spot.branched
    if type(node) is cst.ClassDef:
        function, owner, branched = None, node, False
    elif isinstance(node, FUNCTIONS):
        owner = owner if function is None else None
        function, branched = node, False
    return Spot(function, owner, branched or isinstance(node, BRANCHES))


def method(owner: cst.ClassDef, name: str) -> cst.FunctionDef | None:
    """The method that a class itself defines."""
    for statement in owner.body.body:
        if isinstance(statement, cst.FunctionDef) and statement.name.value == name:
            return statement
    return None
