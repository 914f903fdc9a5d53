# KL301
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

data = np.random.rand(200)


def create_dataset(dataset, look_back=10):
    X, Y = [], []
    for i in range(len(dataset) - look_back):
        X.append(dataset[i : i + look_back])
        Y.append(dataset[i + look_back])
    return np.array(X), np.array(Y)


X, y = create_dataset(data, 10)
X = np.reshape(X, (X.shape[0], 1, X.shape[1]))
model = Sequential()
model.add(LSTM(16, input_shape=(10, 1)))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X, y, epochs=1, batch_size=16, verbose=0)
