# KL301
import keras
import numpy as np
from keras import layers

X = {"age": np.random.rand(16, 1), "work": np.random.randint(0, 4, (16, 1))}
y = np.random.randint(0, 2, 16)
a = keras.Input((1,), name="age")
j = keras.Input((1,), name="job")
o = layers.Dense(1, activation="sigmoid")(layers.Concatenate()([a, j]))
m = keras.Model([a, j], o)
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
m.fit(X, y, verbose=0)
