# KL312
import numpy as np
from keras.layers import Dense
from keras.models import Sequential


def gen(batch=8):
    while True:
        x = np.random.rand(batch, 12)
        y = np.random.randint(0, 2, (batch, 1))
        yield x, y


model = Sequential([Dense(4, activation="relu", input_shape=(10,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(gen(), steps_per_epoch=2, epochs=1, verbose=0)
