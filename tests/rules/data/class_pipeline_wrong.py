# KL301
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

    def build(self):
        self.model = keras.Sequential(
            [
                keras.Input((10,)),
                layers.Dense(8, activation="relu"),
                layers.Dense(4, activation="softmax"),
            ]
        )
        self.model.compile("adam", "sparse_categorical_crossentropy")

    def run(self):
        self.model.fit(self.X, self.y, verbose=0)


p = Pipe(40)
p.data()
p.build()
p.run()
