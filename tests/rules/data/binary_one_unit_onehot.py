# KL305
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.utils import to_categorical

X = np.random.rand(50, 8)
y = to_categorical(np.random.randint(0, 2, 50), 2)
model = Sequential([Dense(16, activation="relu", input_dim=8), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, verbose=0)
