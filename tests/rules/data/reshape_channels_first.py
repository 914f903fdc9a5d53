# KL301
import keras
import numpy as np
from keras import layers

X = np.random.rand(6, 1, 28, 28)
m = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(2, 3),
        layers.Flatten(),
        layers.Dense(2, activation="softmax"),
    ]
)
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(X, np.array([0, 1] * 3), verbose=0)
