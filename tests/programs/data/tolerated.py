"""What looks wrong and is not: hidden decorators, registered names, alternatives of which one fits."""

import builtins
import os

import keras
from keras import layers
from keras.saving import get_custom_objects

hidden = vars(builtins)["property"]


class Sizes:
    @hidden
    def width(self):
        return 4


class Halves(keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return keras.ops.full(shape, 0.5, dtype=dtype)


get_custom_objects()["Halves"] = Halves
inputs = keras.Input((3,))
x = layers.Dense(Sizes().width)(inputs)
x = layers.Dense(2, kernel_initializer="Halves")(x)

several = [inputs] if "SEVERAL" not in os.environ else inputs
several = several + [keras.Input((2,))]
model = keras.Model(several, x)
