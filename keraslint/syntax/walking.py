"""The nodes inside a node, without what is only layout."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache

import libcst as cst

_LAYOUT = (cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine, cst.Comment)
_LAYOUT_FIELDS = ("whitespace", "lpar", "rpar", "leading_lines", "lines_after", "semicolon")


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly inside; faster than libcst's own property, which visits the layout."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            if not isinstance(value, _LAYOUT):
                yield value
        elif isinstance(value, (tuple, list)):
            for item in value:
                if isinstance(item, cst.CSTNode) and not isinstance(item, _LAYOUT):
                    yield item


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack += reversed([*children(current)])


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    names = [field.name for field in dataclasses.fields(kind)]
    return tuple(name for name in names if not any(part in name for part in _LAYOUT_FIELDS))
