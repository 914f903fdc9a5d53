# fine
import keras
import numpy as np
from keras import layers

hp = np.random.rand(20)
y = np.random.rand(20)
n = layers.Normalization(
    input_shape=[
        1,
    ],
    axis=None,
)
n.adapt(hp)
m = keras.Sequential([n, layers.Dense(1)])
m.compile("adam", "mae")
m.fit(hp, y, verbose=0)
