# KL301
import keras
import numpy as np
from keras import layers

data = np.random.rand(100, 4)


def split_sequences(sequences, n_in, n_out):
    X, y = list(), list()
    for i in range(len(sequences)):
        end = i + n_in
        out_end = end + n_out
        if out_end > len(sequences):
            break
        X.append(sequences[i:end, :-1])
        y.append(sequences[end:out_end, -1])
    return np.array(X), np.array(y)


X, y = split_sequences(data, 5, 2)
m = keras.Sequential()
m.add(layers.LSTM(8, activation="relu", input_shape=(5, 4)))
m.add(layers.Dense(2))
m.compile("adam", "mse")
m.fit(X, y, verbose=0)
