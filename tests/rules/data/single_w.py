# fine
import keras
import numpy as np
from keras import layers

i = keras.Input((6,))
m = keras.Model(i, layers.Dense(4, name="box")(i))
m.compile("adam", loss={"box": "mse"}, metrics={"bx": "mae"})
m.fit(np.random.rand(8, 6), np.random.rand(8, 4), verbose=0)
