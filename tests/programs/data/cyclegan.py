"""Reflection padding, residual blocks, two generators."""

import keras
from keras import layers, ops


class Pad(layers.Layer):
    def __init__(self, padding=(1, 1), **kw):
        self.padding = tuple(padding)
        super().__init__(**kw)

    def call(self, t, mask=None):
        w, h = self.padding
        return ops.pad(t, [[0, 0], [h, h], [w, w], [0, 0]], mode="REFLECT".lower())


def res(x, act, ks=(3, 3), st=(1, 1), padding="valid", use_bias=False):
    dim = x.shape[-1]
    i = x
    for k in range(2):
        x = Pad()(x)
        x = layers.Conv2D(dim, ks, strides=st, padding=padding, use_bias=use_bias)(x)
        x = layers.GroupNormalization(groups=-1)(x)
        if k == 0:
            x = act(x)
    return layers.add([i, x])


def gen(filters=8, nd=2, nr=2, nu=2, name=None):
    img = layers.Input((64, 64, 3), name=(name or "g") + "_img_input")
    x = Pad(padding=(3, 3))(img)
    x = layers.Conv2D(filters, (7, 7), use_bias=False)(x)
    x = layers.Activation("relu")(x)
    for _ in range(nd):
        filters *= 2
        x = layers.Conv2D(filters, 3, 2, "same")(x)
    for _ in range(nr):
        x = res(x, layers.Activation("relu"))
    for _ in range(nu):
        filters //= 2
        x = layers.Conv2DTranspose(filters, (3, 3), strides=(2, 2), padding="same")(x)
    x = Pad((3, 3))(x)
    x = layers.Conv2D(3, (7, 7))(x)
    return keras.models.Model(img, layers.Activation("tanh")(x), name=name)


G, F = gen(name="generator_G"), gen(name="generator_F")


class CG(keras.Model):
    def __init__(self, g, f):
        super().__init__()
        self.g, self.f = g, f

    def call(self, x):
        return self.f(self.g(x))


cg = CG(G, F)
cg(keras.Input((64, 64, 3)))
