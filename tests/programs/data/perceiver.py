"""A latent array and cross-attention."""

import keras
from keras import layers, ops


class FFN(keras.layers.Layer):
    def __init__(self, dims, drop):
        super().__init__()
        self.net = keras.Sequential()
        for d in dims[:-1]:
            self.net.add(layers.Dense(d, "gelu"))
        self.net.add(layers.Dense(dims[-1]))
        self.net.add(layers.Dropout(drop))

    def call(self, x):
        return self.net(x)


class Lat(layers.Layer):
    def __init__(self, n, d):
        super().__init__()
        self.n, self.d = n, d

    def build(self, s):
        self.lat = self.add_weight(shape=(self.n, self.d), initializer="random_normal")

    def call(self, x):
        return ops.tile(ops.expand_dims(self.lat, 0), (ops.shape(x)[0], 1, 1))


i = keras.Input((144, 48))
q = Lat(16, 32)(i)
kv = layers.Dense(32)(i)
a = layers.Attention(use_scale=True, dropout=0.2)([q, kv, kv])
a = layers.Add()([a, q])
a = FFN([64, 32], 0.1)(a)
a = layers.LayerNormalization()(a)
m = keras.Model(i, layers.GlobalAveragePooling1D()(a))
