"""The nodes inside a node, without what is only layout or punctuation."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import libcst as cst

_LAYOUT_FIELDS = ("whitespace", "leading_lines", "lines_after", "header", "footer", "indent")
_MARKS = ("lpar", "rpar", "bracket", "brace", "comma", "colon", "dot", "equal", "semicolon")
_COMPOUND = (cst.Module, cst.BaseCompoundStatement, cst.BaseSuite, cst.Else, cst.Finally)
_CLAUSES = (cst.ExceptHandler, cst.ExceptStarHandler, cst.MatchCase)


class _Kinds(dict[type, bool]):
    """Whether a type is one of some classes; asked of them once only, for they are slow to ask."""

    def __init__(self, *classes: type) -> None:
        super().__init__()
        self._classes = classes

    def __missing__(self, kind: type) -> bool:
        found = self[kind] = issubclass(kind, self._classes)
        return found


_CODE = _Kinds(cst.CSTNode)


class _Fields(dict[type, tuple[str, ...]]):
    """The names of the fields that may hold code, for each type of node; or some of them."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, kind: type[Any]) -> tuple[str, ...]:
        found = self[kind] = tuple(
            field.name
            for field in dataclasses.fields(kind)
            if field.type not in {str, bool, "str", "bool"}
            and not any(part in field.name for part in (*_LAYOUT_FIELDS, *_MARKS))
            and (field.name in self._names or not self._names)
        )
        return found


_FIELDS = _Fields()
_BODIES = _Fields("body", "orelse", "handlers", "finalbody", "cases")


def children(node: cst.CSTNode, fields: _Fields = _FIELDS) -> list[cst.CSTNode]:
    """The nodes directly inside; faster than libcst's own property, which visits the layout."""
    found: list[cst.CSTNode] = []
    for name in fields[type(node)]:
        value = getattr(node, name)
        if value is not None:
            kind = type(value)
            if kind is tuple or kind is list:
                found += value
            elif _CODE[kind]:
                found.append(value)
    return found


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack += children(current)[::-1]


def statements(module: cst.Module) -> Iterator[tuple[cst.CSTNode, tuple[cst.CSTNode, ...]]]:
    """The statements of a module, in the order of the text, each with what it is in.

    That is a small part of all nodes: what is inside of expressions is left out.
    """
    stack: list[tuple[cst.CSTNode, tuple[cst.CSTNode, ...]]] = [(module, ())]
    while stack:
        current, around = stack.pop()
        yield current, around
        if _HOLDS[type(current)]:
            inner = (*around, current)
            held = [child for child in children(current, _BODIES) if _STATEMENT[type(child)]]
            stack += [(child, inner) for child in reversed(held)]


_HOLDS = _Kinds(*_COMPOUND, *_CLAUSES, cst.SimpleStatementLine)
_STATEMENT = _Kinds(*_COMPOUND, *_CLAUSES, cst.SimpleStatementLine, cst.BaseSmallStatement)
