# KL306
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

X = np.random.rand(100, 3)
y = np.random.rand(90)
model = Sequential([Dense(8, activation="relu", input_dim=3), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, epochs=1, verbose=0)
