# KL302
import keras
import numpy as np
from keras import layers

X = np.random.rand(10, 6, 2)
Y = np.random.rand(10, 4, 1)
m = keras.Sequential(
    [
        keras.Input((6, 2)),
        layers.LSTM(4),
        layers.RepeatVector(3),
        layers.LSTM(4, return_sequences=True),
        layers.TimeDistributed(layers.Dense(1)),
    ]
)
m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
