# KL301
import numpy as np
from keras.layers import Concatenate, Dense, Input
from keras.models import Model

a = Input((4,), name="a")
b = Input((6,), name="b")
x = Concatenate()([Dense(3)(a), Dense(3)(b)])
out = Dense(1, activation="sigmoid")(x)
model = Model([a, b], out)
model.compile("adam", "binary_crossentropy")
A = np.random.rand(20, 4)
B = np.random.rand(20, 6)
y = np.random.randint(0, 2, 20)
model.fit([B, A], y, epochs=1, verbose=0)
