"""while, continue, break, else, try."""

import keras
from keras.layers import *

model = keras.models.Sequential(name="s")
sizes = [64, 32, 16]
i = 0
while i < len(sizes):
    if i == 0:
        model.add(Dense(sizes[i], input_dim=100, activation="relu"))
    else:
        model.add(Dense(units=sizes[i]))
        model.add(Dropout(rate=0.5))
    i += 1
for k in range(3):
    if k == 1:
        continue
    model.add(Dense(8 * (k + 1)))
    if k >= 2:
        break
else:
    model.add(Dense(1000))
try:
    units = int("12")
except ValueError:
    units = 5
finally:
    model.add(Dense(units))
model.add({"a": Dense, "b": Flatten}["a"](3))
model.add(Activation(keras.activations.softmax))
