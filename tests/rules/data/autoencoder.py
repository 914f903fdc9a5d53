# fine
import numpy as np
from keras import layers
from keras.layers import Conv2D, Input, MaxPooling2D
from keras.models import Model

X = np.random.rand(32, 28, 28, 1)
i = Input((28, 28, 1))
x = Conv2D(8, 3, activation="relu", padding="same")(i)
x = MaxPooling2D(2, padding="same")(x)
x = Conv2D(8, 3, activation="relu", padding="same")(x)
x = layers.UpSampling2D(2)(x)
o = Conv2D(1, 3, activation="sigmoid", padding="same")(x)
ae = Model(i, o)
ae.compile("adam", "binary_crossentropy")
ae.fit(X, X, epochs=1, verbose=0)
