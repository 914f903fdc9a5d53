"""Graph attention on fixed batches."""

import keras
from keras import layers, ops


def create_ffn(hidden, rate, name=None):
    ls = []
    for u in hidden:
        ls.append(layers.BatchNormalization())
        ls.append(layers.Dropout(rate))
        ls.append(layers.Dense(u, activation="gelu"))
    return keras.Sequential(ls, name=name)


class GAT(layers.Layer):
    def __init__(self, units, **kw):
        super().__init__(**kw)
        self.units = units

    def build(self, s):
        self.kernel = self.add_weight(shape=(s[0][-1], self.units), name="kernel")
        self.ka = self.add_weight(shape=(self.units * 2, 1))
        self.built = True

    def call(self, inputs):
        nodes, edges = inputs
        h = ops.matmul(nodes, self.kernel)
        he = ops.take(h, edges, axis=0)
        he = ops.reshape(he, (-1, self.units * 2))
        a = ops.leaky_relu(ops.matmul(he, self.ka))
        a = ops.squeeze(a, -1)
        return ops.relu(h), a


n = keras.Input(batch_shape=(30, 7))
e = keras.Input(batch_shape=(50, 2), dtype="int32")
h, a = GAT(9)([n, e])
f = create_ffn([8, 4], 0.2, "ffn")(h)
m = keras.Model([n, e], [f, a])
