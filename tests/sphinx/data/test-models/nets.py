"""Models for the pages."""

import keras
from keras import layers

STEPS = 10

model = keras.Sequential(
    [keras.Input((STEPS, 32)), layers.Conv1D(64, 3, padding="same"), layers.Conv1D(32, 3)]
)


def build(units=8, depth=2):
    """A stack of dense layers."""
    x = inputs = keras.Input((16,))
    for _ in range(depth):
        x = layers.Dense(units)(x)
    return keras.Model(inputs, x)
