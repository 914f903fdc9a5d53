"""The nodes inside a node, without what is only layout."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Any

import libcst as cst

_LAYOUT = (cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine, cst.Comment)
_LAYOUT_FIELDS = ("whitespace", "lpar", "rpar", "leading_lines", "lines_after", "semicolon")
_COMPOUND = (cst.Module, cst.BaseCompoundStatement, cst.BaseSuite, cst.Else, cst.Finally)
_CLAUSES = (cst.ExceptHandler, cst.ExceptStarHandler, cst.MatchCase)


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly inside; faster than libcst's own property, which visits the layout."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        kind = type(value)
        if _CODE[kind]:
            yield value
        elif kind is tuple or kind is list:
            for item in value:
                if _CODE[type(item)]:
                    yield item


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack += [*children(current)][::-1]


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
            held = [child for child in children(current) if _STATEMENT[type(child)]]
            stack += [(child, inner) for child in reversed(held)]


class _Kinds(dict[type, bool]):
    """Whether a type is one of some classes; asked of them once only, for they are slow to ask."""

    def __init__(self, classes: tuple[type, ...], but: tuple[type, ...] = ()) -> None:
        super().__init__()
        self._classes = classes
        self._but = but

    def __missing__(self, kind: type) -> bool:
        found = issubclass(kind, self._classes) and not issubclass(kind, self._but)
        self[kind] = found
        return found


_CODE = _Kinds((cst.CSTNode,), _LAYOUT)
_HOLDS = _Kinds((*_COMPOUND, *_CLAUSES, cst.SimpleStatementLine))
_STATEMENT = _Kinds((*_COMPOUND, *_CLAUSES, cst.SimpleStatementLine, cst.BaseSmallStatement))


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    """The names of the fields that may hold code."""
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if field.type not in {str, bool, "str", "bool"}
        and not any(part in field.name for part in _LAYOUT_FIELDS)
    )
