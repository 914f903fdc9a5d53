"""Trying a branch and taking it back."""

from __future__ import annotations

from keraslint.interpreter.heap import Heap
from keraslint.interpreter.joining import join
from keraslint.interpreter.values import Dict, List, OneOf


def append(heap: Heap, items: List, item: object) -> None:
    heap.touch(items)
    items.items.append(item)


def test_a_branch_leaves_nothing_behind_and_can_be_redone() -> None:
    heap, items = Heap(join), List([1])
    heap.push()
    append(heap, items, 2)
    delta = heap.pop()
    assert items.items == [1]
    heap.apply(delta)
    assert items.items == [1, 2]


def test_what_is_made_in_a_branch_needs_no_journal() -> None:
    heap = Heap(join)
    heap.push()
    made = List([1])
    append(heap, made, 2)
    assert heap.pop() == {}
    assert made.items == [1, 2]


def test_branches_in_branches() -> None:
    heap, items = Heap(join), List([1])
    heap.push()
    append(heap, items, 2)
    heap.push()
    append(heap, items, 3)
    heap.pop()
    assert items.items == [1, 2]
    heap.push()
    append(heap, items, 4)
    heap.commit()
    assert items.items == [1, 2, 4]
    heap.pop()
    assert items.items == [1]


def test_a_change_in_one_branch_is_joined_with_no_change() -> None:
    heap, items = Heap(join), List([1, 2])
    heap.push()
    heap.touch(items)
    items.items[0] = 5
    heap.merge([heap.pop(), {}])
    assert (items.items, items.open) == ([OneOf((5, 1)), 2], False)


def test_lists_of_different_lengths_become_open() -> None:
    heap, items = Heap(join), List([1])
    heap.push()
    append(heap, items, 1)
    heap.merge([heap.pop(), {}])
    assert (items.items, items.open) == ([1], True)


def test_dicts_with_different_keys_become_open() -> None:
    heap, items = Heap(join), Dict({"a": 1})
    heap.push()
    heap.touch(items)
    items.items["b"] = 2
    heap.merge([heap.pop(), {}])
    assert (items.items, items.open) == ({"a": 1, "b": 2}, True)


def test_every_state_before_a_change_is_watched() -> None:
    heap, items = Heap(join), List([1])
    with heap.watching() as seen:
        for number in (2, 3):
            heap.touch(items)
            items.items = [number]
    _, state = seen[id(items)]
    assert state["items"] == [OneOf((1, 2))]
