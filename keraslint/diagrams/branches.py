"""Many branches that are alike and meet in one layer become one part with a count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from keraslint.diagrams.groups import Group, Part, members
from keraslint.diagrams.network import Node
from keraslint.diagrams.repeats import Folder, leaves

FIT = 5
"""So many branches fit beside each other."""


def merged(root: Group, nodes: Sequence[Node], folder: Folder) -> Group:
    """The group with each set of branches that are alike as one part, if there are many."""
    level = _Level(root.children, nodes)
    group_of: dict[Part, Group] = {}
    for part in root.children:
        if len(level.before[part]) <= FIT:
            continue
        kinds: dict[tuple[int, ...], list[list[Part]]] = {}
        for branch in map(level.branch, level.before[part]):
            if branch:
                kinds.setdefault(tuple(map(folder.likeness, branch)), []).append(branch)
        for same in kinds.values():
            if len(same) > FIT:
                group_of.update(dict.fromkeys(chain.from_iterable(same), _merged(same)))
    parts = dict.fromkeys(group_of.get(part, part) for part in root.children)
    return Group(root.label, list(parts), root.members)


class _Level:
    """What feeds what among some parts."""

    def __init__(self, parts: Sequence[Part], nodes: Sequence[Node]) -> None:
        owner = {index: part for part in parts for index in members(part)}
        self.before: dict[Part, dict[Part, None]] = {part: {} for part in parts}
        self.uses: dict[Part, set[int]] = {part: set() for part in parts}
        self.shared: set[Part] = set()
        for index, part in owner.items():
            node = nodes[index]
            if node.again or node.failure:
                self.shared.add(part)
            self.uses[part] |= set(node.uses) - members(part)
            for source in node.sources:
                if source in owner and owner[source] is not part:
                    self.before[part][owner[source]] = None

    def branch(self, end: Part) -> list[Part]:
        """The parts that lead to a part and to nothing else, from the top."""
        branch: list[Part] = []
        at: Part | None = end
        while at is not None and len(self.uses[at]) == 1 and at not in self.shared:
            branch.append(at)
            at = next(iter(self.before[at])) if len(self.before[at]) == 1 else None
        return branch[::-1]


def _merged(branches: list[list[Part]]) -> Group:
    first, *others = branches
    originals = leaves(first)
    copies: dict[int, int] = {}
    for branch in others:
        copies.update(zip(leaves(branch), originals, strict=True))
    whole = frozenset(originals) | frozenset(copies)
    return Group("", list(first), whole, len(branches), copies, run=True)
