"""Shapes: joining, broadcasting, showing."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.tensors import windows
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.shapes import (
    BroadcastError,
    Shape,
    broadcast,
    certainly_different,
    join_shapes,
    rank,
    shape_to_json,
    show,
    size,
)
from keraslint.tensors.specs import TensorSpec, flatten, map_nest

N = Expr.symbol("n")
dims = st.lists(st.integers(0, 3), max_size=4).map(tuple)


@given(dims, dims)
def test_broadcasting_known_shapes_is_numpys(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    numpy = importlib.import_module("numpy")
    try:
        expected = numpy.broadcast_shapes(a, b)
    except ValueError:
        with pytest.raises(BroadcastError):
            broadcast(a, b)
    else:
        assert broadcast(a, b) == expected


@given(dims, dims, st.data())
def test_knowing_less_never_contradicts(
    a: tuple[int, ...], b: tuple[int, ...], data: st.DataObject
) -> None:
    hidden: Shape = tuple(UNKNOWN if data.draw(st.booleans()) else dim for dim in a)
    try:
        expected = broadcast(a, b)
    except BroadcastError:
        return
    found = broadcast(hidden, b)
    assert not isinstance(found, Unknown)
    assert not isinstance(expected, Unknown)
    assert all(x is UNKNOWN or x == y for x, y in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((None, 3), (1, 3), (None, 3)),
        ((None, 3), (5, 3), (5, 3)),
        ((N, 3), (N, 1), (N, 3)),
        ((N, 3), (4, 3), (UNKNOWN, 3)),
        (UNKNOWN, (3,), UNKNOWN),
    ],
)
def test_broadcasting_of_what_is_not_known(a: Shape, b: Shape, expected: Shape) -> None:
    assert broadcast(a, b) == expected


def test_broadcast_error_names_the_axis_from_the_right() -> None:
    with pytest.raises(BroadcastError) as caught:
        broadcast((2, 3, 4), (3, 5))
    assert caught.value.axis == -1


def test_joined_shapes_keep_what_they_share() -> None:
    assert join_shapes((None, 3, 4), (None, 5, 4)) == (None, UNKNOWN, 4)
    assert join_shapes((3,), (3, 4)) is UNKNOWN


def test_small_questions() -> None:
    assert rank((None, 3)) == 2
    assert rank(UNKNOWN) is None
    assert size((2, 3)) == 6
    assert size(UNKNOWN) is UNKNOWN
    assert certainly_different((None, 3), (None, 4))
    assert certainly_different((3,), (3, 3))
    assert not certainly_different((None, UNKNOWN), (None, 4))


def test_shapes_for_people_and_machines() -> None:
    shape: Shape = (None, N, 3, UNKNOWN)
    assert show(shape) == "(None, n, 3, ?)"
    assert show((3,)) == "(3,)"
    assert show(()) == "()"
    assert show(UNKNOWN) == "?"
    assert shape_to_json(shape) == [None, "n", 3, "?"]
    assert shape_to_json(UNKNOWN) is None


@given(st.integers(1, 60), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3))
def test_windows_count_their_positions(
    length: int, kernel: int, stride: int, dilation: int
) -> None:
    extent = (kernel - 1) * dilation + 1
    positions = len(range(0, length - extent + 1, stride))
    found = windows.valid(length, kernel, stride, dilation)
    assert isinstance(found, int)
    assert max(found, 0) == positions
    assert windows.same(length, stride) == len(range(0, length, stride))


def test_nests_flatten_in_keras_order() -> None:
    nest = {"b": [1, (2,)], "a": 3}
    assert list(flatten(nest)) == [3, 1, 2]
    assert map_nest(lambda leaf: leaf * 2, nest) == {"b": [2, (4,)], "a": 6}
    assert TensorSpec((1,)).with_shape((2,)) == TensorSpec((2,))
