"""A U-Net: skips kept in a list on the way down and taken back on the way up."""

import keras
from keras import layers

FILTERS = (16, 32, 64, 128)


def double_conv(x, filters, dropout=0.0):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", kernel_initializer="he_normal")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
    return layers.Dropout(dropout)(x) if dropout else x


def unet(height=None, width=None, channels=3, classes=2):
    inputs = keras.Input((height, width, channels), name="image")
    skips = []
    x = inputs
    for filters in FILTERS:
        x = double_conv(x, filters)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = double_conv(x, FILTERS[-1] * 2, dropout=0.3)
    for filters, skip in zip(reversed(FILTERS), reversed(skips)):
        x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        x = layers.concatenate([x, skip])
        x = double_conv(x, filters)
    outputs = layers.Conv2D(classes, 1, activation="softmax", name="mask")(x)
    return keras.Model(inputs=inputs, outputs=outputs, name="unet")


fixed = unet(128, 128, 1)
fully_convolutional = unet()
