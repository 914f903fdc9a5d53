# fine
import numpy as np
from keras.layers import Conv2D, Dense, Flatten
from keras.models import Sequential

images = []
labels = []
for i in range(10):
    img = np.random.rand(32, 32, 3)
    images.append(img)
    labels.append(i % 2)
images = np.array(images) / 255.0
labels = np.array(labels)
model = Sequential(
    [
        Conv2D(4, 3, activation="relu", input_shape=(32, 32, 3)),
        Flatten(),
        Dense(1, activation="sigmoid"),
    ]
)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(images, labels, epochs=1, validation_split=0.2, verbose=0)
