# fine
import keras
import numpy as np
from keras import layers
from keras.layers import Dense, Input
from keras.models import Model


def base():
    i = Input((10,))
    return Model(i, Dense(4, activation="relu")(i))


net = base()
a, b = Input((10,)), Input((10,))
d = layers.Lambda(lambda t: keras.ops.abs(t[0] - t[1]), output_shape=(4,))([net(a), net(b)])
m = Model([a, b], Dense(1, activation="sigmoid")(d))
m.compile("adam", "binary_crossentropy")
pairs = np.random.rand(16, 2, 10)
y = np.random.randint(0, 2, 16)
m.fit([pairs[:, 0], pairs[:, 1]], y, epochs=1, verbose=0)
