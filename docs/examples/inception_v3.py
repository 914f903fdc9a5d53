"""Inception-v3: towers beside each other, described by lists of convolutions."""

import keras
from keras import layers


def convolution(x, filters, size, stride=1, padding="same"):
    x = layers.Conv2D(filters, size, strides=stride, padding=padding, use_bias=False)(x)
    x = layers.BatchNormalization(scale=False)(x)
    return layers.Activation("relu")(x)


def tower(x, *steps):
    """Convolutions one after the other, each with its filters and size."""
    for step in steps:
        x = convolution(x, *step)
    return x


def pooled(x, filters):
    return convolution(layers.AveragePooling2D(3, strides=1, padding="same")(x), filters, 1)


def split(x, filters):
    """A flat and a tall window on the same input."""
    return [convolution(x, filters, (1, 3)), convolution(x, filters, (3, 1))]


def grid_35(x, filters, name):
    towers = [
        tower(x, (64, 1)),
        tower(x, (48, 1), (64, 5)),
        tower(x, (64, 1), (96, 3), (96, 3)),
        pooled(x, filters),
    ]
    return layers.Concatenate(name=name)(towers)


def grid_17(x, narrow, name):
    flat, tall = (1, 7), (7, 1)
    towers = [
        tower(x, (192, 1)),
        tower(x, (narrow, 1), (narrow, flat), (192, tall)),
        tower(x, (narrow, 1), (narrow, tall), (narrow, flat), (narrow, tall), (192, flat)),
        pooled(x, 192),
    ]
    return layers.Concatenate(name=name)(towers)


def grid_8(x, name):
    towers = [
        tower(x, (320, 1)),
        *split(tower(x, (384, 1)), 384),
        *split(tower(x, (448, 1), (384, 3)), 384),
        pooled(x, 192),
    ]
    return layers.Concatenate(name=name)(towers)


def smaller(x, *towers, name):
    """Half the rows and columns: towers that end with a stride, and a pooling."""
    ends = [tower(x, *steps) for steps in towers]
    return layers.Concatenate(name=name)([*ends, layers.MaxPooling2D(3, strides=2)(x)])


def inception_v3(size=299, classes=1000):
    image = keras.Input((size, size, 3), name="image")
    x = tower(image, (32, 3, 2, "valid"), (32, 3, 1, "valid"), (64, 3))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = tower(x, (80, 1, 1, "valid"), (192, 3, 1, "valid"))
    x = layers.MaxPooling2D(3, strides=2)(x)
    for number, filters in enumerate((32, 64, 64)):
        x = grid_35(x, filters, name=f"mixed{number}")
    x = smaller(
        x,
        [(384, 3, 2, "valid")],
        [(64, 1), (96, 3), (96, 3, 2, "valid")],
        name="mixed3",
    )
    for number, narrow in enumerate((128, 160, 160, 192), start=4):
        x = grid_17(x, narrow, name=f"mixed{number}")
    x = smaller(
        x,
        [(192, 1), (320, 3, 2, "valid")],
        [(192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3, 2, "valid")],
        name="mixed8",
    )
    for number in (9, 10):
        x = grid_8(x, name=f"mixed{number}")
    x = layers.GlobalAveragePooling2D()(x)
    classes = layers.Dense(classes, activation="softmax", name="classes")(x)
    return keras.Model(image, classes, name="inception_v3")


model = inception_v3()
