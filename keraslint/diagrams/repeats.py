"""Parts of a model that follow each other and are alike become one part with a count."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from keraslint.diagrams import words
from keraslint.diagrams.groups import Group, Part, members, named
from keraslint.diagrams.network import Node

LONGEST = 48
"""The most parts in a repeated pattern."""
VARIABLE = ("name", "dilation_rate", "rate", "drop_path_rate", "seed")
"""Arguments in which repeats may differ."""
LEAST_LAYERS = 3
"""How often a single layer must follow itself; groups need to only twice."""


class Folder:
    """Finds repeats among the parts of a model."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self._numbers: dict[Hashable, int] = {}

    def fold(self, group: Group) -> Group:
        """The group with the repeats in it folded, from the inside out."""
        children = [
            self.fold(child) if isinstance(child, Group) else child for child in group.children
        ]
        return Group(group.label, self._fold_list(children), group.members)

    def _fold_list(self, parts: list[Part]) -> list[Part]:
        likes = [self.likeness(part) for part in parts]
        folded: list[Part] = []
        at = 0
        while at < len(parts):
            period, times = self._best(parts, likes, at)
            if times > 1:
                folded.append(self._merged(parts[at : at + period * times], period, times))
            else:
                folded.append(parts[at])
            at += period * times
        return folded

    def _best(self, parts: list[Part], likes: list[int], at: int) -> tuple[int, int]:
        """The period and number of times of the repeat that covers most from there on."""
        best = (1, 1)
        for period in range(1, min(LONGEST, (len(parts) - at) // 2) + 1):
            times = self._times(parts, likes, at, period)
            if times > 1 and period * times > best[0] * best[1]:
                best = (period, times)
        return best

    def _times(self, parts: list[Part], likes: list[int], at: int, period: int) -> int:
        pattern = likes[at : at + period]
        first = leaves(parts[at : at + period])
        wiring = self._wiring(first)
        latest = first
        allowed = set(first).union(*(self.nodes[index].sources for index in first))
        times = 1
        while likes[at + times * period : at + (times + 1) * period] == pattern:
            start = at + times * period
            before, latest = latest, leaves(parts[start : start + period])
            allowed |= set(latest)
            taken = {source for index in latest for source in self.nodes[index].sources}
            chained = taken <= allowed and not taken.isdisjoint(before)
            if self._wiring(latest) != wiring or not chained:
                break
            times += 1
        lone = period == 1 and isinstance(parts[at], Node)
        return 1 if lone and times < LEAST_LAYERS else times

    def _wiring(self, leaves: list[int]) -> list[tuple[int, ...]]:
        """What feeds what inside, by position."""
        place = {index: i for i, index in enumerate(leaves)}
        return [
            tuple(place[source] for source in self.nodes[index].sources if source in place)
            for index in leaves
        ]

    def _merged(self, parts: list[Part], period: int, times: int) -> Group:
        first = parts[:period]
        originals = leaves(first)
        copies: dict[int, int] = {}
        for turn in range(1, times):
            again = leaves(parts[turn * period : (turn + 1) * period])
            copies.update(zip(again, originals, strict=True))
        every = frozenset[int]().union(*map(members, parts))
        only = first[0]
        children = only.children if period == 1 and isinstance(only, Group) else first
        return Group(self._label(parts, period), list(children), every, times, copies)

    def _label(self, parts: Sequence[Part], period: int) -> str:
        """What all times are called: ``conv4 block2…6`` for blocks with numbers."""
        if period > 1:
            return ""
        names = [named(part, self.nodes) for part in (parts[0], parts[-1])]
        return ranged(*names)

    def likeness(self, part: Part) -> int:
        """A number that two parts share if they look the same."""
        if isinstance(part, Node):
            return self._number(self._of_node(part))
        inner = tuple(self.likeness(child) for child in part.children)
        return self._number((inner, part.count, tuple(self._wiring(leaves([part])))))

    def _of_node(self, node: Node) -> Hashable:
        row = node.row
        arguments = tuple(
            (name, words.plain(value))
            for name, value in row.arguments.items()
            if name not in VARIABLE
        )
        shapes = (tuple(map(str, row.inputs)), str(row.outputs))
        inner = tuple((inner.class_name, str(inner.outputs)) for inner in row.rows)
        return (row.class_name, arguments, shapes, row.params, inner, node.failure is None)

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))


def leaves(parts: Sequence[Part]) -> list[int]:
    """The nodes of parts in the order of the parts, those of all repeats."""
    found: list[int] = []
    for part in parts:
        if isinstance(part, Node):
            found.append(part.index)
        else:
            own = leaves(part.children)
            found += own
            found += sorted(part.members - set(own))
    return found


def ranged(first: str, last: str) -> str:
    """Names from the first to the last: ``block2…6``, ``block4b…d``."""
    if first == last:
        return first
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    if last[same:].isalpha() and len(first) == len(last) == same + 1:
        return f"{first}…{last[same:]}"
    while same and first[same - 1].isdigit():
        same -= 1
    tail = last[same:]
    return f"{first}…{tail}" if tail.isdigit() else first
