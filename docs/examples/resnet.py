"""A residual network from helper functions, as most code bases write it."""

import keras
from keras import layers


def conv_bn(x, filters, kernel_size, strides=1, activation=True):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if activation else x


def residual_block(x, filters, stride=1):
    shortcut = x
    x = conv_bn(x, filters, 3, strides=stride)
    x = conv_bn(x, filters, 3, activation=False)
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = conv_bn(shortcut, filters, 1, strides=stride, activation=False)
    x = layers.Add()([x, shortcut])
    return layers.Activation("relu")(x)


def resnet(input_shape, widths=(64, 128, 256, 512), depths=(2, 2, 2, 2), classes=10):
    inputs = keras.Input(input_shape)
    x = conv_bn(inputs, widths[0], 7, strides=2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, (width, depth) in enumerate(zip(widths, depths)):
        for block in range(depth):
            x = residual_block(x, width, stride=2 if stage > 0 and block == 0 else 1)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)


model = resnet((224, 224, 3))
print(model.count_params())
