"""Ways that part and meet again.

Branches of which nobody knows which is taken are tried one after the other, each from the same
state, and then joined. A way that ends early, by a ``return`` say, is not blurred by what the
others do after it: its state is set aside in a `Fork` until whoever waits for it closes the fork.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from keraslint.interpreter.outcomes import BREAK, CONTINUE, NEXT, RAISE, RETURN

if TYPE_CHECKING:
    from keraslint.interpreter.heap import Delta
    from keraslint.interpreter.scopes import Frame

Outcome: TypeAlias = "tuple[int, Delta]"
"""One of `outcomes`, and what has changed when it comes to it."""

ORDER = (NEXT, BREAK, CONTINUE, RETURN)


@dataclass(slots=True)
class Fork:
    """What is set aside while another way is followed, which has a layer of the heap of its own.

    Attributes:
        depth: the number of layers below that one.
        exits: the state of each other way, by its kind.
    """

    depth: int
    exits: dict[int, Delta]


def run_branches(frame: Frame, branches: list[Callable[[], int]]) -> int:
    """Run branches of which one is taken, join those that go on, and set the others aside."""
    return go_on(frame, [outcome for run in branches for outcome in attempt(frame, run)])


def attempt(frame: Frame, run: Callable[[], int]) -> list[Outcome]:
    """Run a branch that may be taken, and undo it; the ways in which it can end."""
    machine = frame.machine
    depth, branching = len(machine.heap.layers), machine.branching
    machine.branching += 1
    try:
        return _undone(frame, run)
    except BaseException:
        machine.heap.unwind(depth)
        raise
    finally:
        machine.branching = branching


def tried(frame: Frame, run: Callable[[], int]) -> list[Outcome]:
    """Like `attempt`, for what is certainly done: it stays if a limit is reached inside."""
    heap = frame.machine.heap
    depth = len(heap.layers)
    try:
        return _undone(frame, run)
    except BaseException:
        while len(heap.layers) > depth:
            heap.commit()
        raise


def _undone(frame: Frame, run: Callable[[], int]) -> list[Outcome]:
    heap = frame.machine.heap
    depth = len(heap.layers)
    heap.push()
    try:
        outcomes = ways(frame, depth + 1, run())
    except BaseException:
        frame.forks = [fork for fork in frame.forks if fork.depth < depth]
        raise
    changed = heap.pop()
    return [(way, {**changed, **delta}) for way, delta in outcomes]


def ways(frame: Frame, depth: int, way: int) -> list[Outcome]:
    """Close the forks above a layer of the heap: the ways they led to, and the present one."""
    machine = frame.machine
    outcomes: list[Outcome] = [(way, {})]
    while frame.forks and frame.forks[-1].depth >= depth:
        fork = frame.forks.pop()
        changed = machine.heap.pop()
        machine.branching -= 1
        outcomes = [(way, {**changed, **delta}) for way, delta in outcomes]
        outcomes += fork.exits.items()
    return outcomes


def has_forks(frame: Frame, depth: int) -> bool:
    """Whether a way was set aside above a layer of the heap."""
    return bool(frame.forks) and frame.forks[-1].depth >= depth


def go_on(
    frame: Frame, outcomes: list[Outcome], join: Callable[[Any, Any], Any] | None = None
) -> int:
    """Follow one way, the one that goes on if there is one, and set the others aside.

    Returns:
        How that way ends.
    """
    machine = frame.machine
    heap = machine.heap
    kinds = [kind for kind in ORDER if any(way == kind for way, _ in outcomes)]
    if not kinds:
        return RAISE
    if len(kinds) > 1 and has_forks(frame, len(heap.layers) - 1):
        (_, before), *aside = ways(frame, len(heap.layers) - 1, NEXT)
        outcomes = [*((way, {**before, **delta}) for way, delta in outcomes), *aside]
        kinds = [kind for kind in ORDER if any(way == kind for way, _ in outcomes)]
    by_kind = {kind: [delta for way, delta in outcomes if way == kind] for kind in kinds}
    if len(kinds) > 1:
        exits = {kind: heap.joined(by_kind[kind]) for kind in kinds[1:]}
        frame.forks.append(Fork(len(heap.layers), exits))
        heap.push()
        machine.branching += 1
    heap.merge(by_kind[kinds[0]], join=join)
    return kinds[0]


def meet(frame: Frame, depth: int, way: int) -> set[int]:
    """Join all ways of a function that is over, and say which there were."""
    if not has_forks(frame, depth):
        return {way}
    outcomes = [outcome for outcome in ways(frame, depth, way) if outcome[0] != RAISE]
    frame.machine.heap.merge([delta for _, delta in outcomes])
    return {way for way, _ in outcomes}
