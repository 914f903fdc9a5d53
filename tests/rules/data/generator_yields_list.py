# fine
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.utils import to_categorical


def gen(batch=8):
    while True:
        X, Y = [], []
        for i in range(batch):
            X.append(np.random.rand(10))
            Y.append(i % 3)
        yield np.array(X), to_categorical(Y, 3)


model = Sequential([Dense(4, activation="relu", input_shape=(10,)), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(gen(), steps_per_epoch=2, epochs=1, verbose=0)
