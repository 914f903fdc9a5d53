"""Where layers belong by their names: ``conv2_block1_1_conv`` is in ``conv2``, ``block1``.

A layer without a name of its own belongs to what it stands between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from keraslint.diagrams.groups import automatic, tokens
from keraslint.diagrams.network import Node

Words: TypeAlias = "tuple[str, ...]"
NO_NUMBER = ""
"""Stands for the number in names like ``expanded_conv_project``, beside ``expanded_conv_1_…``."""


def name_paths(nodes: Sequence[Node]) -> list[Words]:
    """For each node the words of the groups that its name tells, from the outside in."""
    given = [_given(node) for node in nodes]
    heads = {
        words[:i] for words in given if words for i in range(1, len(words)) if _number(words[i])
    }
    paths = [None if words is None else _numbered(words, heads) for words in given]
    if not any(paths):
        return [()] * len(nodes)
    above: list[Words] = []
    for node, path in zip(nodes, paths, strict=True):
        above.append(_common(above[i] for i in node.sources) if path is None else path)
    below: dict[int, Words] = {}
    for node in reversed(nodes):
        path = paths[node.index]
        below[node.index] = _common(below[i] for i in node.uses) if path is None else path
    return [
        _between(node, nodes, paths, above, below) if path is None else path
        for node, path in zip(nodes, paths, strict=True)
    ]


def _given(node: Node) -> Words | None:
    """The words of a name but the last, if somebody gave the name."""
    row = node.row
    if not node.is_input and (row.is_operation or automatic(row.name, row.class_name)):
        return None
    return tuple(tokens(row.name)[:-1])


def _number(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _numbered(words: Words, heads: set[Words]) -> Words:
    """The words if one has a number, or if others have one where these have none."""
    if any(map(_number, words)):
        return words
    same = [words[:i] for i in range(len(words), 0, -1) if words[:i] in heads]
    return (*same[0], NO_NUMBER) if same else ()


def _common(paths: Iterable[Words]) -> Words:
    """What all of the paths begin with."""
    first, *others = [*paths] or [()]
    same = 0
    while same < len(first) and all(path[: same + 1] == first[: same + 1] for path in others):
        same += 1
    return first[:same]


def _between(
    node: Node,
    nodes: Sequence[Node],
    paths: Sequence[Words | None],
    above: Sequence[Words],
    below: dict[int, Words],
) -> Words:
    """Where a layer without a name belongs: a branch beside others is where those are."""
    ahead = below[node.index]
    beside = [paths[use] or () for source in node.sources for use in nodes[source].uses]
    if ahead and any(path[: len(ahead)] == ahead for path in beside):
        return ahead
    return _common((above[node.index], ahead))
