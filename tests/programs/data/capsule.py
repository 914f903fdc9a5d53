"""Capsules with routing by agreement."""

import keras
from keras import layers, ops


class Caps(layers.Layer):
    def __init__(self, num, dim, routings=3, **kw):
        super().__init__(**kw)
        self.num, self.dim, self.routings = num, dim, routings

    def build(self, s):
        self.in_num, self.in_dim = s[1], s[2]
        self.W = self.add_weight(shape=[self.num, self.in_num, self.dim, self.in_dim], name="W")

    def call(self, inputs):
        x = ops.expand_dims(inputs, 1)
        x = ops.tile(x, [1, self.num, 1, 1])
        x = ops.expand_dims(x, -1)
        h = ops.squeeze(ops.matmul(self.W, x), -1)
        b = ops.zeros_like(h[..., 0])
        for i in range(self.routings):
            c = ops.softmax(b, axis=1)
            o = ops.einsum("bni,bnid->bnd", c, h)
            if i < self.routings - 1:
                b = b + ops.einsum("bnd,bnid->bni", o, h)
        return o


i = keras.Input((28, 28, 1))
c = layers.Conv2D(16, 9, activation="relu")(i)
p = layers.Conv2D(8 * 4, 9, strides=2)(c)
p = layers.Reshape([-1, 8])(p)
d = Caps(10, 16)(p)
length = layers.Lambda(lambda z: ops.sqrt(ops.sum(ops.square(z), -1)), name="len")(d)
m = keras.Model(i, length)
