"""MobileNetV2: blocks that are wide inside and narrow at both ends."""

import keras
from keras import layers

# How much wider the inside is, filters, blocks, and the stride of the first block.
STAGES = [
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
]


def normalised(x, activation=True):
    x = layers.BatchNormalization()(x)
    return layers.ReLU(6.0)(x) if activation else x


def inverted_residual(x, expansion, filters, stride):
    given = x
    channels = x.shape[-1]
    if expansion > 1:
        x = normalised(layers.Conv2D(expansion * channels, 1, use_bias=False)(x))
    x = layers.DepthwiseConv2D(3, strides=stride, padding="same", use_bias=False)(x)
    x = layers.Conv2D(filters, 1, use_bias=False)(normalised(x))
    x = normalised(x, activation=False)
    return layers.Add()([given, x]) if stride == 1 and channels == filters else x


def mobilenet_v2(size=224, classes=1000):
    image = keras.Input((size, size, 3), name="image")
    x = layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False)(image)
    x = normalised(x)
    for expansion, filters, blocks, stride in STAGES:
        for block in range(blocks):
            x = inverted_residual(x, expansion, filters, stride if block == 0 else 1)
    x = normalised(layers.Conv2D(1280, 1, use_bias=False)(x))
    x = layers.GlobalAveragePooling2D()(x)
    classes = layers.Dense(classes, activation="softmax", name="classes")(x)
    return keras.Model(image, classes, name="mobilenet_v2")


model = mobilenet_v2()
