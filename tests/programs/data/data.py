"""Models whose inputs take the shape of arrays."""

import numpy as np, keras
from keras import layers

x = np.random.rand(100, 28, 28)
y = np.random.randint(0, 10, size=(100,))
x = x.reshape(-1, 28 * 28).astype("float32") / 255
xt, xv = x[:80], x[80:]
Y = keras.utils.to_categorical(y, 10)
m = keras.Sequential(
    [layers.Input(xt.shape[1:]), layers.Dense(32), layers.Dense(Y.shape[1], activation="softmax")]
)
m.compile("adam", "categorical_crossentropy")
u = keras.Sequential([layers.Dense(5), layers.Dense(1)])
p = u(xt[:2])
seq = np.stack([np.arange(10) + i for i in range(5)])[..., None]
l = keras.Sequential([layers.LSTM(3, input_shape=seq.shape[1:]), layers.Dense(1)])
img = np.zeros((4, 8, 8))
img = np.expand_dims(img, -1)
img = np.concatenate([img] * 3, axis=-1)
c = keras.Sequential([keras.Input(img.shape[1:]), layers.Conv2D(2, 3)])
