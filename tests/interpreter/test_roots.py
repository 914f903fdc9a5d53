"""Where an analysis starts: module code first, then what nothing reached."""

from __future__ import annotations

from typing import Any

from keraslint.tensors.dims import Expr
from tests.interpreter.keras_programs import analyse, faults, model


def entries(code: str) -> list[str]:
    return [call.entry for _, call in analyse(code).calls()]


def texts(code: str, layer: str) -> list[str]:
    calls = [call for site, call in analyse(code).calls() if site.layer.endswith(f".{layer}")]
    shapes: list[Any] = [output.shape for call in calls for output in call.outputs or ()]
    return [dim.text() if isinstance(dim, Expr) else str(dim) for shape in shapes for dim in shape]


def test_module_code_is_run_as_the_main_program() -> None:
    code = "def f():\n    keras.Input((2,))\nif __name__ == '__main__':\n    f()\n"
    assert entries(code) == ["<module>"]


def test_what_nothing_reaches_is_run_on_its_own() -> None:
    code = """
def f(n):
    return layers.Dense(n)(keras.Input((2,)))
def g():
    return f(5)
class A:
    def m(self):
        return f(6)
"""
    dense = [site for site in analyse(code).sites if site.layer == "keras.layers.Dense"]
    assert {call.entry for call in dense[0].calls} == {"f", "g", "A"}


def test_a_function_that_is_reached_is_no_entry() -> None:
    code = "def f(n):\n    return layers.Dense(n)(keras.Input((2,)))\nf(3)\nf(4)\n"
    analysis = analyse(code)
    [dense] = [site for site in analysis.sites if site.layer == "keras.layers.Dense"]
    assert [call.params for call in dense.calls] == [9, 12]
    assert {call.entry for call in dense.calls} == {"<module>"}


def test_parameters_are_known_by_name() -> None:
    code = "def f(filters, n):\n    x = keras.Input((n, 2))\n    layers.Conv1D(filters, 1)(x)\n"
    assert texts(code, "Conv1D") == ["None", "n", "filters"]


def test_sums_and_products_of_parameters_are_written_out() -> None:
    code = "def f(n):\n    layers.Dense(2 * n + 1)(keras.Input((3,)))\n"
    assert texts(code, "Dense") == ["None", "2*n + 1"]
    code = "def f(n):\n    layers.Flatten()(layers.Dense(n)(keras.Input((6, 3))))\n"
    assert texts(code, "Flatten") == ["None", "6*n"]


def test_defaults_are_taken_for_what_is_not_given() -> None:
    assert texts("def f(n=4):\n    layers.Dense(n)(keras.Input((3,)))\n", "Dense") == ["None", "4"]


FAULTY = "    layers.Conv1D(2, kernel)(keras.Input((4, 3)))\n"


def test_a_fault_of_defaults_alone_counts() -> None:
    assert faults(f"def f(kernel=9):\n{FAULTY}") == ["EMPTY_OUTPUT"]


def test_a_default_beside_a_parameter_that_must_be_given_proves_nothing() -> None:
    assert faults(f"def f(x, kernel=9):\n{FAULTY}") == []


def test_none_stands_for_something_that_is_given_later() -> None:
    code = "def f(shape=None):\n    layers.Dense(units=shape)(keras.Input((4,)))\n"
    assert faults(code) == []


def test_a_fault_whatever_the_arguments_are_counts() -> None:
    code = "def f(n, m=3):\n    layers.Conv1D(n, m)(keras.Input((4,)))\n"
    assert faults(code) == ["INPUT_RANK"]


def test_roots_do_not_see_what_other_roots_did() -> None:
    code = """
sizes = []
def f():
    sizes.append(3)
    return keras.Sequential([keras.Input((2,)), layers.Dense(len(sizes))])
def g():
    return keras.Sequential([keras.Input((2,)), layers.Dense(len(sizes) + 1)])
"""
    shapes = [record.outputs for record in analyse(code).models]
    assert shapes == [((None, 1),), ((None, 1),)]


def test_methods_count_on_the_constructor_only() -> None:
    code = """
class Builder:
    def __init__(self, width=3):
        self.width = width
    def grow(self):
        self.width = 50
    def make(self):
        return keras.Sequential([keras.Input((2,)), layers.Dense(self.width)])
"""
    assert model(code).outputs == ((None, 3),)


def test_a_class_of_layers_is_an_entry() -> None:
    code = """
class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
"""
    assert set(entries(code)) == {"Block"}


def test_models_are_known_by_the_function_that_makes_them() -> None:
    record = model("def build(n):\n    return keras.Sequential([layers.Dense(n)])\n")
    assert (record.entry, "build" in record.qualnames) == ("build", True)
