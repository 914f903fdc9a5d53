# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(10, 3)
y = X[:, 0] > 0.5
m = keras.Sequential([keras.Input((3,)), layers.Dense(1, activation="sigmoid")])
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
m.fit(X, y, verbose=0)
