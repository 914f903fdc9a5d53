# KL312
import keras
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, Input
from keras.models import Sequential
from keras.utils import to_categorical


class DataGenerator(keras.utils.Sequence):
    def __init__(self, n, batch_size=4, dim=(8, 8), n_channels=1, n_classes=3):
        super().__init__()
        self.n, self.batch_size, self.dim, self.n_channels, self.n_classes = (
            n,
            batch_size,
            dim,
            n_channels,
            n_classes,
        )

    def __len__(self):
        return int(np.floor(self.n / self.batch_size))

    def __getitem__(self, index):
        X = np.empty((self.batch_size, *self.dim, self.n_channels))
        y = np.empty((self.batch_size), dtype=int)
        for i in range(self.batch_size):
            X[i,] = np.random.rand(*self.dim, self.n_channels)
            y[i] = i % self.n_classes
        return X, to_categorical(y, num_classes=self.n_classes)


model = Sequential([Input((8, 8, 3)), Conv2D(4, 3), Flatten(), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(DataGenerator(16), epochs=1, verbose=0)
