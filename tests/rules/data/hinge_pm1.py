# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(10, 3)
y = np.where(X[:, 0] > 0.5, 1, -1)
m = keras.Sequential([keras.Input((3,)), layers.Dense(1, activation="tanh")])
m.compile("adam", "hinge")
m.fit(X, y, verbose=0)
