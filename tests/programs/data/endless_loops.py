"""Models written with endless loops."""

import keras
from keras import layers


def while_true():
    x = keras.Input((64, 64, 3))
    y = x
    n = 0
    while True:
        y = layers.Conv2D(8 * 2**n, 3, strides=2, padding="same")(y)
        n += 1
        if y.shape[1] <= 8:
            break
    return keras.Model(x, layers.Flatten()(y))


while_true_model = while_true()


def while_walrus():
    x = keras.Input((32,))
    units = [64, 32, 16]
    y = x
    while units and (u := units.pop(0)):
        y = layers.Dense(u)(y)
    if (n := y.shape[-1]) > 8:
        y = layers.Dense(n // 2)(y)
    return keras.Model(x, y)


while_walrus_model = while_walrus()


def for_else():
    x = keras.Input((32,))
    y = x
    for u in (8, 16, 32):
        y = layers.Dense(u)(y)
        if u > 100:
            break
    else:
        y = layers.Dense(3, name="last")(y)
    for u in (8, 16):
        if u == 16:
            break
        y = layers.Dense(u)(y)
    else:
        y = layers.Dense(99)(y)
    return keras.Model(x, y)


for_else_model = for_else()
