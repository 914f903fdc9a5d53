# fine
import keras
import numpy as np
from keras import layers

i = keras.Input((6,))
m = keras.Model(
    i,
    {
        "box": layers.Dense(4, name="box")(i),
        "cls": layers.Dense(3, activation="softmax", name="cls")(i),
    },
)
m.compile("adam", loss={"box": "mse", "cls": "sparse_categorical_crossentropy"})
m.fit(
    np.random.rand(8, 6),
    {"box": np.random.rand(8, 4), "cls": np.random.randint(0, 3, 8)},
    verbose=0,
)
