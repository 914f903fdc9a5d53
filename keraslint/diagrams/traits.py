"""What a card of a graph says about a layer or a closed group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from keraslint.diagrams import facts, words
from keraslint.diagrams.groups import Group, Part, automatic, named
from keraslint.diagrams.language import say
from keraslint.diagrams.measure import DOT
from keraslint.diagrams.network import INPUTS, Node
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.shapes import Shape

QUIET = ("BatchNormalization", "Activation", "ReLU", "Dropout", "LayerNormalization")
PADDING = ("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D")
SUMS = ("Add", "add", "Average", "Subtract")
MOST_NAMES, MOST_DILATIONS = 3, 6
SHORTEST = 3

Shortcut = Literal["identity", "projection", "pooled", ""]


@dataclass(frozen=True, slots=True)
class Traits:
    """The words of a card.

    Attributes:
        title: its heading.
        summary: what it does, in a line.
        shapes: of its output.
        params: the number of its weights, `None` if unknown.
        count: how many times it is repeated.
        shortcut: whether a tensor passes its layers by, and how.
        layers: how many layers it stands for.
    """

    title: str
    summary: str
    shapes: str
    shape: Shape
    params: int | None
    count: int = 1
    shortcut: Shortcut = ""
    layers: int = 1


def traits(part: Part, nodes: Sequence[Node]) -> Traits:
    """What there is to say of a part."""
    return _of_node(part) if isinstance(part, Node) else _of_group(part, nodes)


def _of_node(node: Node) -> Traits:
    row = node.row
    said = " · ".join(facts.arguments(row))
    title = row.class_name
    if node.is_input:
        title, said = say("Input"), row.name
    elif row.rows:
        said = f"{row.name} · {words.count(len(row.rows), 'layer')}"
    elif not row.is_operation and not automatic(row.name, row.class_name):
        said = f"{row.name} · {said}" if said else row.name
    return Traits(title, said, words.shapes(row.outputs), node.output, row.params)


def _of_group(group: Group, nodes: Sequence[Node]) -> Traits:
    inner = sorted(group.members - set(group.copies))
    last = nodes[max(group.members)]
    path = main_path(inner, nodes)
    rows = [nodes[index].row for index in path]
    quiet = QUIET + SUMS + INPUTS + (() if group.run else PADDING)
    loud = [row for row in rows if row.class_name not in quiet]
    kind = shortcut(inner, nodes)
    heading = title(group, nodes)
    summary = facts.digest(loud or rows)
    if {row.class_name for row in loud} == set(heading.split(DOT)):
        heading, summary = summary, ""
    inputs = _inputs(group, nodes)
    dilations = _dilations(group, nodes)
    said = (
        inputs,
        summary,
        say("dilation {}", dilations) if dilations else "",
        say(f"{kind} shortcut") if kind else "",
    )
    return Traits(
        heading,
        DOT.join(filter(None, said)),
        words.shapes(last.row.outputs),
        last.row.outputs[0] if last.row.outputs else UNKNOWN,
        _sum(nodes[index].row.params for index in sorted(group.members)),
        group.count,
        kind,
        len(group.members),
    )


def title(part: Part, nodes: Sequence[Node]) -> str:
    """What a part is called."""
    if isinstance(part, Node):
        return say("Input") if part.is_input else part.row.class_name
    name = named(part, nodes)
    if name:
        return name
    groups = [child for child in part.children if isinstance(child, Group)]
    inside = sum(len(group.members) for group in groups)
    mostly = 2 * inside > len(part.members) - len(part.copies)
    children = groups if mostly and not part.run else part.children
    names = list(dict.fromkeys(title(child, nodes) for child in children))
    more = ["…"] if len(names) > MOST_NAMES else []
    return DOT.join([*names[:MOST_NAMES], *more])


def _inputs(group: Group, nodes: Sequence[Node]) -> str:
    """The names of the inputs in repeats, as many as fit."""
    found = [nodes[index].row.name for index in sorted(group.members) if nodes[index].is_input]
    more = ["…"] if len(found) > MOST_NAMES else []
    return ", ".join([*found[:MOST_NAMES], *more])


def _dilations(group: Group, nodes: Sequence[Node]) -> str:
    """The dilations of repeats that differ in them."""
    if not group.copies:
        return ""
    given = [nodes[index].row.arguments.get("dilation_rate") for index in sorted(group.members)]
    sizes = list(dict.fromkeys(words.sizes(value) for value in given if value is not None))
    if len(sizes) < 2:
        return ""
    more = ["…"] if len(sizes) > MOST_DILATIONS else []
    return ", ".join([*sizes[:MOST_DILATIONS], *more])


def _sum(counts: Iterable[int | None]) -> int | None:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total


def main_path(indices: Sequence[int], nodes: Sequence[Node]) -> list[int]:
    """The longest way through some nodes."""
    inside = set(indices)
    depth: dict[int, int] = {}
    came: dict[int, int] = {}
    for index in indices:
        sources = [source for source in nodes[index].sources if source in inside]
        best = max(sources, key=lambda source: depth[source], default=None)
        depth[index] = 0 if best is None else depth[best] + 1
        if best is not None:
            came[index] = best
    at = max(indices, key=lambda index: (depth[index], index))
    path = [at]
    while at in came:
        at = came[at]
        path.append(at)
    return path[::-1]


def shortcut(indices: Sequence[int], nodes: Sequence[Node]) -> Shortcut:
    """How a tensor from before some nodes gets to a sum inside them, past the main path."""
    inside = set(indices)
    path = set(main_path(indices, nodes))
    for index in reversed(indices):
        node = nodes[index]
        if node.row.class_name not in SUMS or len(node.sources) < 2 or index not in path:
            continue
        for source in node.sources:
            if source not in inside:
                return "identity"
            way = () if source in path else _way_out(source, inside, nodes)
            if way:
                weightless = all(nodes[at].row.params == 0 for at in way)
                return "pooled" if weightless else "projection"
    return ""


def _way_out(at: int, inside: set[int], nodes: Sequence[Node]) -> tuple[int, ...]:
    """The few layers with one input each that lead back out of some nodes, if they do."""
    way: list[int] = []
    while at in inside:
        if len(way) == SHORTEST or len(nodes[at].sources) != 1:
            return ()
        way.append(at)
        at = nodes[at].sources[0]
    return tuple(way)
