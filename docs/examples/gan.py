"""A generator and a discriminator, and the model that trains the one against the other."""

import keras
from keras import layers

LATENT = 128


def make_generator():
    model = keras.Sequential(name="generator")
    model.add(keras.Input((LATENT,)))
    model.add(layers.Dense(7 * 7 * 256, use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())
    model.add(layers.Reshape((7, 7, 256)))
    assert model.output_shape == (None, 7, 7, 256)
    for filters, stride in ((128, 1), (64, 2)):
        model.add(
            layers.Conv2DTranspose(filters, 5, strides=stride, padding="same", use_bias=False)
        )
        model.add(layers.BatchNormalization())
        model.add(layers.LeakyReLU())
    model.add(layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="tanh"))
    assert model.output_shape == (None, 28, 28, 1)
    return model


def make_discriminator():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(64, 5, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Dropout(0.3),
            layers.Conv2D(128, 5, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Flatten(),
            layers.Dense(1),
        ],
        name="discriminator",
    )


generator = make_generator()
discriminator = make_discriminator()
discriminator.trainable = False
noise = keras.Input((LATENT,))
gan = keras.Model(noise, discriminator(generator(noise)), name="gan")
