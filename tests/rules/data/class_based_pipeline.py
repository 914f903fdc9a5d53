# fine
import keras
import numpy as np
from keras import layers


class Pipe:
    def __init__(self, n):
        self.n = n
        self.model = None

    def data(self):
        self.X = np.random.rand(self.n, 12)
        self.y = np.random.randint(0, 4, self.n)
        return self

    def build(self):
        self.model = keras.Sequential(
            [
                keras.Input((self.X.shape[1],)),
                layers.Dense(8, activation="relu"),
                layers.Dense(len(np.unique(self.y)), activation="softmax"),
            ]
        )
        self.model.compile("adam", "sparse_categorical_crossentropy")
        return self

    def run(self):
        self.model.fit(self.X, self.y, verbose=0)


Pipe(400).data().build().run()
