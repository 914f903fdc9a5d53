"""Attention by hand, in TensorFlow functions."""

import tensorflow as tf
from tensorflow import keras


class MHA(keras.layers.Layer):
    def __init__(self, d_model, num_heads):
        super().__init__()
        assert d_model % num_heads == 0
        self.num_heads, self.d_model = num_heads, d_model
        self.depth = d_model // num_heads
        self.wq = keras.layers.Dense(d_model)
        self.wk = keras.layers.Dense(d_model)
        self.wv = keras.layers.Dense(d_model)
        self.dense = keras.layers.Dense(d_model)

    def split_heads(self, x, batch_size):
        x = tf.reshape(x, (batch_size, -1, self.num_heads, self.depth))
        return tf.transpose(x, perm=[0, 2, 1, 3])

    def call(self, v, k, q, mask=None):
        batch_size = tf.shape(q)[0]
        q, k, v = self.wq(q), self.wk(k), self.wv(v)
        q = self.split_heads(q, batch_size)
        k = self.split_heads(k, batch_size)
        v = self.split_heads(v, batch_size)
        qk = tf.matmul(q, k, transpose_b=True)
        dk = tf.cast(tf.shape(k)[-1], tf.float32)
        logits = qk / tf.math.sqrt(dk)
        if mask is not None:
            logits += mask * -1e9
        w = tf.nn.softmax(logits, axis=-1)
        o = tf.matmul(w, v)
        o = tf.transpose(o, perm=[0, 2, 1, 3])
        o = tf.reshape(o, (batch_size, -1, self.d_model))
        return self.dense(o), w


inp = keras.Input((20, 64))
y, w = MHA(64, 8)(inp, inp, inp)
model = keras.Model(inp, [y, w])
