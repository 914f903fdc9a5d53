# fine
import numpy as np
from keras.layers import Dense, Embedding, Flatten
from keras.models import Sequential
from keras.preprocessing.sequence import pad_sequences

docs = [[1, 2, 3], [4, 5], [6]]
labels = np.array([1, 0, 1])
padded = pad_sequences(docs, maxlen=4, padding="post")
model = Sequential()
model.add(Embedding(50, 8, input_length=4))
model.add(Flatten())
model.add(Dense(1, activation="sigmoid"))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["acc"])
model.fit(padded, labels, epochs=1, verbose=0)
