"""Layers that build others and ask them for shapes."""

import keras
from keras import layers


class A(layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.d = layers.Dense(n)

    def build(self, s):
        self.d.build(s)
        self.w = self.add_weight(shape=(s[-1],))

    def call(self, x):
        return self.d(x)

    def compute_output_shape(self, s):
        return (*s[:-1], self.d.units)


class B(layers.Layer):
    def build(self, s):
        self.a = A(4)
        self.a.build(s)
        s2 = self.a.compute_output_shape(s)
        self.b = layers.Dense(3)
        self.b.build(s2)

    def call(self, x):
        return self.b(self.a(x))


x = B()(keras.Input((7, 5)))
c = layers.Conv2D(3, 3)
s = c.compute_output_shape((None, 8, 8, 1))
print(s, c.built)
layers.Dense(s[1])(x)
