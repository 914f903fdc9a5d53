"""A variational autoencoder: a sampling layer, two models and their chain."""

import keras
from keras import layers, ops


class Sampling(layers.Layer):
    """Draws from the distribution that the encoder describes."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(1337)

    def call(self, inputs):
        mean, log_variance = inputs
        batch = ops.shape(mean)[0]
        width = ops.shape(mean)[1]
        epsilon = keras.random.normal(shape=(batch, width), seed=self.seed_generator)
        return mean + ops.exp(0.5 * log_variance) * epsilon


latent = 2
encoder_inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu", strides=2, padding="same")(encoder_inputs)
x = layers.Conv2D(64, 3, activation="relu", strides=2, padding="same")(x)
before_flatten = x.shape[1:]
x = layers.Flatten()(x)
x = layers.Dense(16, activation="relu")(x)
mean = layers.Dense(latent, name="mean")(x)
log_variance = layers.Dense(latent, name="log_variance")(x)
z = Sampling()([mean, log_variance])
encoder = keras.Model(encoder_inputs, [mean, log_variance, z], name="encoder")

latent_inputs = keras.Input(shape=(latent,))
height, width, channels = before_flatten
x = layers.Dense(height * width * channels, activation="relu")(latent_inputs)
x = layers.Reshape(before_flatten)(x)
x = layers.Conv2DTranspose(64, 3, activation="relu", strides=2, padding="same")(x)
x = layers.Conv2DTranspose(32, 3, activation="relu", strides=2, padding="same")(x)
decoder_outputs = layers.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")(x)
decoder = keras.Model(latent_inputs, decoder_outputs, name="decoder")

autoencoder = keras.Model(encoder_inputs, decoder(encoder(encoder_inputs)[2]), name="vae")
