# KL301
import keras
import numpy as np

number = keras.Input(())
model = keras.Model(number, number + 1)
model(np.array(1.0))
