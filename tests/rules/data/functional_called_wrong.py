# KL301
import keras
import numpy as np
from keras import layers

i = keras.Input((4,))
m = keras.Model(i, layers.Dense(2)(i))
m(np.random.rand(3, 5))
