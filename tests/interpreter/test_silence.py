"""Programs that may work, depending on values nobody knows: no fault is certain."""

from __future__ import annotations

import textwrap

import pytest

from keraslint.engine import analyse_source
from keraslint.sources import Source

PRELUDE = """
import json, os, random, sys
import numpy as np
import keras
from keras import layers
flag = os.environ.get("FLAG")
config = json.load(open("config.json"))
"""

PROGRAMS = {
    "a shape that is one of two": """
        shape = (28, 28) if random.random() > 0.5 else (28, 28, 1)
        keras.Sequential([layers.Conv2D(3, 3, input_shape=shape)])
    """,
    "a merge behind a condition on sizes that nobody could follow": """
        def block(x, filters):
            y = layers.Conv2D(filters, 1)(x)
            if keras.ops.any(keras.ops.array([x.shape[-1] == filters])):
                return layers.Add()([x, y])
            same = json.dumps(x.shape[-1]) == json.dumps(filters)
            return layers.Multiply()([x, y]) if same and sorted([filters]) else y
        block(block(keras.Input((8, 8, 3)), 3), 4)
    """,
    "attributes that another method sets": """
        class Labels:
            def __init__(self):
                self.count = None
            def initialize(self, count):
                self.count = count
        class Coder:
            def __init__(self, size, rate=0.0):
                self.size = size
                self.start = self.labels = None
                self.data = Labels()
            def build(self):
                self.start = keras.Input((self.size,))
                self.labels = 3
                self.finish()
            def finish(self, depth=2):
                y = layers.Dense(self.data.count)(layers.Dense(self.labels)(self.start))
                return keras.Model(inputs=self.start, outputs=y)
        class Special(Coder):
            def finish(self):
                return keras.Model(inputs=self.start, outputs=layers.Dense(2)(self.start))
    """,
    "a call that depends on what the called has": """
        def make(module):
            x = keras.Input((4, 3))
            recurrent = getattr(module, "get_initial_state", None) is not None
            first = module(x, module.get_initial_state(3)) if recurrent else module(x)
            if hasattr(module, "get_initial_state"):
                return module(x, module.get_initial_state(3))
            if recurrent:
                return module(x, 3)
            return module(first)
        make(keras.Sequential([layers.Dense(3)]))
    """,
    "training that may be None, by place": """
        class Half(layers.Layer):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
            def call(self, x, training=None):
                return self.drop(x, training)
        Half()(keras.Input((3,)))
        layers.Dropout(0.5)(keras.Input((3,)), flag)
        layers.Dropout(0.5)(keras.Input((3,)), True if flag else None)
        keras.Sequential([layers.Dense(3)])(keras.Input((3,)), None)
    """,
    "an axis that only arrays may be given": """
        keras.ops.one_hot(np.array([[0, 1], [2, 3]]), 4, axis=2)
        keras.ops.argsort(np.array(1))
    """,
    "a layer that may be given several tensors": """
        class Attend(layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.attention = layers.MultiHeadAttention(2, 4)
            def call(self, inputs):
                if isinstance(inputs, (list, tuple)):
                    query, value = inputs[0], inputs[1]
                else:
                    query, value = inputs, inputs
                return self.attention(query, value, value)
        class Block(layers.Layer):
            def __init__(self, crossed, **kwargs):
                super().__init__(**kwargs)
                self.crossed = crossed
                self.attend = Attend()
            def call(self, inputs):
                if isinstance(inputs, (list, tuple)):
                    x, features = inputs[0], inputs[1]
                else:
                    x, features = inputs, None
                if self.crossed:
                    x = self.attend([x, features])
                return x
    """,
    "a stated size that turns out to be known": """
        class Low(layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.down = layers.EinsumDense("...bc,cd->...bd", output_shape=(None, 7))
                self.dense = layers.Dense(3)
            def call(self, x):
                y = keras.ops.transpose(self.down(keras.ops.transpose(x, (0, 2, 1))), (0, 2, 1))
                return self.dense(y)
        Low()(keras.Input((21, 80)))
    """,
    "a stack of layers that nobody knows": """
        def stack(model):
            return keras.Sequential(layers=model.layers)
    """,
    "a dtype that counts as none": """
        keras.random.uniform((2,), dtype=0)
        keras.random.gamma((2,), 1.0, dtype="")
    """,
    "an argument that only some calls add": """
        def make(kind, **more):
            if flag:
                more["return_sequences"] = True
            return kind(3, **more)
        make(layers.Dense)
    """,
    "a layer that says another shape than it gives": """
        class Angles(layers.Layer):
            def call(self, inputs):
                return anything(inputs)
            def compute_output_shape(self, input_shape):
                return input_shape
        class Turn(layers.Layer):
            def call(self, inputs, angles):
                return inputs * layers.Dense(3)(angles[:, 0, :])
        inputs = keras.Input((5,))
        Turn()(inputs, Angles()(inputs))
    """,
    "a layer that takes more only if a condition nobody knows holds": """
        for layer in [layers.Rescaling(2.0), layers.MultiHeadAttention(2, 3)]:
            x = keras.Input((4, 3))
            x = layer(x, x) if json.dumps(layer.name) == flag else x
    """,
    "a layout that one method sets and the others do not": """
        class Cases:
            def first(self):
                keras.config.set_image_data_format("channels_first")
                layers.Conv2D(4, 3)(keras.Input((3, 8, 8)))
            def second(self):
                layers.Conv2D(4, 3)(keras.Input((8, 8, 3)))
            def third(self):
                layers.Conv2D(3, 3, groups=3)(keras.Input((3, 8, 8)))
    """,
    "a layer chosen by the rank": """
        def block(x, ndim=None):
            if ndim is None:
                ndim = len(x.shape) - 2
            convolution = {1: layers.Conv1D, 2: layers.Conv2D, 3: layers.Conv3D}[ndim]
            return convolution(8, 3)(x)
        block(keras.Input((8, 8, 3)))
    """,
    "a helper called with shapes of two ranks": """
        def build(shape, kernel):
            inputs = keras.Input(shape)
            if len(shape) == 2:
                outputs = layers.Conv1D(8, kernel)(inputs)
            else:
                outputs = layers.Conv2D(8, kernel)(inputs)
            return keras.Model(inputs, outputs)
        build((10, 3), 3)
        build((28, 28, 1), (3, 3))
    """,
    "a stack that depends on a flag": """
        model = keras.Sequential([keras.Input((28, 28, 1))])
        if flag:
            model.add(layers.Conv2D(8, 3))
        else:
            model.add(layers.Flatten())
        model.add(layers.Dense(10))
        if not flag:
            model.add(layers.Reshape((5, 2)))
    """,
    "an early return deep inside": """
        def build(first, second):
            model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(3, 3)])
            if first:
                pass
            else:
                if second:
                    return model
            model.add(layers.Flatten())
            return model
        build(config["first"], config["second"]).add(layers.Conv2D(3, 3))
    """,
    "an early return from a loop": """
        def build(names):
            model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(3, 3)])
            for name in ("a", "b"):
                with open(name) as file:
                    if file.read():
                        return model
            model.add(layers.Flatten())
            return model
        build(config["names"]).add(layers.Conv2D(3, 3))
    """,
    "a shape that was given before something was raised": """
        try:
            shape = (8, 8, 3)
            shape = tuple(config["shape"], config["depth"])
            shape = (4,)
        except TypeError:
            pass
        keras.Sequential([keras.Input(shape), layers.Conv2D(3, 3)])
    """,
    "return_sequences from a file": """
        first = layers.LSTM(4, return_sequences=config.get("rs", True), input_shape=(10, 3))
        keras.Sequential([first, layers.LSTM(4)])
    """,
    "a loop of unknown length": """
        x = keras.Input((7,))
        for i in range(int(sys.argv[1])):
            x = layers.Dense(4 * i + 1)(x)
        layers.Add()([x, layers.Dense(12)(x)])
    """,
    "a list of unknown length": """
        widths = [16, 32]
        while len(widths) < config["depth"]:
            widths.append(widths[-1] * 2)
        x = keras.Input((64, 64, 3))
        for width in widths:
            x = layers.Conv2D(width, 3, strides=2)(x)
        layers.Conv2D(4, 40)(x)
    """,
    "an expected error": """
        try:
            layers.Conv1D(3, 3)(keras.Input((8, 8, 3)))
        except ValueError:
            pass
    """,
    "a default that stands for nothing": """
        class Net(keras.Model):
            def __init__(self, units=None):
                super().__init__()
                self.dense = layers.Dense(units)
    """,
    "data from a file": """
        data = np.load("x.npy")
        model = keras.Sequential([layers.Conv1D(4, 3, input_shape=data.shape[1:])])
        model.compile("adam", "mse")
        model.fit(data, data)
    """,
    "arguments from a file": """
        settings = {"units": 1}
        settings.update(config)
        layers.Dense(settings["units"])
        layers.Dense(settings.get("other"))
        layers.Dense(config["width"] and 3)(keras.Input((3,)))
    """,
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_nothing_is_certain(program: str) -> None:
    text = PRELUDE + textwrap.dedent(program)
    analysis = analyse_source(Source("program.py", text, text))
    assert not analysis.problems
    assert not analysis.faults
