# fine
import keras
import numpy as np
from keras import layers, ops


class W(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return ops.mean(ops.square(y_pred[:, :1] - y_true), axis=-1)


m = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
m.compile("adam", W())
m.fit(np.random.rand(8, 4), np.random.rand(8, 1), verbose=0)
