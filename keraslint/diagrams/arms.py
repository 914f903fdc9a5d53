"""A long chain with skips that lie within each other is a U: each stretch of it is a level."""

from __future__ import annotations

from collections.abc import Sequence

from keraslint.diagrams.files import bend
from keraslint.diagrams.groups import Group, Part, members
from keraslint.diagrams.network import Node


def levelled(root: Group, nodes: Sequence[Node]) -> Group:
    """The group with one part for each stretch between the ends of skips, if it is a U."""
    parts = root.children
    edges = _edges(parts, nodes)
    chained = all((i, i + 1) in edges for i in range(len(parts) - 1))
    shape = bend(len(parts), sorted(edges)) if chained else None
    if shape is None:
        return root
    starts = {left + 1 for left, _ in shape.skips} | {right for _, right in shape.skips}
    levels: list[list[Part]] = [[]]
    for place, part in enumerate(parts):
        alone = isinstance(part, Node) and (part.is_input or part.failure is not None)
        if levels[-1] and (place in starts or alone):
            levels.append([])
        levels[-1].append(part)
        if alone:
            levels.append([])
    return Group(root.label, [_level(parts) for parts in levels if parts], root.members)


def _edges(parts: Sequence[Part], nodes: Sequence[Node]) -> set[tuple[int, int]]:
    owner = {index: place for place, part in enumerate(parts) for index in members(part)}
    return {
        (owner[source], place)
        for index, place in owner.items()
        for source in nodes[index].sources
        if source in owner and owner[source] != place
    }


def _level(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    return Group("", parts, frozenset[int]().union(*map(members, parts)))
