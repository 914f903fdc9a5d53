# fine
import keras
import numpy as np
from keras import layers, ops


def ctc(y_true, y_pred):
    return ops.mean(ops.abs(y_pred)) + 0.0 * ops.mean(ops.cast(y_true, "float32"))


X = np.random.rand(4, 20, 8)
y = np.random.randint(0, 5, (4, 6))
m = keras.Sequential(
    [
        keras.Input((20, 8)),
        layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
        layers.Dense(7, activation="softmax"),
    ]
)
m.compile("adam", ctc)
m.fit(X, y, verbose=0)
