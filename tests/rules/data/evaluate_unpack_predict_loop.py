# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(10, 3)
y = np.random.rand(10, 1)
m = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
m.compile("adam", "mse", metrics=["mae"])
loss, mae = m.evaluate(X, y, verbose=0)
for i in range(3):
    p = m.predict(X[i : i + 1], verbose=0)[0][0]
    q = m.predict(np.expand_dims(X[i], 0), verbose=0)
    r = m.predict(X[i][np.newaxis], verbose=0)
    s = m.predict(X[i].reshape(1, -1), verbose=0)
