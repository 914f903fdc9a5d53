"""The old backend functions inside layers, where they still work."""

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers


class Attention(layers.Layer):
    def build(self, input_shape):
        self.W = self.add_weight(name="W", shape=(input_shape[-1], 1))

    def call(self, x):
        e = K.squeeze(K.tanh(K.dot(x, self.W)), axis=-1)
        a = K.expand_dims(K.softmax(e))
        return K.sum(x * a, axis=1)


inputs = tf.keras.Input((7, 4))
x = layers.Lambda(lambda t: K.concatenate([t, K.square(t)], axis=-1))(inputs)
x = layers.Lambda(lambda t: K.permute_dimensions(K.reverse(t, 1), (0, 2, 1)))(x)
y = Attention()(x)
z = layers.Lambda(lambda t: K.l2_normalize(K.mean(t, axis=[1, 2], keepdims=True)))(x)
s = layers.Lambda(lambda t: K.stack([K.max(t, 1), K.clip(t[:, 0], 0, 1)], 1))(x)
r = layers.Lambda(lambda t: K.repeat_elements(K.cast(t, "float32"), 2, axis=1))(s)
model = tf.keras.Model(inputs, [y, z, r])
