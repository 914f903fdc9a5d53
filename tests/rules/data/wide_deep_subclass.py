# fine
import keras
import numpy as np
from keras import layers


class WD(keras.Model):
    def __init__(self, units=30, activation="relu", **kw):
        super().__init__(**kw)
        self.h1 = layers.Dense(units, activation=activation)
        self.out = layers.Dense(1)
        self.aux = layers.Dense(1)

    def call(self, inputs):
        a, b = inputs
        h = self.h1(b)
        return self.out(layers.concatenate([a, h])), self.aux(h)


m = WD()
m.compile(loss=["mse", "mse"], loss_weights=[0.9, 0.1], optimizer="sgd")
A, B, y = np.random.rand(8, 2), np.random.rand(8, 5), np.random.rand(8, 1)
m.fit((A, B), (y, y), verbose=0)
