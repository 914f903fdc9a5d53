# fine
import keras
import numpy as np
from keras.layers import Conv2D, Dense, Flatten
from keras.models import Sequential

x = np.random.rand(20, 32, 32, 3)
y = np.random.randint(0, 10, (20, 1))
model = Sequential([Conv2D(4, 3, activation="relu", input_shape=(32, 32, 3)), Flatten(), Dense(10)])
model.compile(
    "adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]
)
model.fit(x, y, epochs=1, verbose=0)
