"""Layers around other layers against the real ones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers.nested import (
    L,
    assert_nested_sound,
    check_nested,
    check_nested_or_silent,
    layer,
    ours,
)
from tests.knowledge.layers.oracle import T
from tests.knowledge.layers.recurrent_strategies import named, recurrent
from tests.knowledge.layers.spatial_strategies import inputs, keywords, mostly

pytestmark = pytest.mark.oracle

X = T((None, 6, 8))
VIDEO = T((None, 4, 8, 9, 3))
PATTERNS = [
    layer(name, 4, return_sequences=sequences, return_state=state)
    for name in ("LSTM", "GRU", "SimpleRNN")
    for sequences in (False, True)
    for state in (False, True)
]


@pytest.mark.parametrize("merge_mode", ["concat", "sum", "mul", "ave", None, "add", "SUM"])
@pytest.mark.parametrize("pattern", PATTERNS, ids=repr)
def test_merging_both_directions(pattern: L, merge_mode: Any) -> None:
    check_nested(layer("Bidirectional", pattern, merge_mode=merge_mode), X)


@pytest.mark.parametrize(
    "bidirectional",
    [
        layer("Bidirectional", layer("LSTM", 4), merge_mode="concat", name="both"),
        layer("Bidirectional", layer("LSTM", 4, trainable=False)),
        layer("Bidirectional", layer("LSTM", 4), trainable=False),
        layer("Bidirectional", layer("LSTM", 4, go_backwards=True)),
        layer("Bidirectional", layer("LSTM", 4), backward_layer=layer("LSTM", 4)),
        *(
            layer("Bidirectional", layer("LSTM", 4), backward_layer=backward)
            for backward in (
                layer("LSTM", 5, go_backwards=True),
                layer("GRU", 5, go_backwards=True),
                layer("LSTM", 5, go_backwards=True, return_sequences=True),
                layer("LSTM", 5, go_backwards=True, return_state=True),
                layer("Dense", 5),
            )
        ),
        layer("Bidirectional", layer("RNN", layer("LSTMCell", 4), return_state=True)),
        layer(
            "Bidirectional",
            layer("RNN", [layer("LSTMCell", 4), layer("GRUCell", 3)], return_state=True),
        ),
        layer("Bidirectional", layer("Bidirectional", layer("LSTM", 4))),
        layer("Bidirectional", layer("TimeDistributed", layer("LSTM", 4))),
        layer("Bidirectional", layer("Dense", 4)),
        layer("Bidirectional", layer("LSTMCell", 4)),
        layer("Bidirectional", layer("LSTM", 4), "concat", None, None, True),
        layer("Bidirectional", 4),
        layer("Bidirectional", None),
        layer("Bidirectional", "LSTM"),
        layer("Bidirectional", [layer("LSTM", 4)]),
    ],
    ids=repr,
)
def test_both_directions(bidirectional: L) -> None:
    check_nested(bidirectional, X)


@pytest.mark.parametrize("shape", [(None, 6), (None, 6, 8, 3), (None, None, 8), (None, 6, None)])
def test_what_both_directions_take(shape: tuple[int | None, ...]) -> None:
    check_nested(layer("Bidirectional", layer("LSTM", 4)), T(shape))
    check_nested(layer("Bidirectional", layer("LSTM", 4)), [T(shape)])
    check_nested(layer("Bidirectional", layer("LSTM", 4, stateful=True)), T(shape))


def test_first_states_of_both_directions() -> None:
    state = T((None, 4))
    check_nested(layer("Bidirectional", layer("GRU", 4)), X, initial_state=[state, state])


def test_the_pattern_stays_unbuilt() -> None:
    bidirectional = ours(layer("Bidirectional", layer("LSTM", 4)))
    forward, backward = bidirectional.sublayers()
    assert bidirectional.arguments["layer"] not in (forward, backward)
    assert (forward.go_backwards, backward.go_backwards) == (False, True)


SHAPES = [(None, 6), (None, 6, 8), (None, 6, 8, 9), (2, 4, 8, 9, 3), (None, 6, 8, 9, 3, 2)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "inner",
    [
        layer("Dense", 3),
        layer("Dense", 3, trainable=False),
        layer("LSTM", 4),
        layer("LSTM", 4, return_sequences=True),
        layer("LSTM", 4, return_state=True),
        layer("Bidirectional", layer("GRU", 3)),
        layer("TimeDistributed", layer("Dense", 3)),
        layer("LSTMCell", 4),
        layer("Conv1D", 4, 3),
        layer("Conv2D", 4, 3),
        layer("Conv3D", 4, 3),
        layer("DepthwiseConv2D", 3),
        layer("SeparableConv1D", 4, 3),
        layer("MultiHeadAttention", 2, 2),
        4,
        None,
        "Dense",
        [],
    ],
    ids=repr,
)
def test_each_step(inner: Any, shape: tuple[int | None, ...]) -> None:
    check_nested_or_silent(layer("TimeDistributed", inner), T(shape))


@pytest.mark.parametrize(
    ("inner", "shape"),
    [
        (layer("LSTM", 4, return_state=True), (None, 6, 8, 9)),
        (layer("LSTMCell", 4), (None, 6, 8)),
        (layer("Conv1D", 4, 3), (None, 6, 8)),
        (layer("Conv2D", 4, 3), (None, 28, 28, 1)),
        (layer("Conv2D", 4, 3), (None, 6, 8, 9, 3, 2)),
        (layer("DepthwiseConv2D", 3), (None, 6, 8)),
        (layer("SeparableConv1D", 4, 3), (None, 6, 8)),
        (4, (None, 6, 8)),
    ],
    ids=repr,
)
def test_refused_for_each_step(inner: Any, shape: tuple[int | None, ...]) -> None:
    check_nested(layer("TimeDistributed", inner), T(shape))


@pytest.mark.parametrize(
    ("inner", "shape"),
    [
        (layer("Dense", 3), (None, 6, 8)),
        (layer("Dense", 3), (None, 6, 8, 9)),
        (layer("LSTM", 4, return_sequences=True), (None, None, 8, 9)),
        (layer("Bidirectional", layer("GRU", 3)), (None, 6, None, 9)),
        (layer("TimeDistributed", layer("Dense", 3)), (2, 6, 8, 9)),
        (layer("Conv2D", 4, 3), (None, 6, 8, 9, 3)),
    ],
    ids=repr,
)
def test_taken_for_each_step(inner: Any, shape: tuple[int | None, ...]) -> None:
    check_nested(layer("TimeDistributed", inner), T(shape))


def test_each_step_of_a_list() -> None:
    check_nested(layer("TimeDistributed", layer("Dense", 3)), [X])
    check_nested(layer("TimeDistributed", layer("Dense", 3)), [X, X, X])


def bidirectionals() -> st.SearchStrategy[L]:
    """Both directions around any recurrent layer, sometimes with a backward layer."""
    backward = named().map(
        lambda made: L(made.name, made.args, {**made.kwargs, "go_backwards": True})
    )
    options = keywords(
        merge_mode=mostly(st.sampled_from(("concat", "ave", None)), st.sampled_from(("x", "", 1))),
        backward_layer=mostly(st.none(), backward),
    )
    return st.tuples(recurrent(), options).map(lambda made: L("Bidirectional", made[:1], made[1]))


@given(bidirectionals(), inputs(3))
def test_both_directions_drawn(made: L, x: T) -> None:
    check_nested(made, x)


@given(recurrent() | bidirectionals(), inputs(4))
def test_each_step_drawn(inner: L, x: T) -> None:
    check_nested_or_silent(L("TimeDistributed", (inner,), {}), x)


@given(bidirectionals(), inputs(3), st.data())
def test_knowing_less_of_both_directions(made: L, x: T, data: st.DataObject) -> None:
    assert_nested_sound(made, (x,), data)


@given(recurrent() | bidirectionals(), inputs(4), st.data())
def test_knowing_less_of_each_step(inner: L, x: T, data: st.DataObject) -> None:
    assert_nested_sound(L("TimeDistributed", (inner,), {}), (x,), data)
