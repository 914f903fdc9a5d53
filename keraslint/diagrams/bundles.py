"""Parts that lie between two narrow places, where but one tensor passes, belong together."""

from __future__ import annotations

from collections.abc import Sequence

from keraslint.diagrams.groups import Group, Part, meeting, members
from keraslint.diagrams.network import Node

ENOUGH = 12
"""So many parts need no bundling."""


def bundled(parts: list[Part], nodes: Sequence[Node]) -> list[Part]:
    """The parts with branches and what they meet in as one part, if there are many parts.

    Args:
        parts: in the order of the flow.
        nodes: all nodes of the model, by their index.
    """
    if len(parts) <= ENOUGH:
        return parts
    bundles: list[list[Part]] = [[]]
    for part, narrow in zip(parts, narrow_places(parts, nodes), strict=True):
        bundles[-1].append(part)
        if narrow:
            bundles.append([])
    return [piece for bundle in bundles for piece in _pieces(bundle, len(parts))]


def narrow_places(parts: Sequence[Part], nodes: Sequence[Node]) -> list[bool]:
    """For each part, whether what follows needs no more than one tensor of all up to there."""
    last_use: dict[int, int] = {}
    for place, part in enumerate(parts):
        for index in members(part):
            for source in nodes[index].sources:
                last_use[source] = place
    passing: set[int] = set()
    narrow = []
    for place, part in enumerate(parts):
        passing |= members(part)
        passing = {index for index in passing if last_use.get(index, -1) > place}
        narrow.append(len(passing) <= 1)
    return narrow


def _pieces(bundle: list[Part], of: int) -> list[Part]:
    """The bundle as one part, unless it is nothing or nearly everything, or holds inputs."""
    inputs = any(isinstance(part, Node) and part.is_input for part in bundle)
    if len(bundle) < 2 or 2 * len(bundle) > of or inputs:
        return bundle
    whole = frozenset[int]().union(*map(members, bundle))
    groups = [part for part in bundle if isinstance(part, Group)]
    main = next((group for group in groups if 2 * len(group.members) > len(whole)), None)
    label = main.label if main is not None else meeting(bundle[-1])
    return [Group(label, bundle, whole)]
