# KL302
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.utils import to_categorical

X = np.random.rand(20, 6)
y = np.random.randint(0, 3, 20)
Xv = np.random.rand(5, 6)
yv = np.random.randint(0, 3, 5)
model = Sequential([Dense(8, activation="relu", input_dim=6), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X, to_categorical(y), validation_data=(Xv, yv), epochs=1, verbose=0)
