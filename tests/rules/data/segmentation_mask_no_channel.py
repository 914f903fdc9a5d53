# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(4, 16, 16, 3)
Y = np.random.randint(0, 2, (4, 16, 16)).astype("float32")
i = keras.Input((16, 16, 3))
o = layers.Conv2D(1, 1, activation="sigmoid")(i)
m = keras.Model(i, o)
m.compile("adam", "binary_crossentropy")
m.fit(X, Y, verbose=0)
