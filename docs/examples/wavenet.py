"""Dilated causal convolutions with gated activations and skip connections."""

from functools import partial

import keras
from keras import layers

causal = partial(layers.Conv1D, kernel_size=2, padding="causal")
pointwise = partial(layers.Conv1D, kernel_size=1)


def gated_block(x, filters, dilation_rate):
    tanh = causal(filters, dilation_rate=dilation_rate, activation="tanh")(x)
    gate = causal(filters, dilation_rate=dilation_rate, activation="sigmoid")(x)
    z = layers.multiply([tanh, gate])
    skip = pointwise(filters)(z)
    return x + skip, skip


inputs = keras.Input((None, 1))
x = causal(32)(inputs)
skips = []
for _ in range(2):
    for power in range(5):
        x, skip = gated_block(x, 32, 2**power)
        skips.append(skip)
x = layers.ReLU()(layers.add(skips))
x = pointwise(64, activation="relu")(x)
outputs = pointwise(256, activation="softmax")(x)
model = keras.Model(inputs, outputs)
