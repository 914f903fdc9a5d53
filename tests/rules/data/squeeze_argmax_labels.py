# fine
import keras
import numpy as np
from keras import layers
from keras.utils import to_categorical

X = np.random.rand(10, 3)
Y = to_categorical(np.random.randint(0, 4, 10), 4)
y = np.argmax(Y, axis=1)
m = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="softmax")])
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(X, y, verbose=0)
