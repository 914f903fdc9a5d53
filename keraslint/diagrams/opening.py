"""Which groups are opened: as many levels as fit, or as many as are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from keraslint.diagrams.arms import levelled
from keraslint.diagrams.branches import merged
from keraslint.diagrams.bundles import ENOUGH
from keraslint.diagrams.grouping import tree
from keraslint.diagrams.groups import Group, Part
from keraslint.diagrams.network import Node, network
from keraslint.diagrams.repeats import Folder
from keraslint.diagrams.runs import gathered

ALL = 20
"""So many cards may be everything there is."""
HARDLY_ANY, FEW, MOST = 4, 10, 14
"""So few cards are too few if there is more to see, and more than so many are too many."""
DEEPEST = 12


def arranged(nodes: Sequence[Node], collapse: int | Literal["auto", "none"]) -> Group:
    """The nodes in groups with their repeats folded, or side by side."""
    if collapse == "none":
        return Group("", list(nodes), frozenset(node.index for node in nodes))
    folder = Folder(nodes)
    plain = folder.fold(tree(nodes))
    if collapse != "auto" or count(plain, DEEPEST) <= ALL:
        return plain
    short = gathered(merged(levelled(plain, nodes), nodes, folder), nodes)
    shown, instead = (count(root, levels(root, collapse)) for root in (plain, short))
    return short if shown > ENOUGH or shown < instead <= MOST else plain


def levels(root: Group, collapse: int | Literal["auto", "none"]) -> int:
    """How many levels of groups to open: all if that is not too much, otherwise until it is enough.

    Args:
        root: the parts of a model.
        collapse: what was asked for.
    """
    if collapse == "none":
        return DEEPEST
    if collapse != "auto":
        return collapse
    depth, cards = 1, count(root, 1)
    if cards < FEW and count(root, DEEPEST) <= ALL:
        return DEEPEST
    while depth < DEEPEST and cards < FEW:
        more = count(root, depth + 1)
        if not cards < more <= (MOST if cards > HARDLY_ANY else ALL):
            break
        depth, cards = depth + 1, more
    return depth


def count(part: Part, depth: int) -> int:
    """How many cards there are if that many levels are opened."""
    if depth <= 0 or (isinstance(part, Group) and part.run):
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
