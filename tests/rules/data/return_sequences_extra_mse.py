# fine
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

X = np.random.rand(20, 5, 3)
y = np.random.rand(20, 1)
model = Sequential([LSTM(8, return_sequences=True, input_shape=(5, 3)), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, epochs=1, verbose=0)
