# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(20, 3)
y = np.random.rand(20)
n = layers.Normalization(axis=-1)
n.adapt(X)
m = keras.Sequential([n, layers.Dense(1)])
m.compile("adam", "mae")
m.fit(X, y, verbose=0)
m.predict(X[:10], verbose=0)
