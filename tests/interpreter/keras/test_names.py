"""The names that Keras hands out."""

from __future__ import annotations

from tests.interpreter.keras_programs import model, rows


def names(code: str) -> list[str]:
    return [row.name for row in model(code).layers]


def test_names_count_up_by_class() -> None:
    code = "m = keras.Sequential([layers.Dense(3), layers.Dense(3), layers.MaxPool1D(1)])\n"
    assert names(code) == ["dense", "dense_1", "max_pooling1d"]


def test_layers_outside_a_model_take_names_too() -> None:
    assert names("layers.Dense(3)\nm = keras.Sequential([layers.Dense(3)])\n") == ["dense_1"]


def test_a_name_that_is_given_takes_no_automatic_one() -> None:
    code = "m = keras.Sequential([layers.Dense(3, name='a'), layers.Dense(3)])\n"
    assert names(code) == ["a", "dense"]


def test_a_new_session_starts_again() -> None:
    code = "layers.Dense(3)\nkeras.backend.clear_session()\n"
    assert names(code + "m = keras.Sequential([layers.Dense(3)])\n") == ["dense"]


def test_after_a_branch_it_is_not_known_which_name_comes_next() -> None:
    code = (
        "x = keras.Input((4,))\n"
        "if flag:\n    layers.Dense(3)\n"
        "m = keras.Model(x, layers.Dense(2)(layers.ReLU()(layers.Dense(5)(x))))\n"
    )
    assert list(rows(model(code))) == ["input_layer", "dense_?2", "re_lu", "dense_?1"]
    assert rows(model(code))["dense_?1"] == ("re_lu",)


def test_after_a_loop_of_unknown_length_it_is_not_known_either() -> None:
    code = (
        "for _ in range(int(flag)):\n    layers.Dense(3)\n"
        "m = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\n"
    )
    assert names(code) == ["dense_?1"]
