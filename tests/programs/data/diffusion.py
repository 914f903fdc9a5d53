"""A denoising U-Net of closures that share a list."""

import math, keras
from keras import layers, ops


@keras.saving.register_keras_serializable()
def sinusoidal(x):
    lo, hi, dims = 1.0, 1000.0, 32
    f = ops.exp(ops.linspace(ops.log(lo), ops.log(hi), dims // 2))
    a = ops.cast(2.0 * math.pi * f, "float32")
    return ops.concatenate([ops.sin(a * x), ops.cos(a * x)], axis=3)


def RB(width):
    def apply(x):
        w = x.shape[3]
        r = x if w == width else layers.Conv2D(width, kernel_size=1)(x)
        x = layers.BatchNormalization(center=False, scale=False)(x)
        x = layers.Conv2D(width, 3, padding="same", activation="swish")(x)
        x = layers.Conv2D(width, 3, padding="same")(x)
        return layers.Add()([x, r])

    return apply


def Down(w, d):
    def apply(x):
        x, skips = x
        for _ in range(d):
            x = RB(w)(x)
            skips.append(x)
        return layers.AveragePooling2D(pool_size=2)(x)

    return apply


def Up(w, d):
    def apply(x):
        x, skips = x
        x = layers.UpSampling2D(size=2, interpolation="bilinear")(x)
        for _ in range(d):
            x = layers.Concatenate()([x, skips.pop()])
            x = RB(w)(x)
        return x

    return apply


def net(size, widths, depth):
    n = keras.Input((size, size, 3))
    v = keras.Input((1, 1, 1))
    e = layers.Lambda(sinusoidal, output_shape=(1, 1, 32))(v)
    e = layers.UpSampling2D(size=size, interpolation="nearest")(e)
    x = layers.Conv2D(widths[0], 1)(n)
    x = layers.Concatenate()([x, e])
    skips = []
    for w in widths[:-1]:
        x = Down(w, depth)([x, skips])
    for _ in range(depth):
        x = RB(widths[-1])(x)
    for w in reversed(widths[:-1]):
        x = Up(w, depth)([x, skips])
    return keras.Model(
        [n, v], layers.Conv2D(3, 1, kernel_initializer="zeros")(x), name="residual_unet"
    )


model = net(32, [8, 16, 24], 2)
