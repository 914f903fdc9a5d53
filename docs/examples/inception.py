"""Inception blocks: parallel towers joined on the channel axis."""

from keras.layers import (
    AveragePooling2D,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Dense,
    GlobalMaxPooling2D,
    Input,
    MaxPooling2D,
    SeparableConv2D,
)
from keras.models import Model

conv_args = {"padding": "same", "activation": "relu"}


def tower(x, *steps):
    for filters, kernel in steps:
        x = Conv2D(filters, kernel, **conv_args)(x)
    return x


def inception(x, width):
    towers = [
        tower(x, (width, 1)),
        tower(x, (width // 2, 1), (width, 3)),
        tower(x, (width // 4, 1), (width // 2, (1, 5)), (width // 2, (5, 1))),
        tower(AveragePooling2D(3, strides=1, padding="same")(x), (width // 2, 1)),
    ]
    return BatchNormalization(axis=-1)(Concatenate(axis=-1)(towers))


image = Input((96, 96, 3))
x = SeparableConv2D(32, 3, strides=2, **conv_args)(image)
for width in [32 * 2**i for i in range(3)]:
    x = inception(x, width)
    x = MaxPooling2D()(x)
model = Model(image, Dense(100)(GlobalMaxPooling2D()(x)), name="inception_small")
