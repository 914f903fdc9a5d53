"""Twice as much takes twice as long, counted in calls of keraslint's own functions."""

from __future__ import annotations

import sys

import pytest

from keraslint.engine import analyse_bytes

SIZES = (100, 200, 400)


def sequential(size):
    return "model = keras.Sequential()\n" + "model.add(keras.layers.Dense(8))\n" * size


def built(size):
    return "model = keras.Sequential([keras.Input((8,))])\n" + (
        "model.add(keras.layers.Dense(8))\n" * size
    )


def functional(size):
    return (
        f"x = i = keras.Input((8,))\nfor _ in range({size}):\n    x = keras.layers.Dense(8)(x)\n"
        "model = keras.Model(i, x)\n"
    )


def nested(size):
    lines = ["def f0(x):", "    return keras.layers.Dense(8)(x)"]
    for depth in range(1, size // 16):
        lines += [f"def f{depth}(x):", f"    return f{depth - 1}(keras.layers.Dense(8)(x))"]
    return "\n".join([*lines, f"f{size // 16 - 1}(keras.Input((8,)))\n"])


def calls(program):
    data = f"import keras\n{program}".encode()
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        analysis = analyse_bytes("growth.py", data)
    finally:
        sys.setprofile(None)
    assert not analysis.limits
    return count


@pytest.mark.parametrize("program", [sequential, built, functional, nested])
def test_work_grows_no_faster_than_the_program(program):
    calls(program(50))  # whatever is loaded once is loaded now
    counts = [calls(program(size)) for size in SIZES]
    assert counts[1] < 2.2 * counts[0]
    assert counts[2] < 2.2 * counts[1]


def test_a_model_of_ten_thousand_layers_is_known():
    analysis = analyse_bytes("growth.py", f"import keras\n{functional(10_000)}".encode())
    assert not analysis.limits
    [model] = analysis.models
    assert model.total_params == 10_000 * 72
