# fine
import numpy as np
from keras.layers import Conv1D, Dense, Flatten
from keras.models import Sequential

X = np.random.rand(30, 128)
y = np.random.randint(0, 5, 30)
model = Sequential(
    [
        Conv1D(8, 3, activation="relu", input_shape=(128, 1)),
        Flatten(),
        Dense(5, activation="softmax"),
    ]
)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(X, y, epochs=1, verbose=0)
