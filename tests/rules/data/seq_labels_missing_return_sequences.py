# KL302
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential
from keras.utils import to_categorical

X = np.random.rand(20, 5, 3)
y = to_categorical(np.random.randint(0, 7, (20, 5)), 7)
model = Sequential([LSTM(8, input_shape=(5, 3)), Dense(7, activation="softmax")])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, verbose=0)
