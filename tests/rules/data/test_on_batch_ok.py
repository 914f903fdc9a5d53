# fine
import keras
import numpy as np
from keras import layers

m = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="softmax")])
m.compile("adam", "categorical_crossentropy")
Y = np.zeros((8, 3))
Y[np.arange(8), np.random.randint(0, 3, 8)] = 1
m.test_on_batch(np.random.rand(8, 4), Y)
