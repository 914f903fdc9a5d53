"""Recurrent layers and their cells against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.values import NumpyScalar
from tests.knowledge.layers.nested import (
    L,
    assert_nested_sound,
    check_nested,
    layer,
    our_answer,
    ours,
    real_answer,
)
from tests.knowledge.layers.oracle import T
from tests.knowledge.layers.recurrent_strategies import around_cells, cells, named, recurrent
from tests.knowledge.layers.spatial_strategies import inputs

pytestmark = pytest.mark.oracle

X = T((None, 5, 3))
STATE = T((None, 4))
STACK = [layer("LSTMCell", 4), layer("GRUCell", 3)]


@pytest.mark.parametrize("name", ["LSTM", "GRU", "SimpleRNN"])
@pytest.mark.parametrize(
    ("units", "options"),
    [
        (4, {}),
        (4, {"return_sequences": True}),
        (4, {"return_state": True}),
        (4, {"return_sequences": True, "return_state": True}),
        (4, {"use_bias": False}),
        (4, {"trainable": False}),
        (4, {"dtype": "float16"}),
        (4, {"zero_output_for_mask": True}),
        (4, {"implementation": 1}),
        (4, {"input_length": 5}),
        (4, {"input_shape": (5, 3)}),
        (4, {"bias_initializer": None}),
        (4, {"use_cudnn": "never"}),
        (4, {"reset_after": False}),
        (4, {"unit_forget_bias": False}),
        (4, {"activation": "ReLU"}),
        (4, {"dropout": 1.5}),
        (4, {"dropout": None}),
        (4, {"stateful": True}),
        (4.0, {}),
        (0, {}),
        (True, {}),
        ("4", {}),
        (None, {}),
    ],
)
def test_recurrent_layers(name: str, units: Any, options: dict[str, Any]) -> None:
    check_nested(layer(name, units, **options), X)


@pytest.mark.parametrize("name", ["LSTM", "GRU", "SimpleRNN"])
@pytest.mark.parametrize(
    "given_inputs",
    [
        (T((None, 5)),),
        (T((None, 5, 3, 2)),),
        (T((None, None, 3)),),
        (T((None, 5, None)),),
        (T((2, 5, 3), "int32"),),
        ([X],),
        ([X, STATE, STATE],),
        (X, [STATE, STATE]),
        (X, STATE),
    ],
)
def test_what_recurrent_layers_are_called_on(name: str, given_inputs: tuple[Any, ...]) -> None:
    check_nested(layer(name, 4, return_sequences=True, return_state=True), *given_inputs)


def test_the_first_state_by_keyword() -> None:
    check_nested(layer("LSTM", 4), X, initial_state=[STATE, STATE])
    check_nested(layer("GRU", 4, return_state=True), sequences=X, initial_state=STATE)


def test_a_stateful_layer_needs_its_batch() -> None:
    for shape in ((None, 5, 3), (2, 5, 3)):
        check_nested(layer("GRU", 4, stateful=True), T(shape))


@pytest.mark.parametrize("name", ["LSTM", "GRU", "SimpleRNN"])
def test_numpy_integers_are_refused(name: str) -> None:
    assert isinstance(real_answer(layer(name, np.int64(4)), (X,), {}), str)
    assert isinstance(our_answer(layer(name, NumpyScalar(4)), (X,), {}), str)


@pytest.mark.parametrize(
    "cell",
    [
        layer("LSTMCell", 4),
        layer("GRUCell", 4, reset_after=False),
        STACK,
        tuple(STACK),
        [layer("GRUCell", 3)],
        layer("StackedRNNCells", STACK),
        [layer("StackedRNNCells", [layer("GRUCell", 3)]), layer("GRUCell", 2)],
        [STACK],
        [layer("LSTMCell", 4, trainable=False)],
        layer("LSTM", 4),
        layer("Dense", 3),
        [layer("Dense", 3)],
        layer("Bidirectional", layer("LSTM", 3)),
        [],
        None,
        "LSTMCell",
    ],
    ids=repr,
)
@pytest.mark.parametrize("shape", [(None, 5, 3), (None, 5), (2, 5), (2,), (None, 5, 3, 2)])
def test_around_cells(cell: Any, shape: tuple[int | None, ...]) -> None:
    check_nested(layer("RNN", cell), T(shape))
    check_nested(layer("RNN", cell, return_sequences=True, return_state=True), T(shape))


@pytest.mark.parametrize("name", ["LSTMCell", "GRUCell", "SimpleRNNCell"])
@pytest.mark.parametrize("states", [[STATE], [STATE, STATE], (STATE, STATE), STATE])
def test_cells_on_their_own(name: str, states: Any) -> None:
    check_nested(layer(name, 4), T((None, 3)), states)
    check_nested(layer(name, 4), T((None, 3)), states=states)


def test_a_stack_on_its_own() -> None:
    states = [[STATE, STATE], [T((None, 3))]]
    check_nested(layer("StackedRNNCells", STACK), T((None, 3)), states)


def test_a_list_of_cells_takes_up_the_name_of_a_stack() -> None:
    assert ours(layer("RNN", STACK)).names_at_construction == ("stacked_rnn_cells",)
    assert ours(layer("RNN", layer("GRUCell", 3))).names_at_construction == ()


@given(named(), inputs(3))
def test_recurrent_layers_drawn(made: L, x: T) -> None:
    check_nested(made, x)


@given(around_cells(), inputs(3))
def test_around_cells_drawn(made: L, x: T) -> None:
    check_nested(made, x)


@given(cells(), st.sampled_from((None, 2)), st.none() | st.integers(1, 8), st.booleans())
def test_cells_drawn(made: L, batch: int | None, features: int | None, tupled: bool) -> None:
    units = made.args[0] if isinstance(made.args[0], int) else 4
    states = [T((batch, int(units)))] * 2
    check_nested(made, T((batch, features)), tuple(states) if tupled else states)


@given(recurrent(), inputs(3), st.data())
def test_knowing_less_is_never_wrong(made: L, x: T, data: st.DataObject) -> None:
    assert_nested_sound(made, (x,), data)
