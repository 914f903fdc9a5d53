"""Models that override what their bases call."""

import keras
from keras import layers


class Base(keras.Model):
    depth = 2

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.enc = self.make_encoder()
        self.head = layers.Dense(self.n_out())

    def make_encoder(self):
        return keras.Sequential([layers.Dense(16) for _ in range(self.depth)])

    def n_out(self):
        return 1

    def call(self, x):
        return self.head(self.enc(x))


class Big(Base):
    depth = 4

    def n_out(self):
        return 5

    @property
    def width(self):
        return 32

    def make_encoder(self):
        s = keras.Sequential(name="enc")
        for k in range(self.depth):
            s.add(layers.Dense(self.width, name=f"d{k}"))
        return s


m = Big(name="big")
m(keras.Input((3,)))
n = Base()
n.build((None, 7))


class Scaled(layers.Dense):
    def __init__(self, units, scale=2.0, **kw):
        super().__init__(units, **kw)
        self.scale = scale

    def call(self, x):
        return super().call(x) * self.scale


f = keras.Input((4,))
out = Scaled(6, scale=0.5, activation="relu")(f)


class Func(keras.Model):
    def __init__(self, n):
        i = keras.Input((n,))
        o = layers.Dense(2)(layers.Dense(3)(i))
        super().__init__(inputs=i, outputs=o, name="func")


fm = Func(9)
