# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(30, 4)
y = np.random.randint(0, 3, 30)
idx = np.random.permutation(30)
tr, va = idx[:20], idx[20:]
m = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="softmax")])
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(X[tr], y[tr], validation_data=(X[va], y[va]), verbose=0)
