"""Inverted residuals and squeeze-and-excitation, with widths rounded to multiples of eight."""

import math

from keras import Input, Model, layers


def make_divisible(value, divisor=8, minimum=None):
    minimum = minimum or divisor
    rounded = max(minimum, int(value + divisor / 2) // divisor * divisor)
    if rounded < 0.9 * value:
        rounded += divisor
    return rounded


def squeeze_excite(x, ratio):
    channels = x.shape[-1]
    se = layers.GlobalAveragePooling2D(keepdims=True)(x)
    se = layers.Conv2D(make_divisible(channels * ratio), 1, activation="relu")(se)
    se = layers.Conv2D(channels, 1, activation="hard_sigmoid")(se)
    return layers.Multiply()([x, se])


def inverted_residual(x, expansion, filters, kernel, stride, se_ratio=None):
    shortcut, channels = x, x.shape[-1]
    if expansion != 1:
        x = layers.Conv2D(channels * expansion, 1, use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.999)(x)
        x = layers.ReLU(6.0)(x)
    if stride == 2:
        pad = kernel // 2
        x = layers.ZeroPadding2D(((pad - 1, pad), (pad - 1, pad)))(x)
    padding = "same" if stride == 1 else "valid"
    x = layers.DepthwiseConv2D(kernel, strides=stride, padding=padding, use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.999)(x)
    if se_ratio:
        x = squeeze_excite(x, se_ratio)
    x = layers.Conv2D(filters, 1, use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.999)(x)
    if stride == 1 and channels == filters:
        x = layers.Add()([shortcut, x])
    return x


def network(alpha=1.0, resolution=96, classes=20):
    stages = [
        # expansion, filters, repeats, stride, kernel, squeeze
        (1, 16, 1, 1, 3, None),
        (6, 24, 2, 2, 3, 0.25),
        (6, 40, 3, 2, 5, 0.25),
    ]
    inputs = Input((resolution, resolution, 3))
    x = layers.Conv2D(make_divisible(32 * alpha), 3, strides=2, padding="same")(inputs)
    for expansion, filters, repeats, stride, kernel, squeeze in stages:
        for index in range(repeats):
            x = inverted_residual(
                x,
                expansion,
                make_divisible(filters * alpha),
                kernel,
                stride if index == 0 else 1,
                squeeze,
            )
    x = layers.Conv2D(math.ceil(1280 * max(1.0, alpha)), 1)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return Model(inputs, layers.Dense(classes)(x), name=f"mobile_{alpha}_{resolution}")


models = [network(alpha) for alpha in (0.5, 1.0, 1.4)]
