"""Dicts and nests of inputs and outputs."""

import keras
from keras import layers


def mlp(units, name=None):
    def f(x):
        for u in units:
            x = layers.Dense(u, activation="relu")(x)
        return x

    return f


i1 = keras.Input((8,), name="a")
i2 = keras.Input((6,), name="b")
shared = layers.Dense(4, name="shared")
pre = mlp([8, 8])
x = layers.Concatenate()([shared(pre(i1)), layers.Dense(3)(i2)])
y = shared(layers.Dense(8)(i2))
outs = {"o1": layers.Dense(1)(x), "o2": [layers.Dense(2)(y), y]}
m = keras.Model({"a": i1, "b": i2}, outs)
z = m({"a": keras.Input((8,)), "b": keras.Input((6,))})
d = layers.Dense(2)(z["o1"])
big = keras.Model([i1, i2], m([i1, i2])["o1"])
