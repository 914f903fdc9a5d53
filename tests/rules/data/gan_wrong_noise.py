# KL301
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

g = Sequential([Dense(16, activation="relu", input_dim=5), Dense(8, activation="tanh")])
for _ in range(2):
    noise = np.random.normal(0, 1, (8, 6))
    fake = g.predict(noise, verbose=0)
