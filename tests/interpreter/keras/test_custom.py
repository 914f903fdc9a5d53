"""Layers and models that a program defines."""

from __future__ import annotations

from tests.interpreter.keras_programs import analyse, faults, model, outputs

DENSE = """
class Own(layers.Layer):
    def __init__(self, units, **kw):
        super().__init__(**kw)
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), trainable=False)
    def call(self, x):
        return ops.matmul(x, self.w) + self.b
"""
BLOCK = """
class Block(layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.parts = [layers.Dense(n), layers.Dense(n + 1)]
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x
"""
NET = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(4)
        self.last = layers.Dense(2)
    def call(self, x, training=False):
        return self.last(self.hidden(x))
net = Net()
"""


def test_weights_of_a_layer_of_the_program() -> None:
    record = model(f"{DENSE}x = keras.Input((4,))\nm = keras.Model(x, Own(5)(x))\n")
    assert (record.outputs, record.total_params) == (((None, 5),), 25)
    assert record.non_trainable_params == 5
    assert (record.layers[-1].name, record.layers[-1].class_name) == ("own", "Own")


def test_a_layer_of_the_program_is_a_site() -> None:
    sites = analyse(f"{DENSE}Own(5)(keras.Input((4,)))\n").sites
    assert [(site.layer, len(site.calls)) for site in sites if "Own" in site.layer] == [("Own", 1)]


def test_layers_inside_are_called_and_counted() -> None:
    code = f"{BLOCK}x = keras.Input((4,))\nm = keras.Model(x, Block(3)(x))\n"
    assert outputs(code) == [(None, 3), (None, 4)]
    assert model(code).total_params == 15 + 16


def test_each_instance_has_layers_of_its_own() -> None:
    code = f"{BLOCK}x = keras.Input((4,))\nm = keras.Model(x, Block(3)(Block(3)(x)))\n"
    assert model(code).total_params == 2 * 31
    shared = f"{BLOCK}x = keras.Input((4,))\nb = Block(3)\nm = keras.Model(x, b(b(x)))\n"
    assert model(shared).total_params == 31


def test_a_fault_inside_carries_the_way_there() -> None:
    code = BLOCK.replace("layers.Dense(n + 1)", "layers.Conv1D(n, 2)")
    [record] = analyse(f"{code}Block(3)(keras.Input((4,)))\n").faults
    assert (record.fault.kind.name, len(record.stack)) == ("INPUT_RANK", 1)


def test_a_model_of_the_program_is_built_by_a_call() -> None:
    record = model(f"{NET}net(keras.Input((3,)))\n")
    assert (record.kind, record.name) == ("Net", "net")
    assert record.total_params == 16 + 10
    assert [row.name for row in record.layers] == ["dense", "dense_1"]


def test_a_model_that_is_never_called_has_no_known_weights() -> None:
    assert model(NET).total_params is None


def test_a_call_that_depends_on_training_is_followed_both_ways() -> None:
    code = NET.replace(
        "return self.last", "x = x if training else x[:, :2]\n        return self.last"
    )
    assert faults(f"{code}net(keras.Input((3,)), training=flag)\n") == []


def test_the_shape_of_a_call_that_is_not_known_is_not_guessed() -> None:
    code = "class Odd(layers.Layer):\n    def call(self, x):\n        return unknown(x)\n"
    code += "x = Odd()(keras.Input((4,)))\nlayers.Conv1D(3, 9)(x)\n"
    assert faults(code) == []
