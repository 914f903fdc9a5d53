# KL308
import keras
import numpy as np
from keras import layers

i = keras.Input((6,))
a = layers.Dense(4, name="box")(i)
b = layers.Dense(3, activation="softmax", name="cls")(i)
m = keras.Model(i, {"box": a, "cls": b})
m.compile(
    "adam", loss={"box": "mse", "cls": "sparse_categorical_crossentropy"}, loss_weights={"cls": 1.0}
)
m.fit(
    np.random.rand(8, 6),
    {"box": np.random.rand(8, 4), "cls": np.random.randint(0, 3, 8)},
    verbose=0,
)
