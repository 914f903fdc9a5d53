"""Functional models: order, names, middle inputs, and graphs that Keras refuses."""

from __future__ import annotations

from typing import Any

from tests.interpreter.keras_programs import analyse, faults, model, outputs, rows

CHAIN = "a = keras.Input((4,))\nb = layers.Dense(3)(a)\nc = layers.Dense(2)(b)\n"


def test_layers_stand_in_the_order_of_their_graph() -> None:
    record = model(f"{CHAIN}m = keras.Model(a, c)\n")
    assert rows(record) == {
        "input_layer": (),
        "dense": ("input_layer",),
        "dense_1": ("dense",),
    }
    assert (record.name, record.kind, record.total_params) == ("m", "Functional", 23)


def test_operations_are_rows_but_no_layers() -> None:
    record = model(f"{CHAIN}m = keras.Model(a, (b + 1) * 2)\n")
    operations = [row.name for row in record.layers if row.is_operation]
    assert operations == ["add", "multiply"]
    assert rows(record)["multiply"] == ("add",)


def test_merged_inputs_keep_the_order_they_were_given_in() -> None:
    code = "d = layers.Dense(3)(a)\nm = keras.Model(a, layers.Add()([d, b]))\n"
    assert rows(model(CHAIN + code))["add"] == ("dense_2", "dense")


def test_a_tensor_in_the_middle_may_be_an_input() -> None:
    record = model(f"{CHAIN}m = keras.Model(b, c)\n")
    assert (record.inputs, record.outputs) == (((None, 3),), ((None, 2),))
    assert record.total_params == 8


def test_several_outputs() -> None:
    record = model(f"{CHAIN}m = keras.Model(a, [c, b])\n")
    assert record.outputs == ((None, 2), (None, 3))


def test_an_output_that_the_inputs_do_not_lead_to_is_refused() -> None:
    assert faults(f"{CHAIN}m = keras.Model(keras.Input((4,)), c)\n") == ["GRAPH_DISCONNECTED"]
    assert faults(f"{CHAIN}m = keras.Model([a, keras.Input((4,))], c)\n") == []


def test_two_layers_of_one_name_are_refused() -> None:
    code = "x = layers.Dense(3, name='d')(a)\nm = keras.Model(a, layers.Dense(3, name='{}')(x))\n"
    assert faults(CHAIN + code.format("d")) == ["DUPLICATE_NAME"]
    assert faults(CHAIN + code.format("e")) == []


def test_a_shared_layer_is_one_row_and_its_weights_count_once() -> None:
    code = "a = keras.Input((4,))\nd = layers.Dense(4)\nm = keras.Model(a, d(d(a)))\n"
    record = model(code)
    assert [row.name for row in record.layers] == ["input_layer", "dense"]
    assert record.total_params == 20
    assert outputs(code) == [(None, 4), (None, 4)]


def test_a_model_inside_is_one_row_with_rows_of_its_own() -> None:
    code = (
        f"{CHAIN}inner = keras.Model(a, c)\nx = keras.Input((4,))\nm = keras.Model(x, inner(x))\n"
    )
    record = model(code)
    assert record.layers[-1].name == "functional"
    assert [row.name for row in record.layers[-1].rows] == ["input_layer", "dense", "dense_1"]
    assert outputs(code) == [(None, 3), (None, 2)]


def test_a_model_may_be_cut_out_of_another() -> None:
    code = f"{CHAIN}m = keras.Model(a, c)\nn = keras.Model(m.input, m.layers[1].output)\n"
    assert model(code).outputs == ((None, 3),)


def test_an_unknown_part_makes_a_model_incomplete_not_wrong() -> None:
    analysis = analyse("a = keras.Input((4,))\nm = keras.Model(a, unknown(a))\n")
    assert not analysis.faults
    assert all(not record.complete for record in analysis.models)


def test_either_of_two_branches_leaves_what_they_share() -> None:
    code = "x = layers.Dense(3)(a) if flag else layers.Dense(5)(a)\nm = keras.Model(a, x)\n"
    shapes: Any = model(CHAIN + code).outputs
    [shape] = shapes
    assert shape[0] is None
    assert not isinstance(shape[1], int)
