"""Cells from a table of lambdas."""

import keras
from keras import layers

GENOTYPE = [("sep", 0), ("skip", 1), ("max", 0), ("dil", 2)]
OPS = {
    "sep": lambda c, s: layers.SeparableConv2D(c, 3, strides=s, padding="same"),
    "dil": lambda c, s: layers.Conv2D(c, 3, dilation_rate=2, padding="same"),
    "max": lambda c, s: layers.MaxPooling2D(3, strides=s, padding="same"),
    "skip": lambda c, s: layers.Identity() if s == 1 else layers.Conv2D(c, 1, strides=s),
}


def cell(s0, s1, c, reduction=False):
    s0 = layers.Conv2D(c, 1, strides=1)(s0)
    s1 = layers.Conv2D(c, 1)(s1)
    if s0.shape[1] != s1.shape[1]:
        s0 = layers.AveragePooling2D(s0.shape[1] // s1.shape[1])(s0)
    states = [s0, s1]
    for k in range(0, len(GENOTYPE), 2):
        hs = []
        for name, idx in GENOTYPE[k : k + 2]:
            stride = 2 if reduction and idx < 2 else 1
            hs.append(OPS[name](c, stride)(states[idx]))
        states.append(layers.Add()(hs) if hs[0].shape == hs[1].shape else hs[0])
    return (
        layers.Concatenate()(states[2:])
        if len({t.shape[1] for t in states[2:]}) == 1
        else states[-1]
    )


i = keras.Input((32, 32, 3))
a = b = layers.Conv2D(12, 3, padding="same")(i)
c = 12
for l in range(3):
    r = l == 1
    if r:
        c *= 2
    a, b = b, cell(a, b, c, r)
m = keras.Model(i, layers.Dense(10)(layers.GlobalAveragePooling2D()(b)))
