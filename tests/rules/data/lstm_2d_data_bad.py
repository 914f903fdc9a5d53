# KL301
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

X = np.random.rand(100, 5)
y = np.random.rand(100)
model = Sequential()
model.add(LSTM(32, input_shape=(1, 5)))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X, y, epochs=1, verbose=0)
