# fine
import numpy as np
from keras import layers
from keras.layers import Conv2D, Input, MaxPooling2D
from keras.models import Model

X = np.random.rand(4, 32, 32, 3)
Y = np.random.randint(0, 2, (4, 32, 32, 1)).astype("float32")
i = Input((32, 32, 3))
c1 = Conv2D(4, 3, activation="relu", padding="same")(i)
p1 = MaxPooling2D()(c1)
c2 = Conv2D(8, 3, activation="relu", padding="same")(p1)
u1 = layers.Conv2DTranspose(4, 2, strides=2, padding="same")(c2)
u1 = layers.concatenate([u1, c1])
o = Conv2D(1, 1, activation="sigmoid")(u1)
m = Model(i, o)
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
m.fit(X, Y, epochs=1, verbose=0)
