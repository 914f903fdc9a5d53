"""TimeDistributed, Bidirectional, ConvLSTM and cells."""

import keras
from keras import layers as L

cnn = keras.Sequential([L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(), L.Flatten()])
inp = L.Input((5, 32, 32, 3))
x = L.TimeDistributed(cnn)(inp)
x = L.TimeDistributed(L.Dense(16))(x)
x = L.Bidirectional(L.GRU(12, return_sequences=True), merge_mode="concat")(x)
x = L.LSTM(4, return_state=True)(x)
h = x[1]
m = keras.Model(inp, [x[0], h])
cl = L.ConvLSTM2D(4, 3, padding="same", return_sequences=True)
m2 = keras.Sequential(
    [L.Input((5, 16, 16, 1)), cl, L.BatchNormalization(), L.Conv3D(1, 3, padding="same")]
)
rnn = L.RNN([L.LSTMCell(8), L.GRUCell(6)], return_sequences=True)
z = rnn(L.Input((7, 3)))
