"""Single layers in a row: what leads to the blocks is the stem, what follows them is the head."""

from __future__ import annotations

from collections.abc import Sequence

from keraslint.diagrams.groups import Group, Part, members
from keraslint.diagrams.language import say
from keraslint.diagrams.network import Node
from keraslint.diagrams.traits import QUIET

LEAST_LAYERS = 3
"""How many layers a run must have."""
STEM, HEAD = "Stem", "Head"


def gathered(root: Group, nodes: Sequence[Node]) -> Group:
    """The group with its first and its last single layers as one part each, if it has blocks."""
    if not any(isinstance(part, Group) and not _plain(part, nodes) for part in root.children):
        return root
    runs = _runs(root.children, nodes)
    inputs = sum(isinstance(run[0], Node) and run[0].is_input for run in runs)
    parts: list[Part] = []
    for place, run in enumerate(runs):
        label = say(STEM) if place == inputs else say(HEAD) if place == len(runs) - 1 else ""
        layers = frozenset[int]().union(*map(members, run))
        if label and len(layers) >= LEAST_LAYERS and len(run) > 1:
            parts.append(Group(label, run, layers, run=True))
        else:
            parts += run
    return Group(root.label, parts, root.members)


def _runs(parts: Sequence[Part], nodes: Sequence[Node]) -> list[list[Part]]:
    """The parts, those together that make a run; all others are alone."""
    runs: list[list[Part]] = []
    for part in parts:
        if (
            runs
            and _plain(part, nodes)
            and _plain(runs[-1][-1], nodes)
            and _follows(part, runs[-1][-1], nodes)
        ):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _plain(part: Part, nodes: Sequence[Node]) -> bool:
    """Whether a part may be in a run: a layer, or one that comes with a few without weights."""
    if isinstance(part, Group):
        rows = [nodes[index].row for index in part.members]
        heavy = sum(row.params != 0 and row.class_name not in QUIET for row in rows)
        return part.count == 1 and heavy <= 1 and all(_plain(p, nodes) for p in part.children)
    nested_or_shared = part.row.rows or part.again or len(part.sources) > 1
    return not (part.is_input or nested_or_shared or part.failure)


def _follows(part: Part, before: Part, nodes: Sequence[Node]) -> bool:
    """Whether one part takes nothing but what the other gives, and nothing else does."""
    own, earlier = members(part), members(before)
    taken = {source for index in own for source in nodes[index].sources} - own
    given = {use for index in earlier for use in nodes[index].uses} - earlier
    return bool(taken) and taken <= earlier and given <= own
