# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(10, 3)
y = np.random.randint(0, 4, 10)
Y = np.eye(4)[y]
m = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="softmax")])
m.compile("adam", "categorical_crossentropy")
m.fit(X, Y, verbose=0)
