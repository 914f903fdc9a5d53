"""ResNet50: four stages of bottlenecks; the first of each stage projects its shortcut."""

import keras
from keras import layers

STAGES = [(64, 3), (128, 4), (256, 6), (512, 3)]


def convolution(x, filters, size=1, stride=1, activation="relu"):
    x = layers.Conv2D(filters, size, strides=stride, padding="same")(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation(activation)(x) if activation else x


def bottleneck(x, filters, stride=1, project=False):
    shortcut = x
    if project:
        shortcut = convolution(x, 4 * filters, stride=stride, activation=None)
    x = convolution(x, filters, stride=stride)
    x = convolution(x, filters, 3)
    x = convolution(x, 4 * filters, activation=None)
    return layers.Activation("relu")(layers.Add()([x, shortcut]))


def resnet50(size=224, classes=1000):
    image = keras.Input((size, size, 3), name="image")
    x = convolution(image, 64, 7, stride=2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for number, (filters, blocks) in enumerate(STAGES):
        x = bottleneck(x, filters, stride=2 if number else 1, project=True)
        for _ in range(blocks - 1):
            x = bottleneck(x, filters)
    x = layers.GlobalAveragePooling2D()(x)
    classes = layers.Dense(classes, activation="softmax", name="classes")(x)
    return keras.Model(image, classes, name="resnet50")


model = resnet50()
