# fine
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from keras.models import Sequential

x_train = np.random.rand(60, 28, 28)
y_train = np.random.randint(0, 10, 60)
x_train = x_train.reshape(-1, 28, 28, 1).astype("float32") / 255
model = Sequential(
    [
        Input((28, 28, 1)),
        Conv2D(8, (3, 3), activation="relu"),
        MaxPooling2D((2, 2)),
        Flatten(),
        Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1, validation_split=0.1, verbose=0)
