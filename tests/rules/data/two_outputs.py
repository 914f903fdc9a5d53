# fine
import numpy as np
from keras.layers import Dense, Input
from keras.models import Model

a = Input((4,))
h = Dense(8, activation="relu")(a)
o1 = Dense(1, activation="sigmoid", name="bin")(h)
o2 = Dense(3, activation="softmax", name="cls")(h)
model = Model(a, [o1, o2])
model.compile(
    "adam",
    loss={"bin": "binary_crossentropy", "cls": "sparse_categorical_crossentropy"},
    metrics={"bin": "accuracy", "cls": "accuracy"},
)
X = np.random.rand(20, 4)
model.fit(
    X,
    {"bin": np.random.randint(0, 2, (20, 1)), "cls": np.random.randint(0, 3, 20)},
    epochs=1,
    verbose=0,
)
