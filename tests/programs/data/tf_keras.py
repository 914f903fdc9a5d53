"""The tf.keras way: a residual layer that builds its projection."""

import tensorflow as tf
from tensorflow.keras import layers, models


class Residual(layers.Layer):
    def __init__(self, filters, **kw):
        super(Residual, self).__init__(**kw)
        self.c1 = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.c2 = layers.Conv2D(filters, 3, padding="same")
        self.proj = None
        self.filters = filters

    def build(self, input_shape):
        if input_shape[-1] != self.filters:
            self.proj = layers.Conv2D(self.filters, 1)
        super().build(input_shape)

    def call(self, x):
        y = self.c2(self.c1(x))
        if self.proj is not None:
            x = self.proj(x)
        return tf.nn.relu(x + y)


inp = tf.keras.Input((32, 32, 3))
x = Residual(16)(inp)
x = Residual(16)(x)
x = tf.keras.layers.GlobalAvgPool2D()(x)
out = tf.keras.layers.Dense(10, activation=tf.nn.softmax)(x)
model = tf.keras.models.Model(inp, out)
