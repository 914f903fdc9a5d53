# fine
import keras
import numpy as np


def private(base):
    class Private(base):
        def __init__(self, clip, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.clip = clip

        def train_step(self, data):
            x, _ = data
            return {"clip": self.clip + 0 * keras.ops.sum(self(x))}

    return Private


model = private(keras.Sequential)(1.0, layers=[keras.layers.Input((2,)), keras.layers.Dense(1)])
model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(np.ones((4, 2)), np.array([[0], [1], [1], [0]]), verbose=0)
