# KL302
import keras
import numpy as np
from keras import layers

ids = np.random.randint(0, 30, (16, 11))
X, y = ids[:, :-1], ids[:, 1:]
m = keras.Sequential([keras.Input((10,)), layers.Embedding(30, 4), layers.GRU(8), layers.Dense(30)])
m.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
m.fit(X, y, verbose=0)
