# KL301
import numpy as np
from keras import layers
from keras.layers import Dense, Embedding, Flatten, Input
from keras.models import Sequential

texts = np.array(["good day", "bad night", "good good night", "x"])
y = np.array([1, 0, 1, 0])
vec = layers.TextVectorization(max_tokens=100, output_sequence_length=6)
vec.adapt(texts)
X = vec(texts)
model = Sequential([Input((5,)), Embedding(100, 8), Flatten(), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X, y, epochs=1, verbose=0)
