# fine
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

data = np.random.rand(200, 3)
X, y = [], []
for i in range(20, 200):
    X.append(data[i - 20 : i, :])
    y.append(data[i, 0])
X, y = np.array(X), np.array(y)
model = Sequential()
model.add(LSTM(16, return_sequences=True, input_shape=(X.shape[1], X.shape[2])))
model.add(LSTM(8))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X, y, epochs=1, verbose=0)
