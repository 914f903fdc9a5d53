"""Sequential models without, within and after others."""

import keras
from keras.layers import *
from keras.models import Sequential

m = Sequential()
m.add(Embedding(1000, 16, input_shape=(30,)) if False else Embedding(1000, 16))
m.add(Conv1D(8, 3))
m.add(GlobalMaxPooling1D())
m.add(Dense(1))
m.build(input_shape=(None, 30))
base = Sequential([Input((8,)), Dense(4)])
m2 = Sequential([base, Dense(2)])
m2.add(Dense(1))
m3 = Sequential()
m3.add(m2)
m3.add(Dense(7))
m4 = Sequential([Dense(3, input_shape=(2,)), BatchNormalization()])
m4.layers[0].trainable = False
m4.pop()
m4.add(LayerNormalization())
w = m4.get_layer(index=0).units
m5 = Sequential([InputLayer(shape=(w,)), Dense(w)])
