# KL302
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

X = np.random.rand(20, 6)
y = np.random.rand(20, 2)
model = Sequential([Dense(8, activation="relu", input_dim=6), Dense(3)])
model.compile("adam", "mse")
model.fit(X, y, epochs=1, verbose=0)
