# KL301
import keras
import numpy as np
from keras import layers

X = np.random.rand(3, 8, 8, 3)
y = np.array([0, 1, 2])
m = keras.Sequential()
m.add(layers.TimeDistributed(layers.Conv2D(2, 3, activation="relu"), input_shape=(4, 8, 8, 3)))
m.add(layers.TimeDistributed(layers.Flatten()))
m.add(layers.LSTM(4))
m.add(layers.Dense(3, activation="softmax"))
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(X, y, verbose=0)
