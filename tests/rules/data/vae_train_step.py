# fine
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


class Sampling(layers.Layer):
    def call(self, inputs):
        m, v = inputs
        return m + ops.exp(0.5 * v) * keras.random.normal(ops.shape(m))


class VAE(keras.Model):
    def __init__(self, enc, dec, **kw):
        super().__init__(**kw)
        self.enc, self.dec = enc, dec
        self.t = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.t]

    def train_step(self, data):
        with tf.GradientTape() as tape:
            m, v, z = self.enc(data)
            r = self.dec(z)
            loss = ops.mean(ops.sum(keras.losses.binary_crossentropy(data, r), axis=(1, 2)))
        g = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(g, self.trainable_weights))
        self.t.update_state(loss)
        return {"loss": self.t.result()}


i = keras.Input((28, 28, 1))
x = layers.Conv2D(4, 3, activation="relu", strides=2, padding="same")(i)
x = layers.Flatten()(x)
m_, v_ = layers.Dense(2)(x), layers.Dense(2)(x)
z = Sampling()([m_, v_])
enc = keras.Model(i, [m_, v_, z])
l = keras.Input((2,))
x = layers.Dense(7 * 7 * 4, activation="relu")(l)
x = layers.Reshape((7, 7, 4))(x)
x = layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu")(x)
x = layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid")(x)
dec = keras.Model(l, x)
vae = VAE(enc, dec)
vae.compile(optimizer=keras.optimizers.Adam())
vae.fit(np.random.rand(8, 28, 28, 1), epochs=1, batch_size=4, verbose=0)
