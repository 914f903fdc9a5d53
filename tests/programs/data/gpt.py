"""A causal Transformer."""

import keras
from keras import layers, ops


def causal(b, n, m, dtype):
    i = ops.arange(n)[:, None]
    j = ops.arange(m)
    mask = ops.cast(i >= j - m + n, dtype)
    mask = ops.reshape(mask, (1, n, m))
    return ops.broadcast_to(mask, (b, n, m))


class Block(layers.Layer):
    def __init__(self, e, h, f, r=0.1):
        super().__init__()
        self.att = layers.MultiHeadAttention(h, e)
        self.ffn = keras.Sequential([layers.Dense(f, activation="relu"), layers.Dense(e)])
        self.l1 = layers.LayerNormalization(epsilon=1e-6)
        self.l2 = layers.LayerNormalization(epsilon=1e-6)
        self.d1 = layers.Dropout(r)
        self.d2 = layers.Dropout(r)

    def call(self, inputs):
        s = ops.shape(inputs)
        b, n = s[0], s[1]
        mask = causal(b, n, n, "bool")
        a = self.d1(self.att(inputs, inputs, attention_mask=mask))
        o = self.l1(inputs + a)
        return self.l2(o + self.d2(self.ffn(o)))


class TP(layers.Layer):
    def __init__(self, m, v, e):
        super().__init__()
        self.t = layers.Embedding(v, e)
        self.p = layers.Embedding(m, e)

    def call(self, x):
        n = ops.shape(x)[-1]
        return self.t(x) + self.p(ops.arange(0, n, 1))


def create(v=500, m=20, e=32):
    i = layers.Input((m,), dtype="int32")
    x = TP(m, v, e)(i)
    x = Block(e, 2, 64)(x)
    out = layers.Dense(v)(x)
    return keras.Model(inputs=i, outputs=[out, x])


model = create()
