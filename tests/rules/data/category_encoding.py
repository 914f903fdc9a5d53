# fine
import keras
import numpy as np
from keras import layers

c = np.array(["a", "b", "a", "c"])
lookup = layers.StringLookup(vocabulary=["a", "b", "c"], output_mode="one_hot")
X = lookup(c)
m = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
m.compile("adam", "mse")
m.fit(X, np.random.rand(4), verbose=0)
