# KL306
import numpy as np
from keras.layers import Conv2D, Dense, Flatten
from keras.models import Sequential

images = [np.random.rand(32, 32, 3) for i in range(10)]
labels = [i % 2 for i in range(10)]
model = Sequential(
    [
        Conv2D(4, 3, activation="relu", input_shape=(32, 32, 3)),
        Flatten(),
        Dense(1, activation="sigmoid"),
    ]
)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(images, np.array(labels), epochs=1, verbose=0)
