# fine
import numpy as np
from keras.layers import LSTM, Dense, Input
from keras.models import Sequential

X = np.random.rand(8, 5, 1)
y = np.random.rand(8, 1)
model = Sequential([Input(batch_shape=(4, 5, 1)), LSTM(4, stateful=True), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, batch_size=4, epochs=1, shuffle=False, verbose=0)
