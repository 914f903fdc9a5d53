# KL302
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

X = np.random.rand(50, 8)
y = np.random.randint(0, 2, 50)
model = Sequential([Dense(16, activation="relu", input_dim=8), Dense(2, activation="softmax")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, verbose=0)
