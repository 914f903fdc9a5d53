# KL301
import keras
import numpy as np
from keras import layers

m = keras.Sequential(
    [
        keras.Input((16, 16, 3)),
        layers.Conv2D(2, 3),
        layers.Flatten(),
        layers.Dense(3, activation="softmax"),
    ]
)
img = keras.utils.img_to_array(np.random.rand(16, 16, 3))
m.predict(img, verbose=0)
