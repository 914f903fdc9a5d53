"""A branching model as chains, each of which is drawn on its own."""

from __future__ import annotations

from collections.abc import Sequence

from keraslint.diagrams.network import Node


def segments(nodes: Sequence[Node]) -> list[list[Node]]:
    """Maximal chains, in the order of their first nodes; lone inputs belong to what follows."""
    chains: list[list[Node]] = []
    chain_of: dict[int, list[Node]] = {}
    for node in nodes:
        source = nodes[node.sources[0]] if len(node.sources) == 1 else None
        if source is not None and source.uses == [node.index] and not node.again:
            chain = chain_of[source.index]
        else:
            chain = []
            chains.append(chain)
        chain.append(node)
        chain_of[node.index] = chain
    return [chain for chain in chains if any(not node.is_input for node in chain)]
