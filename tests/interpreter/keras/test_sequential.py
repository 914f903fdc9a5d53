"""Sequential models: built at once, later, or by a call; changed and nested."""

from __future__ import annotations

from tests.interpreter.keras_programs import analyse, faults, model, outputs, rows


def test_layers_follow_each_other() -> None:
    record = model("m = keras.Sequential([keras.Input((6,)), layers.Dense(4), layers.Dense(2)])\n")
    assert [row.name for row in record.layers] == ["dense", "dense_1"]
    assert rows(record)["dense_1"] == ("dense",)
    assert (record.inputs, record.outputs) == (((None, 6),), ((None, 2),))
    assert record.total_params == 38


def test_a_loop_adds_layers() -> None:
    code = (
        "m = keras.Sequential([keras.Input((6,))])\nfor n in [4, 3]:\n    m.add(layers.Dense(n))\n"
    )
    assert model(code).outputs == ((None, 3),)
    assert outputs(code) == [(None, 4), (None, 3)]


def test_a_model_without_input_is_built_by_build_and_by_a_call() -> None:
    start = "m = keras.Sequential([layers.Dense(4), layers.Dense(2)])\n"
    assert outputs(start) == []
    assert outputs(start + "m.build((None, 6))\n") == [(None, 4), (None, 2)]
    assert outputs(start + "m(keras.Input((6,)))\n") == [(None, 4), (None, 2)]
    assert model(start).total_params is None


def test_input_shape_of_the_first_layer() -> None:
    assert outputs("m = keras.Sequential([layers.Dense(4, input_shape=(6,))])\n") == [(None, 4)]


def test_pop_takes_the_last_layer_off() -> None:
    code = "m = keras.Sequential([keras.Input((6,)), layers.Dense(4), layers.Dense(2)])\nm.pop()\n"
    record = model(code)
    assert (record.outputs, record.total_params) == (((None, 4),), 28)


def test_a_model_in_a_model() -> None:
    code = "inner = keras.Sequential([layers.Dense(4)])\n"
    code += "m = keras.Sequential([keras.Input((6,)), inner, layers.Dense(2)])\n"
    assert model(code).total_params == 38
    assert outputs(code) == [(None, 4), (None, 2)]


def test_frozen_layers_are_not_trained() -> None:
    code = "m = keras.Sequential([keras.Input((6,)), layers.Dense(4, name='a'), layers.Dense(2)])\n"
    record = model(code + "m.get_layer('a').trainable = False\n")
    assert (record.trainable_params, record.non_trainable_params) == (10, 28)
    assert model(code + "m.trainable = False\n").trainable_params == 0


def test_a_layer_that_may_be_missing_leaves_the_model_open() -> None:
    code = "m = keras.Sequential([keras.Input((6,)), layers.Dense(1)])\n"
    code += "if flag:\n    m.add(layers.Dense(2))\nm.add(layers.Dense(3))\n"
    record = model(code)
    assert (record.complete, record.total_params) == (False, None)
    assert record.outputs == ((None, 3),)


def test_layers_that_do_not_fit_are_refused_where_they_are_added() -> None:
    code = "m = keras.Sequential([keras.Input((8, 8, 3)), layers.Dense(4)])\n"
    [record] = analyse(code + "m.add(layers.LSTM(4))\n").faults
    assert (record.fault.kind.name, record.layer) == ("INPUT_RANK", "keras.layers.LSTM")
    assert faults(code + "m.add(layers.Flatten())\nm.add(layers.Dense(1))\n") == []


def test_a_list_changed_after_the_model_was_made_does_not_change_it() -> None:
    code = "ls = [keras.Input((6,)), layers.Dense(4)]\nm = keras.Sequential(ls)\n"
    assert model(code + "ls.append(layers.Dense(2))\n").outputs == ((None, 4),)
