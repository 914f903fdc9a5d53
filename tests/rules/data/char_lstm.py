# fine
import keras
import numpy as np
from keras.layers import LSTM, Activation, Dense
from keras.models import Sequential

text = "hello world this is a test of the char model" * 4
chars = sorted(list(set(text)))
char_indices = dict((c, i) for i, c in enumerate(chars))
maxlen, step = 10, 3
sentences, next_chars = [], []
for i in range(0, len(text) - maxlen, step):
    sentences.append(text[i : i + maxlen])
    next_chars.append(text[i + maxlen])
x = np.zeros((len(sentences), maxlen, len(chars)), dtype=bool)
y = np.zeros((len(sentences), len(chars)), dtype=bool)
for i, sentence in enumerate(sentences):
    for t, char in enumerate(sentence):
        x[i, t, char_indices[char]] = 1
    y[i, char_indices[next_chars[i]]] = 1
model = Sequential()
model.add(LSTM(8, input_shape=(maxlen, len(chars))))
model.add(Dense(len(chars)))
model.add(Activation("softmax"))
model.compile(
    loss="categorical_crossentropy", optimizer=keras.optimizers.RMSprop(learning_rate=0.01)
)
model.fit(x, y, batch_size=8, epochs=1, verbose=0)
