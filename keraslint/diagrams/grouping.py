"""Layers that belong together: made by the same call of a helper, in the same turn of a loop.

Where the code says nothing of that kind, the names of the layers do (``conv2_block1_1_conv``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TypeAlias

from keraslint.diagrams.bundles import bundled, narrow_places
from keraslint.diagrams.groups import Group, Part, members
from keraslint.diagrams.names import Words, name_paths
from keraslint.diagrams.network import Node

Key: TypeAlias = "tuple[Hashable, str]"
MOST_PARTS = 24
"""More parts than this beside each other are grouped by what they lead to."""
LEAST_INPUTS_OF_HUB, LEAST_HUBS = 3, 2
NEARLY_ALL = 0.75
"""The share of the layers that makes a group too large to be a part like others."""


def tree(nodes: Sequence[Node]) -> Group:
    """The nodes in groups within groups."""
    named = name_paths(nodes)
    paths = {node.index: tuple(_path(node, named[node.index])) for node in nodes}
    reach = Reach(nodes)
    children = _children(list(nodes), nodes, paths, 0, reach)
    while (main := _main_group(children)) is not None:
        at = children.index(main)
        children = [*children[:at], *main.children, *children[at + 1 :]]
    return Group("", children, frozenset(paths))


def _main_group(parts: Sequence[Part]) -> Group | None:
    """The group that holds nearly all layers, if there is one."""
    layers = [part for part in parts if not (isinstance(part, Node) and part.is_input)]
    total = sum(len(members(part)) for part in layers)
    for part in layers:
        if isinstance(part, Group) and len(part.members) >= NEARLY_ALL * total:
            return part
    return None


class Reach:
    """What leads where, as sets of bits."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.before = [0] * len(nodes)
        self.behind = [0] * len(nodes)
        for node in nodes:
            for source in node.sources:
                self.before[node.index] |= self.before[source] | 1 << source
        for node in reversed(nodes):
            for use in node.uses:
                self.behind[node.index] |= self.behind[use] | 1 << use

    def convex(self, group: int, node: int) -> bool:
        """Whether no way from the group to a further node leaves the group."""
        between = self.before[node] & ~group
        while between:
            lowest = between & -between
            if self.before[lowest.bit_length() - 1] & group:
                return False
            between ^= lowest
        return True


def _path(node: Node, named: Words) -> Iterator[Key]:
    """What leads to a layer: helper calls, turns of loops, words of names."""
    if node.is_input:
        return
    for frame in node.row.provenance:
        if frame.function:
            yield ("call", frame.function, frame.place), _called(frame.function)
        for turn in frame.iteration:
            yield ("turn", turn), ""
    for i, word in enumerate(named):
        yield ("name", word), " ".join(named[: i + 1]).rstrip()


def _called(function: str) -> str:
    """What a function is called: one that another one made, like its maker."""
    name = function.partition(".<locals>")[0].lstrip("_")
    return "" if name == "<lambda>" else name or function


def _children(
    nodes: list[Node],
    whole: Sequence[Node],
    paths: dict[int, tuple[Key, ...]],
    depth: int,
    reach: Reach,
) -> list[Part]:
    parts = bundled(_acyclic(_sorted_into(nodes, paths, depth, reach), nodes), whole)
    if len(parts) > MOST_PARTS:
        lead = _lead(parts, whole)
        parts = [*lead, *_acyclic(_around_hubs(parts[len(lead) :], nodes), nodes)]

    def filled(part: Part) -> Part:
        if isinstance(part, Node):
            return part
        if part.children:
            part.children = [filled(child) for child in part.children]
            return part
        inner = [node for node in nodes if node.index in part.members]
        part.children = _children(inner, whole, paths, depth + 1, reach)
        return _unwrapped(part)

    return [filled(part) for part in parts]


def _lead(parts: list[Part], nodes: Sequence[Node]) -> list[Part]:
    """The first parts, as long as nothing branches."""
    narrow = narrow_places(parts, nodes)
    return parts[: narrow.index(False) if False in narrow else len(parts)]


def _around_hubs(parts: list[Part], nodes: list[Node]) -> list[Part]:
    """What leads to the same merge of many tensors belongs together."""
    hubs = {node.index for node in nodes if len(node.sources) >= LEAST_INPUTS_OF_HUB}
    if len(hubs) < LEAST_HUBS:
        return parts
    owner = {index: part for part in parts for index in members(part)}
    first: dict[Part, int] = {}
    for node in reversed(nodes):
        part = owner.get(node.index)
        if part is None:
            continue
        nearest = [first[owner[use]] for use in node.uses if owner.get(use) in first]
        if node.index in hubs:
            nearest = [node.index]
        if nearest:
            first[part] = min([*nearest, first[part]] if part in first else nearest)
    by_index = {node.index: node for node in nodes}
    grouped: dict[int, list[Part]] = {}
    alone: list[Part] = []
    for part in parts:
        if part in first:
            grouped.setdefault(first[part], []).append(part)
        else:
            alone.append(part)
    cells: list[Part] = [
        Group(by_index[hub].row.name, own, frozenset[int]().union(*map(members, own)))
        for hub, own in grouped.items()
    ]
    return [*cells, *alone]


def _unwrapped(group: Group) -> Part:
    """A group of one part is that part, by the name of whichever has one."""
    if len(group.children) != 1:
        return group
    only = group.children[0]
    if isinstance(only, Group) and not only.label:
        only.label = group.label
    return only


def _sorted_into(
    nodes: list[Node], paths: dict[int, tuple[Key, ...]], depth: int, reach: Reach
) -> list[Part]:
    parts: list[Part] = []
    latest: dict[Hashable, tuple[Group, int]] = {}
    for node in nodes:
        path = paths[node.index]
        if depth >= len(path):
            parts.append(node)
            continue
        key, label = path[depth]
        found = latest.get(key)
        if found is not None and reach.convex(found[1], node.index):
            group, bits = found
            group.members |= {node.index}
        else:
            group, bits = Group(label, [], frozenset((node.index,))), 0
            parts.append(group)
        latest[key] = group, bits | 1 << node.index
    return parts


def _acyclic(parts: list[Part], nodes: list[Node]) -> list[Part]:
    """The parts in the order of the flow; groups that feed each other in turn are dissolved."""
    while True:
        ordered, stuck = _in_order(parts, nodes)
        if not stuck:
            return ordered
        by_index = {node.index: node for node in nodes}
        loose: list[Part] = []
        for part in parts:
            if part in stuck and isinstance(part, Group):
                loose += [by_index[i] for i in sorted(part.members)]
            else:
                loose.append(part)
        parts = loose


def _in_order(parts: list[Part], nodes: list[Node]) -> tuple[list[Part], set[Part]]:
    owner = {index: i for i, part in enumerate(parts) for index in members(part)}
    needs: list[set[int]] = [set() for _ in parts]
    for node in nodes:
        for source in node.sources:
            if source in owner and owner[source] != owner[node.index]:
                needs[owner[node.index]].add(owner[source])
    ready = sorted(range(len(parts)), key=lambda i: min(members(parts[i])))
    ordered: list[Part] = []
    done: set[int] = set()
    while ready:
        free = next((i for i in ready if needs[i] <= done), None)
        if free is None:
            return ordered, {parts[i] for i in ready}
        ready.remove(free)
        done.add(free)
        ordered.append(parts[free])
    return ordered, set()
