# KL301
import keras
import numpy as np
from keras import layers

a = np.random.rand(10, 3)
b = np.random.rand(10, 2)
X = np.concatenate([a, b], axis=1)
y = np.vstack([np.zeros((5, 1)), np.ones((5, 1))])
m = keras.Sequential([keras.Input((6,)), layers.Dense(1, activation="sigmoid")])
m.compile("adam", "binary_crossentropy")
m.fit(X, y, verbose=0)
