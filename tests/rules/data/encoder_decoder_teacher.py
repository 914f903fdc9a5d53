# fine
import keras
import numpy as np
from keras import layers
from keras.utils import to_categorical

N, Te, Td, V = 6, 5, 4, 11
e = np.random.rand(N, Te, V)
d = np.random.rand(N, Td, V)
t = to_categorical(np.random.randint(0, V, (N, Td)), V)
ei = keras.Input((None, V))
_, h, c = layers.LSTM(8, return_state=True)(ei)
di = keras.Input((None, V))
do, _, _ = layers.LSTM(8, return_sequences=True, return_state=True)(di, initial_state=[h, c])
o = layers.Dense(V, activation="softmax")(do)
m = keras.Model([ei, di], o)
m.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
m.fit([e, d], t, batch_size=2, epochs=1, validation_split=0.2, verbose=0)
