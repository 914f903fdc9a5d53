"""What is seen of a model: cards for layers and closed groups, clusters for what is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from keraslint.diagrams.groups import Group, Part
from keraslint.diagrams.network import Node, network
from keraslint.diagrams.opening import arranged


@dataclass(slots=True, eq=False)
class Unit:
    """A card, or a cluster with a sheet of its own inside.

    Attributes:
        part: the layer or group.
        members: the indices of its nodes.
        inside: what is seen in it; `None` for a card.
    """

    part: Part
    members: frozenset[int]
    inside: Sheet | None = None


@dataclass(eq=False)
class Sheet:
    """Units and edges between them.

    Attributes:
        nodes: all nodes of the model that the units belong to.
        units: in topological order.
        edges: from a unit to a later one, by position.
        again: edges from a unit to an earlier one, of layers that are shared.
        entries: what comes in from outside: the node outside, and the unit it goes to.
        exits: what goes out: the unit, and the node outside.
    """

    nodes: Sequence[Node]
    units: list[Unit] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    again: list[tuple[int, int]] = field(default_factory=list)
    entries: list[tuple[int, int]] = field(default_factory=list)
    exits: list[tuple[int, int]] = field(default_factory=list)

    @cached_property
    def skips(self) -> frozenset[tuple[int, int]]:
        """The edges beside which another way leads to the same unit."""
        before = [0] * len(self.units)
        nearest: list[list[int]] = [[] for _ in self.units]
        for source, target in self.edges:
            nearest[target].append(source)
        found = set()
        for target, sources in enumerate(nearest):
            for source in sources:
                before[target] |= before[source] | 1 << source
            found |= {
                (source, target)
                for source in sources
                if any(before[other] >> source & 1 for other in sources)
            }
        return frozenset(found)

    @property
    def lane(self) -> bool:
        """Whether the units follow each other one by one, apart from edges that pass some by."""
        steps = {(i, i + 1) for i in range(len(self.units) - 1)}
        return steps <= set(self.edges) and all(unit.inside is None for unit in self.units)


def sheet(nodes: Sequence[Node], root: Group, depth: int) -> Sheet:
    """What is seen if that many levels are opened."""
    return _sheet(nodes, root.children, depth, root.members, {})


def opened(part: Part, nodes: Sequence[Node]) -> Sheet | None:
    """What is inside a closed part, one level of it; `None` if there is nothing inside."""
    if isinstance(part, Node):
        return _nested(part, 1) if part.row.rows else None
    return _sheet(nodes, part.children, 1, part.members, part.copies)


def _sheet(
    nodes: Sequence[Node],
    parts: Sequence[Part],
    depth: int,
    within: frozenset[int],
    copies: dict[int, int],
) -> Sheet:
    made = Sheet(nodes)
    for part in parts:
        _add(made, part, depth - 1)
    owner = {index: i for i, unit in enumerate(made.units) for index in unit.members}
    for copy, original in copies.items():
        owner.setdefault(copy, owner.get(original, -1))
    edges: dict[tuple[int, int], None] = {}
    again: dict[tuple[int, int], None] = {}
    for index in sorted(within):
        target = owner[index]
        for source in nodes[index].sources:
            if source in within and index not in copies and owner[source] != target:
                edges[owner[source], target] = None
            elif source not in within and index not in copies:
                made.entries.append((source, target))
        for use in nodes[index].uses:
            if use not in within:
                made.exits.append((target, use))
        for source in nodes[index].again:
            if source in within and owner[source] != target:
                again[owner[source], target] = None
    made.edges = sorted(edge for edge in edges if edge[0] < edge[1])
    made.again = sorted(again)
    made.entries = list(dict.fromkeys(made.entries))
    made.exits = list(dict.fromkeys(made.exits))
    return made


def _add(made: Sheet, part: Part, depth: int) -> None:
    if isinstance(part, Node):
        inside = _nested(part, depth) if part.row.rows and depth > 0 else None
        made.units.append(Unit(part, frozenset((part.index,)), inside))
    elif depth <= 0 or part.run:
        made.units.append(Unit(part, part.members))
    elif part.count > 1:
        inner = _sheet(made.nodes, part.children, depth, part.members, part.copies)
        made.units.append(Unit(part, part.members, inner))
    else:
        for child in part.children:
            _add(made, child, depth - 1)


def _nested(node: Node, depth: int) -> Sheet | None:
    """The sheet of a nested model: what feeds the model goes to its inputs."""
    nodes = network(node.row.rows, node.row.inputs)
    root = arranged(nodes, "auto")
    inner = sheet(nodes, root, depth)
    if not inner.units:
        return None
    heads = [i for i, unit in enumerate(inner.units) if not _has(inner.edges, i, 1)]
    tails = [i for i, unit in enumerate(inner.units) if not _has(inner.edges, i, 0)]
    for n, source in enumerate(node.sources):
        inner.entries.append((source, heads[n % len(heads)]))
    for use in node.uses:
        inner.exits += [(tail, use) for tail in tails]
    return inner


def _has(edges: Sequence[tuple[int, int]], unit: int, side: int) -> bool:
    return any(edge[side] == unit for edge in edges)
