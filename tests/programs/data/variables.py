"""Variables that layers and models hold under an attribute, in containers, or not at all."""

import keras
import numpy as np
from keras import layers, ops


class Offset(layers.Layer):
    """Adds a table that is looked up by an index which is not trained."""

    def __init__(self, length, width, **kwargs):
        super().__init__(**kwargs)
        grid = np.arange(length)[:, None] - np.arange(length)[None, :] + length - 1
        self.index = keras.Variable(grid, trainable=False, dtype="int32")
        self.table = self.add_weight(shape=(2 * length - 1, width), name="table")
        self.again = self.table

    def build(self, input_shape):
        mask = ops.where(ops.zeros((input_shape[-2], input_shape[-1])) == 0, 1.0, 0.0)
        self.mask = keras.Variable(mask, trainable=False, name="mask")

    def call(self, x):
        return x * self.mask + ops.mean(ops.take(self.table, self.index, axis=0), axis=1)


class Mixture(layers.Layer):
    """Variables of every origin, in containers."""

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.scale = keras.Variable(2.0)
        self.shift = keras.Variable("zeros", shape=(width,))
        self.gains = [
            keras.Variable(keras.initializers.Ones(), shape=(width,)),
            keras.Variable(np.zeros(width)),
        ]
        self.named = {"bias": keras.Variable(np.zeros((1, width))), "dense": layers.Dense(width)}
        self.pair = (keras.Variable(np.zeros((3, 2)), trainable=False),)
        unused = keras.Variable(np.zeros(100))
        self.size = len(unused.shape)

    def call(self, x):
        return self.named["dense"](x * self.scale) + self.shift + self.named["bias"]


class Warm(keras.Model):
    """A model with a temperature."""

    def __init__(self):
        super().__init__()
        self.temperature = keras.Variable(1.0, name="temperature")
        self.head = layers.Dense(5)

    def call(self, x):
        return self.head(x) / self.temperature


inputs = keras.Input((6, 8))
x = Offset(6, 8)(inputs)
x = Mixture(8)(x)
x = layers.GlobalAveragePooling1D()(x)
model = keras.Model(inputs, x)

warm = Warm()
warm(ops.zeros((2, 3)))
