"""Parts of a model: single layers, and groups that are drawn as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from keraslint.diagrams.network import Node


@dataclass(slots=True, eq=False)
class Group:
    """Parts of a model that are drawn as one unless the group is opened.

    Attributes:
        label: what it is called; empty if nothing names it.
        children: its parts, in the order of the flow.
        members: the indices of its nodes, of all repeats.
        count: how many times it is repeated; the children are those of the first time.
        copies: for the nodes of the other times, the node of the first time that is like it.
        run: whether it is but a row of single layers, which stays closed.
    """

    label: str
    children: list[Part]
    members: frozenset[int]
    count: int = 1
    copies: dict[int, int] = field(default_factory=dict)
    run: bool = False


Part: TypeAlias = "Group | Node"


def members(part: Part) -> frozenset[int]:
    """The indices of the nodes of a part."""
    return part.members if isinstance(part, Group) else frozenset((part.index,))


def automatic(name: str, class_name: str) -> bool:
    """Whether Keras made the name up: the class in lower case, and a number."""
    plain = re.sub(r"(_\d+)$", "", name).replace("_", "")
    return plain == class_name.lower()


def tokens(name: str) -> list[str]:
    """The words of a layer's name: ``conv2_block1_add`` has three."""
    return re.split(r"[_/]", name)


def named(part: Part, nodes: Sequence[Node]) -> str:
    """What a part is called: by the names of its layers, or by the code that makes it.

    Empty if it has no name.
    """
    if isinstance(part, Node):
        return ""
    own = sorted(part.members - set(part.copies))
    shared = _shared(own, nodes)
    if part.label and (part.count > 1 or not any(char.isdigit() for char in shared)):
        return part.label
    return shared or meeting(nodes[own[-1]])


def _shared(indices: Sequence[int], nodes: Sequence[Node]) -> str:
    """What the names of some layers have in common, if most of them were given."""
    rows = [nodes[index].row for index in indices if not nodes[index].row.is_operation]
    names = [tokens(row.name) for row in rows if not automatic(row.name, row.class_name)]
    if len(names) < 2 or 2 * len(names) < len(rows):
        return ""
    same = 0
    while all(len(name) > same and name[same] == names[0][same] for name in names):
        same += 1
    return " ".join(names[0][:same])


def meeting(last: Part) -> str:
    """The name of a layer if it was given one and branches meet in it."""
    if isinstance(last, Group):
        return ""
    row = last.row
    given = not row.is_operation and not automatic(row.name, row.class_name)
    return row.name if given and len(last.sources) > 1 else ""
