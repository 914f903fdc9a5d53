"""Models in models, several outputs, submodels."""

import keras
from keras import layers


def block(filters):
    return keras.Sequential(
        [layers.Conv2D(filters, 3, padding="same"), layers.BatchNormalization(), layers.ReLU()]
    )


def enc():
    i = keras.Input((None, None, 3))
    x = i
    outs = []
    for f in (8, 16):
        x = block(f)(x)
        outs.append(x)
        x = layers.MaxPool2D()(x)
    return keras.Model(i, outs + [x], name="enc")


e = enc()
inp = keras.Input((64, 64, 3))
*skips, x = e(inp)
for f, s in zip([16, 8], skips[::-1]):
    x = layers.UpSampling2D()(x)
    x = layers.Concatenate()([x, s])
    x = block(f)(x)
out = layers.Conv2D(1, 1, activation="sigmoid")(x)
m = keras.Model(inp, out)
e.trainable = False
ms = [keras.Model(m.input, l.output) for l in m.layers if "conv" in l.name]
