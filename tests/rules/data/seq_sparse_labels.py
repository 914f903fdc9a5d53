# fine
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

X = np.random.rand(20, 5, 3)
y = np.random.randint(0, 7, (20, 5))
model = Sequential(
    [LSTM(8, return_sequences=True, input_shape=(5, 3)), Dense(7, activation="softmax")]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, verbose=0)
