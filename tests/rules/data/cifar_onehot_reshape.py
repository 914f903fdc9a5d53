# fine
import numpy as np
from keras.layers import Conv2D, Dense, Flatten
from keras.models import Sequential
from keras.utils import to_categorical

y = np.random.randint(0, 10, (20, 1))
y = to_categorical(y, 10)
x = np.random.rand(20, 3, 32, 32).transpose(0, 2, 3, 1)
model = Sequential(
    [
        Conv2D(4, 3, activation="relu", input_shape=(32, 32, 3)),
        Flatten(),
        Dense(10, activation="softmax"),
    ]
)
model.compile("adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=1, verbose=0)
