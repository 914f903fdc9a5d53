# fine
import keras
import numpy as np
from keras import layers
from keras.utils import to_categorical

i = keras.Input((6,))
a = layers.Dense(4, name="box")(i)
b = layers.Dense(3, activation="softmax", name="cls")(i)
m = keras.Model(i, [a, b])
m.compile(
    "adam",
    loss=["mse", "categorical_crossentropy"],
    loss_weights=[1.0, 0.5],
    metrics=[["mae"], ["accuracy"]],
)
m.fit(
    np.random.rand(8, 6),
    [np.random.rand(8, 4), to_categorical(np.random.randint(0, 3, 8), 3)],
    verbose=0,
)
