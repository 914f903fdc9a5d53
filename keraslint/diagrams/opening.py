"""Which groups are opened: as many levels as fit, or as many as are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from keraslint.diagrams.grouping import Group, Part, tree
from keraslint.diagrams.network import Node, network
from keraslint.diagrams.repeats import Folder

MOST_CARDS = 20
DEEPEST = 12


def arranged(nodes: Sequence[Node], collapse: int | Literal["auto", "none"]) -> Group:
    """The nodes in groups with their repeats folded, or side by side."""
    if collapse == "none":
        return Group("", list(nodes), frozenset(node.index for node in nodes))
    return Folder(nodes).fold(tree(nodes))


def levels(root: Group, collapse: int | Literal["auto", "none"]) -> int:
    """How many levels of groups to open."""
    if collapse == "none":
        return DEEPEST
    if collapse != "auto":
        return collapse
    depth = 1
    while depth < DEEPEST and count(root, depth) < count(root, depth + 1) <= MOST_CARDS:
        depth += 1
    return depth


def count(part: Part, depth: int) -> int:
    """How many cards there are if that many levels are opened."""
    if depth <= 0:
        return 1
    if isinstance(part, Group):
        return sum(count(child, depth - 1) for child in part.children)
    if not part.row.rows:
        return 1
    return sum(count(child, depth - 1) for child in inside(part).children)


def inside(node: Node) -> Group:
    """The parts of a nested model."""
    inner = network(node.row.rows, node.row.inputs)
    return arranged(inner, "auto")
