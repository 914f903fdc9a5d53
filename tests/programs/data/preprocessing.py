"""Layers that prepare data."""

import keras, numpy as np
from keras import layers

aug = keras.Sequential(
    [
        layers.RandomFlip("horizontal"),
        layers.RandomRotation(0.1),
        layers.RandomZoom(0.2),
        layers.RandomCrop(24, 24),
    ]
)
norm = layers.Normalization(axis=-1)
norm.adapt(np.zeros((10, 24, 24, 3)))
i = keras.Input((32, 32, 3))
x = aug(i)
x = norm(x)
x = layers.Resizing(16, 16)(x)
x = layers.Rescaling(1 / 255.0)(x)
m = keras.Model(i, x)
lk = layers.IntegerLookup(vocabulary=[1, 2, 3], output_mode="one_hot")
c = keras.Input((1,), dtype="int64")
oh = lk(c)
ce = layers.CategoryEncoding(num_tokens=4, output_mode="multi_hot")(
    keras.Input((3,), dtype="int32")
)
d = layers.Discretization(bin_boundaries=[0.0, 1.0])(keras.Input((2,)))
