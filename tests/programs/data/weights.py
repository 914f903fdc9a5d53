"""Layers with weights of their own."""

import keras
from keras import layers, ops


class Att(layers.Layer):
    def __init__(self, units=None, **kwargs):
        self.units = units
        super().__init__(**kwargs)

    def build(self, input_shape):
        d = input_shape[-1]
        u = self.units or d
        self.W = self.add_weight(name="W", shape=(d, u), initializer="normal")
        self.b = self.add_weight(name="b", shape=(input_shape[1], 1), initializer="zeros")
        self.v = (
            self.add_weight("v", shape=(u, 1), trainable=False)
            if False
            else self.add_weight(shape=(u, 1), trainable=False)
        )
        super().build(input_shape)

    def call(self, x):
        e = ops.tanh(ops.dot(x, self.W))
        a = ops.softmax(ops.matmul(e, self.v) + self.b, axis=1)
        return ops.sum(x * a, axis=1)

    def compute_output_shape(self, s):
        return (s[0], s[-1])


i = keras.Input((12, 5))
o = Att()(i)
p = Att(7)(i)
m = keras.Model(i, layers.add([o, p]))


class Two(layers.Layer):
    def build(self, shapes):
        a, b = shapes
        self.k = self.add_weight(shape=(a[-1], b[-1]))

    def call(self, inputs):
        a, b = inputs
        return ops.matmul(a, self.k) * b


q = Two()([o, layers.Dense(3)(p)])
