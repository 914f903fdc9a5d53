"""The outline of a module: classes, their methods, and statements, with what they are in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import libcst as cst

from keraslint.syntax.walking import children

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


@dataclass(slots=True)
class Outline:
    """What rules about the text of a module ask for.

    Attributes:
        classes: all classes.
        calls, expressions, assignments: all calls, expressions that are statements on their own,
            and assignments, with what they are in.
        names: how often each name occurs.
    """

    classes: list[cst.ClassDef] = field(default_factory=list)
    calls: list[tuple[cst.Call, Spot]] = field(default_factory=list)
    expressions: list[tuple[cst.Expr, Spot]] = field(default_factory=list)
    assignments: list[tuple[cst.Assign, Spot]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def note(self, node: Any, spot: Spot) -> None:
        """Sort a node in."""
        kind = type(node)
        if kind is cst.Name:
            self.names[node.value] += 1
        elif kind is cst.Call:
            self.calls.append((node, spot))
        elif kind is cst.Expr:
            self.expressions.append((node, spot))
        elif kind is cst.Assign:
            self.assignments.append((node, spot))
        elif kind is cst.ClassDef:
            self.classes.append(node)


@lru_cache(maxsize=1)
def outline(module: cst.Module) -> Outline:
    """The outline of a module."""
    found = Outline()
    pending: list[tuple[cst.CSTNode, Spot]] = [(module, Spot())]
    while pending:
        node, spot = pending.pop()
        found.note(node, spot)
        inner = _inside(node, spot) if type(node) in _AROUND else spot
        pending += [(child, inner) for child in children(node)][::-1]
    return found


def _inside(node: cst.CSTNode, spot: Spot) -> Spot:
    function, owner, branched = spot.function, spot.owner, spot.branched
    if isinstance(node, cst.ClassDef):
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
