# fine
import numpy as np
from keras.layers import LSTM, Bidirectional, Dense, Embedding, Input
from keras.models import Model

X = np.random.randint(0, 100, (20, 10))
y = np.random.randint(0, 2, (20,)).astype("float32")
i = Input(shape=(10,), dtype="int32")
e = Embedding(100, 8)(i)
l = Bidirectional(LSTM(4))(e)
o = Dense(1, activation="sigmoid")(l)
m = Model(inputs=i, outputs=o)
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
m.fit(X, y, epochs=1, verbose=0)
