# KL308
import keras
import numpy as np
from keras import layers

i = keras.Input((6,))
a = layers.Dense(4, name="box")(i)
b = layers.Dense(3, activation="softmax", name="cls")(i)
m = keras.Model(i, [a, b])
m.compile("adam", loss=["mse", "categorical_crossentropy"])
m.fit(np.random.rand(8, 6), np.random.rand(8, 4), verbose=0)
