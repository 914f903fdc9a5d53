# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(20, 3, 1)
y = np.random.rand(20)
for units in (2, 4):
    keras.backend.clear_session()
    m = keras.Sequential()
    m.add(keras.Input((3, 1)))
    m.add(layers.LSTM(units, return_sequences=units > 2))
    if units > 2:
        m.add(layers.LSTM(2))
    m.add(layers.Dense(1))
    m.compile("adam", "mse")
    m.fit(X, y, verbose=0)
